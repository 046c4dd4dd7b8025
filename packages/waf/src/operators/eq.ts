import { numericComparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @eq
 *
 * Description: Whether the value as a number is equal to a number.
 * Arguments: the number; macros are expanded; text that is no number counts as 0.
 * Returns: true when it is equal to it.
 * Example: `SecRule &ARGS "@eq 10" "id:1,deny"`
 */
export function eq({ argument }: OperatorInput): Operator {
  return numericComparison(argument, (value, bound) => value === bound);
}
