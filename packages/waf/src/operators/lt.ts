import { numericComparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @lt
 *
 * Description: Whether the value as a number is less than a number.
 * Arguments: the number; macros are expanded; text that is no number counts as 0.
 * Returns: true when it is less than it.
 * Example: `SecRule &ARGS "@lt 10" "id:1,deny"`
 */
export function lt({ argument }: OperatorInput): Operator {
  return numericComparison(argument, (value, bound) => value < bound);
}
