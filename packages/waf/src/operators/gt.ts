import { numericComparison } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @gt
 *
 * Description: Whether the value as a number is greater than a number.
 * Arguments: the number; macros are expanded; text that is no number counts as 0.
 * Returns: true when it is greater than it.
 * Example: `SecRule &ARGS "@gt 10" "id:1,deny"`
 */
export function gt({ argument }: OperatorInput): Operator {
  return numericComparison(argument, (value, bound) => value > bound);
}
