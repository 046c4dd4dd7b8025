import type { Transformation } from './transformation.ts';

/**
 * t:replaceNulls
 *
 * Description: Replaces NUL bytes by spaces.
 * Arguments: none.
 * Returns: the input with spaces in their place.
 * Example: `a\0b` becomes `a b`.
 */
export const replaceNulls: Transformation = {
  name: 'replaceNulls',
  touches: ['\0'],
  creates: ' ',
  apply: (input) => input.replaceAll('\0', ' '),
};
