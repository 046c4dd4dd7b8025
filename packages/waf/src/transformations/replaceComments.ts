import type { Transformation } from './transformation.ts';

/**
 * t:replaceComments
 *
 * Description: Replaces every C comment, also one that never ends, by one space.
 * Arguments: none.
 * Returns: the input without comments.
 * Example: `a/* b` becomes `a `.
 */
export const replaceComments: Transformation = {
  name: 'replaceComments',
  touches: ['/*'],
  creates: ' ',
  apply: replace,
};

function replace(input: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const open = input.indexOf('/*', at);
    if (open === -1) return text + input.slice(at);
    text += `${input.slice(at, open)} `;
    const close = input.indexOf('*/', open + 2);
    if (close === -1) return text;
    at = close + 2;
  }
}
