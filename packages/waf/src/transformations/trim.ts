import { trimStart } from './trimLeft.ts';
import { trimEnd } from './trimRight.ts';
import { WHITE_SPACE } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:trim
 *
 * Description: Removes white space at both ends.
 * Arguments: none.
 * Returns: the input without it.
 * Example: ` a ` becomes `a`.
 */
export const trim: Transformation = {
  name: 'trim',
  touches: [...WHITE_SPACE],
  creates: '',
  apply: (input) => trimEnd(trimStart(input)),
};
