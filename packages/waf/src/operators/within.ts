import { comparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @within
 *
 * Description: Whether the value stands within a text.
 * Arguments: the text to search in; macros are expanded.
 * Returns: true when the text contains the value; an empty value is within any.
 * Example: `SecRule REQUEST_METHOD "!@within %{tx.allowed_methods}" "id:1,deny"`
 */
export function within({ argument }: OperatorInput): Operator {
  return comparison(argument, (input, text) => text.includes(input));
}
