import { asciiLowerCase } from '../transformations/lowercase.ts';
import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @endsWith
 *
 * Description: Whether the value ends with a text.
 * Arguments: the text; macros are expanded.
 * Returns: true when it does; case counts.
 * Example: `SecRule REQUEST_BASENAME "@endsWith .pdf" "id:1,pass"`
 */
export function endsWith({ argument }: OperatorInput): Operator {
  const operator = comparison(argument, (input, text) => input.endsWith(text));
  return operator.isPure && argument !== ''
    ? { ...operator, required: [asciiLowerCase(argument)] }
    : operator;
}
