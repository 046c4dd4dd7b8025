import { urlDecode as decodeUrl } from '../request/urlDecode.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:urlDecode
 *
 * Description: Decodes `%XX` and `+`; an invalid escape stays.
 * Arguments: none.
 * Returns: the decoded bytes.
 * Example: `a%20b` becomes `a b`.
 */
export const urlDecode: Transformation = {
  name: 'urlDecode',
  touches: ['%', '+'],
  creates: null,
  apply: (input) => decodeUrl(input).text,
};
