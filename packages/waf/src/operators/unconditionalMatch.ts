import type { Operator } from './operator.ts';

/**
 * @unconditionalMatch
 *
 * Description: Matches always.
 * Arguments: none.
 * Returns: true.
 * Example: `SecRule TX:ua_hash "@unconditionalMatch" "t:sha1,pass"`
 */
export function unconditionalMatch(): Operator {
  return { isPure: true, evaluate: () => true };
}
