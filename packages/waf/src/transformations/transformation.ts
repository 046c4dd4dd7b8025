/** A function on byte strings that a rule names with `t:`. Pure; never throws; time linear in its input. */
export interface Transformation {
  readonly name: string;
  readonly apply: (input: string) => string;
  /**
   * Texts of one or two characters of which at least one stands in every input that `apply` changes
   * other than in the case of letters; null when it may change any input. Letters stand for both
   * cases. An evaluator may leave the transformation out where none of them occurs.
   */
  readonly touches: readonly string[] | null;
  /** The letters whose case `apply` changes. */
  readonly changesCase?: 'upper' | 'lower';
  /** Characters that may stand in the output though not in the input, case left aside; null for any. */
  readonly creates: string | null;
}

/** The characters of the given codes, first and last included. */
export function charactersBetween(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));
}

/** A table that says of each byte whether it is among the characters: 1 or 0. */
export function bytesIn(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

/** White space as C's isspace() has it, and the no-break space that ModSecurity adds. */
export const WHITE_SPACE = ' \t\n\r\v\f\xa0';
