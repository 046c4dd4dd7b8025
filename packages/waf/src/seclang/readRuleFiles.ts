import { parseRules } from './parseRules.ts';
import type { Rules } from './parseRules.ts';
import type { RuleSource } from './source.ts';

/** How the engine reads files, which it never does by itself. Paths have forward slashes. */
export interface RuleFileAccess {
  /** The file's bytes as a latin1 byte string, or null when there is no such file. */
  readonly read: (path: string) => string | null;
  /** The names of the files in a folder, empty when there is none. */
  readonly list: (folder: string) => readonly string[];
}

/**
 * Read rules from files: each path may be a pattern with `*` and `?` in its last part, files in the
 * order of their names. Include and data files are looked for beside the file that names them.
 * Sources before the files, such as `baseRules`, go first. Throws RuleSyntaxError.
 */
export function readRuleFiles(
  paths: readonly string[],
  access: RuleFileAccess,
  before: readonly RuleSource[] = [],
): Rules {
  const find = (pattern: string): RuleSource[] =>
    expand(pattern, access).flatMap((path) => {
      const text = access.read(path);
      return text === null ? [] : [{ name: path, text }];
    });
  return parseRules(
    [...before, ...paths.flatMap(find)],
    (name, fromFile) => access.read(beside(fromFile, name)),
    (pattern, fromFile) => find(beside(fromFile, pattern)),
  );
}

function expand(pattern: string, access: RuleFileAccess): string[] {
  const { folder, name } = split(pattern);
  if (!name.includes('*') && !name.includes('?')) return [pattern];
  const names = access.list(folder).filter((candidate) => fits(candidate, name));
  return names.toSorted().map((found) => join(folder, found));
}

function beside(file: string, path: string): string {
  return path.startsWith('/') ? path : join(split(file).folder, path);
}

function split(path: string): { folder: string; name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Whether a name fits a pattern: `*` stands for any characters, `?` for one. */
function fits(name: string, pattern: string): boolean {
  let reached = new Set([0]);
  for (const character of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (character === '*') for (let end = at; end <= name.length; end++) next.add(end);
      else if (at < name.length && (character === '?' || character === name[at])) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(name.length);
}
