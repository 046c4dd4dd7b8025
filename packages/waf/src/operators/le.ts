import { numericComparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @le
 *
 * Description: Whether the value as a number is less than or equal to a number.
 * Arguments: the number; macros are expanded; text that is no number counts as 0.
 * Returns: true when it is less than or equal to it.
 * Example: `SecRule &ARGS "@le 10" "id:1,deny"`
 */
export function le({ argument }: OperatorInput): Operator {
  return numericComparison(argument, (value, bound) => value <= bound);
}
