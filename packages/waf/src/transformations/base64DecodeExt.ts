import { decodeBase64 } from './base64.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:base64DecodeExt
 *
 * Description: Decodes base64 as base64Decode does but skips white space and dots.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `Y W.I` becomes `ab`.
 */
export const base64DecodeExt: Transformation = {
  name: 'base64DecodeExt',
  touches: null,
  creates: null,
  apply: (input) => decodeBase64(input, ' \t\r\n\v\f.'),
};
