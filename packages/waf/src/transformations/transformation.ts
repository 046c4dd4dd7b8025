/** A function on byte strings that a rule names with `t:`. Pure; never throws; time linear in its input. */
export interface Transformation {
  readonly name: string;
  readonly apply: (input: string) => string;
  /**
   * Characters of which at least one stands in every input that `apply` changes; null when it may
   * change any input. An evaluator may leave the transformation out where none of them occurs.
   */
  readonly touches: string | null;
}

/** The characters of the given codes, first and last included. */
export function charactersBetween(first: number, last: number): string {
  let characters = '';
  for (let code = first; code <= last; code++) characters += String.fromCharCode(code);
  return characters;
}

/** ASCII upper-case letters. */
export const UPPER_CASE = charactersBetween(0x41, 0x5a);

/** White space as C's isspace() has it, and the no-break space that ModSecurity adds. */
export const WHITE_SPACE = ' \t\n\r\v\f\xa0';
