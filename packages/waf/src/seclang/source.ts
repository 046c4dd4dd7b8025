import { RuleSyntaxError } from './ruleSyntaxError.ts';
import type { RulePosition } from './ruleSyntaxError.ts';

/** One rule file: `text` is a latin1 byte string, so that bytes in patterns stay bytes. */
export interface RuleSource {
  readonly name: string;
  readonly text: string;
}

/** The place of an offset of the source text. */
function positionAt(source: RuleSource, offset: number): RulePosition {
  const before = source.text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line++;
  return { file: source.name, line, column: offset - lineStart + 1 };
}

/** The error at an offset of the source text. */
export function syntaxErrorAt(source: RuleSource, offset: number, reason: string): RuleSyntaxError {
  const lineStart = source.text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = source.text.indexOf('\n', offset);
  const line = source.text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  return new RuleSyntaxError(reason, positionAt(source, offset), line.replace('\r', ''));
}
