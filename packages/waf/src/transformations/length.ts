import type { Transformation } from './transformation.ts';

/**
 * t:length
 *
 * Description: Replaces the input by its length in bytes.
 * Arguments: none.
 * Returns: a decimal number.
 * Example: `abc` becomes `3`.
 */
export const length: Transformation = {
  name: 'length',
  touches: null,
  creates: '0123456789',
  apply: (input) => String(input.length),
};
