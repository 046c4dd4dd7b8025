import { asciiLowerCase } from '../transformations/lowercase.ts';
import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @beginsWith
 *
 * Description: Whether the value begins with a text.
 * Arguments: the text; macros are expanded.
 * Returns: true when it does; case counts.
 * Example: `SecRule REQUEST_URI "@beginsWith /admin" "id:1,deny"`
 */
export function beginsWith({ argument }: OperatorInput): Operator {
  const operator = comparison(argument, (input, text) => input.startsWith(text));
  return operator.isPure && argument !== ''
    ? { ...operator, required: [asciiLowerCase(argument)] }
    : operator;
}
