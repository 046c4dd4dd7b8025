import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { configSchema, type Config } from './config.ts';
import { crossFindings, type ConfigFinding } from './crossFindings.ts';
import { nearestName } from '../domain/nearest.ts';

/** Thrown with everything that is wrong with a configuration, as a compiler writes it. Exit code 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute; null when there is no file and the defaults hold. */
  readonly file: string | null;
  /** Absolute path of a path in the file, which is relative to the file. */
  readonly path: (written: string) => string;
  /** `file:line` of a key, for explanations; the file alone where the key has its default. */
  readonly where: (...key: string[]) => string;
}

/** Reads a file, or takes the defaults when `file` is null. @throws ConfigError */
export function loadConfig(file: string | null): LoadedConfig {
  if (file === null) return parseConfig('version: 1\n', null);
  const absolute = resolve(file);
  if (!existsSync(absolute))
    throw new ConfigError(`${file} does not exist; make one with filmgate init`);
  return parseConfig(readFileSync(absolute, 'utf8'), absolute);
}

/** @throws ConfigError with all findings together */
export function parseConfig(text: string, file: string | null): LoadedConfig {
  const shown = file ?? 'the built-in configuration';
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    merge: false,
    strict: true,
  });
  const place = (offset: number) => lines.linePos(offset);
  const syntax = document.errors.map((error) => {
    const { line, col } = place(error.pos[0]);
    return `${shown}:${line}:${col} ${error.message.split('\n')[0]!.replace(/ at line.*$/, '')}`;
  });
  if (syntax.length > 0) throw new ConfigError(syntax.join('\n'));
  const reader = new Reader(text, shown, document, place);
  const parsed = configSchema.safeParse(toValues(document, shown));
  if (!parsed.success) throw new ConfigError(reader.describe(toFindings(parsed.error.issues)));
  const findings = crossFindings(parsed.data);
  if (findings.length > 0) throw new ConfigError(reader.describe(findings));
  const folder = file === null ? process.cwd() : dirname(file);
  return {
    config: parsed.data,
    file,
    path: (written) => resolve(folder, written),
    where: (...key) => reader.where(key),
  };
}

/** Aliases are refused: what a key says must stand where the key stands. */
function toValues(document: Document, shown: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    throw new ConfigError(`${shown} uses a YAML alias (*name); write the value out`);
  }
}

type Issue = z.core.$ZodIssue;

function toFindings(issues: readonly Issue[]): readonly ConfigFinding[] {
  return issues.flatMap((issue): readonly ConfigFinding[] => {
    const path = issue.path as (string | number)[];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(path, key) }));
      case 'invalid_value':
        return [{ path, message: `allowed: ${issue.values.map(String).join(', ')}` }];
      case 'invalid_type':
        return [{ path, message: `expected ${issue.expected}` }];
      case 'too_small':
        return [{ path, message: `expected ${measured(issue.origin)}at least ${issue.minimum}` }];
      case 'too_big':
        return [{ path, message: `expected ${measured(issue.origin)}at most ${issue.maximum}` }];
      case 'invalid_union':
        return [{ path, message: describeUnion(path) }];
      default:
        return [{ path, message: `expected ${issue.message}` }];
    }
  });
}

const measured = (origin: string): string => (origin === 'string' ? 'a length of ' : '');

function unknownKey(path: readonly (string | number)[], key: string): string {
  const near = nearestName(key, knownKeys(path));
  return `unknown key${near === null ? '' : `; did you mean "${near}"?`}`;
}

/** The members that the schema knows below a path. */
function knownKeys(path: readonly (string | number)[]): readonly string[] {
  let node: unknown = configSchema;
  for (const step of path) node = shapeOf(node)?.[String(step)];
  return Object.keys(shapeOf(node) ?? {});
}

function shapeOf(node: unknown): Record<string, unknown> | undefined {
  let inner = node as
    | { shape?: Record<string, unknown>; def?: { innerType?: unknown } }
    | undefined;
  while (inner && !inner.shape && inner.def?.innerType) inner = inner.def.innerType;
  return inner?.shape;
}

function describeUnion(path: readonly (string | number)[]): string {
  switch (path.at(-1)) {
    case 'storage':
      return 'expected { sqlite: FILE } or { postgres: { env: NAME } }';
    case 'credential':
      return 'expected { api_key: … } or { client_id: …, client_secret: … }, each a reference { env: NAME } or { file: PATH }';
    default:
      return 'expected a reference to the secret, never the secret itself: { env: NAME } or { file: PATH }';
  }
}

/** Finds the places of keys in the file, and writes findings with their line and a caret. Values are never shown. */
class Reader {
  readonly #lines: readonly string[];
  readonly #shown: string;
  readonly #document: Document;
  readonly #place: (offset: number) => { line: number; col: number };

  constructor(
    text: string,
    shown: string,
    document: Document,
    place: (offset: number) => { line: number; col: number },
  ) {
    this.#lines = text.split('\n');
    this.#shown = shown;
    this.#document = document;
    this.#place = place;
  }

  describe(findings: readonly ConfigFinding[]): string {
    return findings.map((finding) => this.#describeOne(finding)).join('\n');
  }

  where(key: readonly string[]): string {
    const found = this.#find(key);
    return found && found.depth === key.length ? `${this.#shown}:${found.line}` : this.#shown;
  }

  #describeOne({ path, message }: ConfigFinding): string {
    const name = path.join('.') || 'the file';
    const found = this.#find(path);
    if (!found) return `${this.#shown} ${name}: ${message}`;
    const line = this.#lines[found.line - 1] ?? '';
    const shownLine = line.slice(0, found.col - 1 + found.length);
    return [
      `${this.#shown}:${found.line}:${found.col} ${name}: ${message}`,
      `    ${shownLine}${line.length > shownLine.length ? ' …' : ''}`,
      `    ${' '.repeat(found.col - 1)}${'^'.repeat(found.length)}`,
    ].join('\n');
  }

  /** The deepest key of the path that stands in the file. */
  #find(
    path: readonly (string | number)[],
  ): { line: number; col: number; length: number; depth: number } | null {
    let node: unknown = this.#document.contents;
    let found: { offset: number; length: number; depth: number } | null = null;
    for (const [index, step] of path.entries()) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (!pair || !isScalar(pair.key) || !pair.key.range) break;
      found = {
        offset: pair.key.range[0],
        length: pair.key.range[1] - pair.key.range[0],
        depth: index + 1,
      };
      node = pair.value;
    }
    return found && { ...this.#place(found.offset), length: found.length, depth: found.depth };
  }
}
