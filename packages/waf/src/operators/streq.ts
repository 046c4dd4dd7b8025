import { asciiLowerCase } from '../transformations/lowercase.ts';
import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @streq
 *
 * Description: Whether the value is a text.
 * Arguments: the text; macros are expanded.
 * Returns: true when they are equal; case counts.
 * Example: `SecRule REQUEST_METHOD "@streq POST" "id:1,pass"`
 */
export function streq({ argument }: OperatorInput): Operator {
  const operator = comparison(argument, (input, text) => input === text);
  return operator.isPure && argument !== ''
    ? { ...operator, required: [asciiLowerCase(argument)] }
    : operator;
}
