import { bytesIn, WHITE_SPACE } from './transformation.ts';
import type { Transformation } from './transformation.ts';

/**
 * t:removeWhitespace
 *
 * Description: Removes white space, the no-break space included.
 * Arguments: none.
 * Returns: the input without it.
 * Example: `a b` becomes `ab`.
 */
export const removeWhitespace: Transformation = {
  name: 'removeWhitespace',
  touches: [...WHITE_SPACE],
  creates: '',
  apply: remove,
};

const IS_SPACE = bytesIn(WHITE_SPACE);

function remove(input: string): string {
  let text = '';
  let copied = 0;
  for (let at = 0; at < input.length; at++) {
    if (IS_SPACE[input.charCodeAt(at)] !== 1) continue;
    text += input.slice(copied, at);
    copied = at + 1;
  }
  return text + input.slice(copied);
}
