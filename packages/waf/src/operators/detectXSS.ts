import { detectXss } from './detectXss/detectXss.ts';
import type { Operator } from './operator.ts';

/**
 * @detectXSS
 *
 * Description: Whether the value would inject script, by tokenizing it as the several HTML contexts would.
 * Arguments: none.
 * Returns: true when it would.
 * Example: `SecRule ARGS "@detectXSS" "id:1,deny"`
 */
export function detectXSS(): Operator {
  return {
    isPure: true,
    evaluate: (input, { budget }) => detectXss(input, budget),
  };
}
