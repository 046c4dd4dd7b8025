import { decodeBase64 } from './base64.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:base64Decode
 *
 * Description: Decodes base64 up to the first character that is none; line ends are skipped, padding is optional.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `YWI=` becomes `ab`.
 */
export const base64Decode: Transformation = {
  name: 'base64Decode',
  touches: null,
  creates: null,
  apply: (input) => decodeBase64(input, '\r\n'),
};
