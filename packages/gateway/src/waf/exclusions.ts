import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { AuditEntry, RuleFinding } from '../domain/audit.ts';
import type { Operation } from '../domain/operation.ts';
import { exclusionText } from './ruleText.ts';

/** A rule that is not to look at a field of an operation, because it was wrong about one request. */
export interface Exclusion {
  readonly rule: number;
  /** null: nowhere in the operation. */
  readonly field: string | null;
  /** null: at all operations. */
  readonly operation: Operation | null;
}

/** Narrows or widens what is excluded. */
export interface Wanted {
  /** Absent: all rules that counted. */
  readonly rules?: readonly number[] | undefined;
  /** Absent: the fields in which they found something. */
  readonly field?: string | undefined;
  readonly operation: Operation | null;
}

/** Who decided that the rules were wrong, when, about which request, and why. */
export interface Review {
  readonly by: string;
  readonly at: string;
  readonly requestId: string;
  readonly reason: string;
}

/** The exclusions that would let a request pass, or a sentence that says why there are none. */
export function proposeExclusions(
  { findings = [] }: Pick<AuditEntry, 'findings'>,
  { rules, field, operation }: Wanted,
): readonly Exclusion[] | string {
  const stranger = rules?.find((rule) => !findings.some((finding) => finding.rule === rule));
  if (stranger !== undefined) return `rule ${stranger} found nothing in this request`;
  const meant = findings.filter((finding) =>
    rules === undefined ? counts(finding) : rules.includes(finding.rule),
  );
  if (meant.length === 0) return 'no rule counted against this request';
  const exclusions = new Map<string, Exclusion>();
  for (const finding of meant) {
    const fields = field === undefined ? fieldsOf(finding) : [field];
    if (fields.length === 0) {
      return `name the field: what rule ${finding.rule} looked at has no name that a rule can carry`;
    }
    for (const one of fields) {
      exclusions.set(`${finding.rule} ${one}`, { rule: finding.rule, field: one, operation });
    }
  }
  return [...exclusions.values()];
}

const counts = ({ score, matched, reported }: RuleFinding): boolean =>
  score > 0 && matched.length > 0 && reported === undefined;

const fieldsOf = ({ matched }: RuleFinding): readonly string[] => [
  ...new Set(matched.flatMap(({ variable }) => fieldOf(variable) ?? [])),
];

/** The field that a variable names, places in lists left open; null where its name is not a plain one. */
export function fieldOf(variable: string): string | null {
  if (variable.startsWith('TX:') || variable.startsWith('MATCHED_')) return null;
  const colon = variable.indexOf(':');
  const name = colon < 0 ? null : variable.slice(colon + 1);
  if (name === null) return /^[A-Z][A-Z_]*$/.test(variable) ? variable : null;
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) return null;
  if (variable.startsWith('REQUEST_HEADERS:')) return `header:${name}`;
  if (!variable.startsWith('ARGS:')) return variable;
  return name.replaceAll(/\.\d+(?=\.|$)/g, '.*');
}

/** SecLang with who, when, why; `present` is what the file holds already. */
export function exclusionsText(
  exclusions: readonly Exclusion[],
  review: Review,
  prefix: string,
  present: string,
): string {
  const used = [...present.matchAll(/\bid:(\d{1,12})/g)].map(([, id]) => Number(id));
  const first = Math.max(firstId, ...used.map((id) => id + 1));
  const head = [
    `# ${review.at} ${review.by} for ${review.requestId}`,
    // A backslash at the end of a line would draw the next one into the comment.
    `# ${review.reason.replace(/\\+$/, '')}`,
  ];
  const rules = exclusions.map(({ rule, field, operation }, index) =>
    exclusionText({ select: { rule }, operation, field }, prefix, first + index),
  );
  return `${[...head, ...rules].join('\n')}\n`;
}

/** From the range for local use. */
const firstId = 10_000;

export const readExclusions = (file: string): string =>
  existsSync(file) ? readFileSync(file, 'utf8') : '';

/** Adds to the file in one step; returns the way back. */
export function addExclusions(file: string, text: string): () => void {
  const before = existsSync(file) ? readFileSync(file) : null;
  replace(file, Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(`\n${text}`)]));
  return () => (before === null ? rmSync(file, { force: true }) : replace(file, before));
}

function replace(file: string, content: Uint8Array): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, content, { mode: 0o600, flush: true });
  renameSync(fresh, file);
}
