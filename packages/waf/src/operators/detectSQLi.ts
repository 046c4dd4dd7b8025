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
    necessary: NECESSARY,
    evaluate: (input, context) => {
      const reason = detectSqli(input, context.budget);
      if (reason === null) return false;
      if (context.wantsCapture) context.capture([reason]);
      return true;
    },
  };
}

/**
 * What the detector proves needs a quote, a bracket, a mark that joins or ends statements, or one of
 * these words; a digit before a letter may end a number and begin a word.
 */
const NECESSARY =
  '(?i)[\'"`(;|&@]|/\\*|[0-9][a-z]|(?:^|[^a-z])(?:and|or|xor|having|where|when|select|waitfor|' +
  'procedure|order|group|into|exec|execute|declare)(?:[^a-z]|$)';
