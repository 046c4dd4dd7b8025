import type { Transformation } from './transformation.ts';

/**
 * t:removeCommentsChar
 *
 * Description: Removes the marks of C, SQL, shell and HTML comments and keeps what they enclose.
 * Arguments: none.
 * Returns: the input without them.
 * Example: `a<!--b-->c#` becomes `abc`.
 */
export const removeCommentsChar: Transformation = {
  name: 'removeCommentsChar',
  touches: ['/*', '*/', '--', '#'],
  creates: '',
  apply: remove,
};

const MARKS = ['/*', '*/', '<!--', '-->', '--', '#'];

function remove(input: string): string {
  let text = '';
  for (let at = 0; at < input.length;) {
    const mark = MARKS.find((candidate) => input.startsWith(candidate, at));
    if (mark === undefined) text += input.charAt(at++);
    else at += mark.length;
  }
  return text;
}
