import { asciiLowerCase } from '../transformations/lowercase.ts';
import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @strmatch
 *
 * Description: Whether the value contains a text, as @contains.
 * Arguments: the text; macros are expanded.
 * Returns: true when it does; case counts.
 * Example: `SecRule REQUEST_URI "@strmatch /etc" "id:1,deny"`
 */
export function strmatch({ argument }: OperatorInput): Operator {
  const operator = comparison(argument, (input, text) => input.includes(text));
  return operator.isPure && argument !== ''
    ? { ...operator, required: [asciiLowerCase(argument)] }
    : operator;
}
