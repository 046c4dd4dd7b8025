import { detectSqli } from './detectSqli/detectSqli.ts';
import type { Operator } from './operator.ts';

/**
 * @detectSQLi
 *
 * Description: Whether the value would inject SQL, by tokenizing it as the several quoting contexts would.
 * Arguments: none.
 * Returns: true when it would; captures the reason in TX:0.
 * Example: `SecRule ARGS "@detectSQLi" "id:1,deny"`
 */
export function detectSQLi(): Operator {
  return {
    isPure: true,
    evaluate: (input, context) => {
      const reason = detectSqli(input, context.budget);
      if (reason === null) return false;
      if (context.wantsCapture) context.capture([reason]);
      return true;
    },
  };
}
