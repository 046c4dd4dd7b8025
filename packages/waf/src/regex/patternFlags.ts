/** Flags in force at one place of a pattern. */
export interface PatternFlags {
  readonly ignoreCase: boolean;
  /** `.` matches a newline too. */
  readonly dotAll: boolean;
  /** `^` and `$` match at inner line ends. */
  readonly multiline: boolean;
  /** White space and `#` comments in the pattern are ignored. */
  readonly extended: boolean;
}

/** The letters of `(?imsx)`. */
export const FLAG_LETTERS: Readonly<Record<string, keyof PatternFlags>> = {
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  x: 'extended',
};
