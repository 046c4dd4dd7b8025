import type { Operator } from './operator.ts';

/**
 * @noMatch
 *
 * Description: Matches never.
 * Arguments: none.
 * Returns: false.
 * Example: `SecRule ARGS "@noMatch" "id:1,deny"`
 */
export function noMatch(): Operator {
  return { isPure: true, evaluate: () => false };
}
