import { numericComparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @ge
 *
 * Description: Whether the value as a number is greater than or equal to a number.
 * Arguments: the number; macros are expanded; text that is no number counts as 0.
 * Returns: true when it is greater than or equal to it.
 * Example: `SecRule &ARGS "@ge 10" "id:1,deny"`
 */
export function ge({ argument }: OperatorInput): Operator {
  return numericComparison(argument, (value, bound) => value >= bound);
}
