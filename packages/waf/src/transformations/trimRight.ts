import { WHITE_SPACE } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:trimRight
 *
 * Description: Removes white space at the end.
 * Arguments: none.
 * Returns: the input without it.
 * Example: ` a  ` becomes ` a`.
 */
export const trimRight: Transformation = {
  name: 'trimRight',
  touches: [...WHITE_SPACE],
  creates: '',
  apply: trimEnd,
};

/** The input up to its last character that is not white space. */
export function trimEnd(input: string): string {
  let end = input.length;
  while (end > 0 && WHITE_SPACE.includes(input.charAt(end - 1))) end--;
  return input.slice(0, end);
}
