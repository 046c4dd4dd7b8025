import type { Transformation } from './transformation.ts';

/**
 * t:base64Encode
 *
 * Description: Encodes as base64 (RFC 4648, section 4).
 * Arguments: none.
 * Returns: the encoded text.
 * Example: `ab` becomes `YWI=`.
 */
export const base64Encode: Transformation = {
  name: 'base64Encode',
  touches: null,
  creates: null,
  apply: (input) => btoa(input),
};
