import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Any node of the API description. */
export type Node = { readonly [member: string]: unknown };

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Node>>>>;
  readonly schemas: Readonly<Record<string, Node>>;
  readonly parameters: Readonly<Record<string, Node>>;
}

/** What the generator cannot translate faithfully: it stops, so that nothing stays unchecked without a word. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
  }
}

export function readDocument(file: URL): ApiDocument {
  const root = parse(readFileSync(file, 'utf8')) as {
    paths: ApiDocument['paths'];
    components: { schemas: ApiDocument['schemas']; parameters: ApiDocument['parameters'] };
  };
  return {
    paths: root.paths,
    schemas: root.components.schemas,
    parameters: root.components.parameters,
  };
}

/** @throws Untranslatable for a member that is not in `known` */
export function onlyKnown(node: Node, known: ReadonlySet<string>, where: string): void {
  for (const member of Object.keys(node)) {
    if (!known.has(member)) throw new Untranslatable(where, `the keyword ${member} is not known`);
  }
}

/** The name behind `#/components/<section>/<name>`. */
export function referenceName(reference: unknown, section: string, where: string): string {
  const prefix = `#/components/${section}/`;
  if (typeof reference !== 'string' || !reference.startsWith(prefix)) {
    throw new Untranslatable(where, `a reference must start with ${prefix}`);
  }
  return reference.slice(prefix.length);
}
