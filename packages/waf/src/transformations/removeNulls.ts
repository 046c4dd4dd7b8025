import type { Transformation } from './transformation.ts';

/**
 * t:removeNulls
 *
 * Description: Removes NUL bytes.
 * Arguments: none.
 * Returns: the input without them.
 * Example: `a\0b` becomes `ab`.
 */
export const removeNulls: Transformation = {
  name: 'removeNulls',
  touches: ['\0'],
  creates: '',
  apply: (input) => input.replaceAll('\0', ''),
};
