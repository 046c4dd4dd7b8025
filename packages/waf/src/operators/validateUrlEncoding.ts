import { hexByteAt } from '../request/urlDecode.ts';
import type { Operator } from './operator.ts';

/**
 * @validateUrlEncoding
 *
 * Description: Whether the value has a `%` that no two hexadecimal digits follow.
 * Arguments: none.
 * Returns: true when it has.
 * Example: `SecRule REQUEST_BODY "@validateUrlEncoding" "id:1,deny"`
 */
export function validateUrlEncoding(): Operator {
  return {
    isPure: true,
    required: ['%'],
    evaluate: (input, { budget }) => {
      budget.left -= input.length;
      for (let at = input.indexOf('%'); at !== -1; at = input.indexOf('%', at + 3)) {
        if (hexByteAt(input, at + 1) < 0) return true;
      }
      return false;
    },
  };
}
