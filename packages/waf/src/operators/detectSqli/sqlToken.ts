/** The classes of SQL tokens that the judgement needs; finer ones would not change a verdict. */
export type SqlTokenKind =
  | 'number'
  | 'string'
  | 'word'
  | 'variable'
  | 'operator'
  | 'comma'
  | 'open'
  | 'close'
  | 'semicolon'
  | 'comment'
  | 'other'
  | 'end';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  /** Lower-cased for words and operators; the content without quotes for strings; bounded to 64 bytes for comments. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** For a string: whether its closing quote was found. True for all other kinds. */
  readonly closed: boolean;
}
