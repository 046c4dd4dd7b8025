import type { Transformation } from './transformation.ts';

/**
 * t:removeComments
 *
 * Description: Removes C and HTML comments; cuts at an SQL or shell comment.
 * Arguments: none.
 * Returns: what is left; a space stands for a comment that never ends or that cuts.
 * Example: `a<!-- b -->c` becomes `ac`.
 */
export const removeComments: Transformation = {
  name: 'removeComments',
  touches: ['/*', '--', '#'],
  creates: ' ',
  apply: remove,
};

function remove(input: string): string {
  let text = '';
  for (let at = 0; at < input.length;) {
    const close = commentClose(input, at);
    if (close === 'cut') return `${text} `;
    if (close === null) {
      text += input.charAt(at++);
      continue;
    }
    const end = input.indexOf(close, at + (close === '*/' ? 2 : 4));
    if (end === -1) return `${text} `;
    at = end + close.length;
  }
  return text;
}

/** What ends the comment that starts here, or null when none does. */
function commentClose(input: string, at: number): '*/' | '-->' | 'cut' | null {
  if (input.startsWith('/*', at)) return '*/';
  if (input.startsWith('<!--', at)) return '-->';
  return input.startsWith('--', at) || input[at] === '#' ? 'cut' : null;
}
