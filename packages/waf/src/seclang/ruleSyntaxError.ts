/** A place in rule text; line and column count from 1. */
export interface RulePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Rule text that the engine refuses. The message reads as a compiler writes it:
 * `file:line:column what is wrong`, the line, and a caret under the place.
 */
export class RuleSyntaxError extends Error {
  readonly position: RulePosition;
  /** The reason alone, without place and source line. */
  readonly reason: string;

  constructor(reason: string, position: RulePosition, sourceLine: string) {
    const { file, line, column } = position;
    const shown = excerpt(sourceLine, column);
    super(`${file}:${line}:${column} ${reason}\n  ${shown.text}\n  ${' '.repeat(shown.caret)}^`);
    this.name = 'RuleSyntaxError';
    this.reason = reason;
    this.position = position;
  }
}

const EXCERPT_CHARS = 100;

function excerpt(sourceLine: string, column: number): { text: string; caret: number } {
  const start = Math.max(0, column - 1 - EXCERPT_CHARS / 2);
  const text = sourceLine.slice(start, start + EXCERPT_CHARS).replaceAll('\t', ' ');
  return { text, caret: column - 1 - start };
}
