import { readFileSync, writeFileSync } from 'node:fs';
import {
  capabilities,
  prefix,
  scopes,
} from '../../packages/gateway/src/providers/pictory/vocabulary.ts';
import { withBodyIds } from './bodyIds.ts';
import { readDocument } from './document.ts';
import { toOperations } from './operations.ts';
import { printModule } from './print.ts';
import { printReference } from './reference.ts';
import { namedShapes } from './shapes.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('packages/gateway/src/providers/pictory/', root);

/** Each generated file with the text that it should have. */
export function generate(): readonly { readonly file: URL; readonly text: string }[] {
  const document = readDocument(new URL('openapi.yaml', folder));
  const described = toOperations(document);
  const shapes = namedShapes(
    document,
    described.flatMap(({ body }) => body?.shape ?? []),
  );
  const operations = described.map((operation) => withBodyIds(operation, shapes));
  return [
    { file: new URL('catalogue.generated.ts', folder), text: printModule(operations, shapes) },
    {
      file: new URL('docs/reference/operations.md', root),
      text: printReference(operations, scopes, capabilities, prefix),
    },
  ];
}

/** The generated files that differ from what stands on disk. */
export function drifted(): readonly URL[] {
  return generate()
    .filter(({ file, text }) => readOrNull(file) !== text)
    .map(({ file }) => file);
}

function readOrNull(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function main(options: readonly string[]): number {
  if (options.includes('--check')) {
    const files = drifted();
    for (const file of files)
      process.stderr.write(`${file.pathname} is not what the description gives\n`);
    return files.length === 0 ? 0 : 2;
  }
  for (const { file, text } of generate()) writeFileSync(file, text);
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
