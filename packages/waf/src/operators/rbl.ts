import type { Operator, OperatorInput } from './operator.ts';

/**
 * @rbl
 *
 * Description: Would ask a DNS block list; the engine does no input or output, so it never matches and says so when rules load.
 * Arguments: none that is used.
 * Returns: false.
 * Example: `SecRule REMOTE_ADDR "@rbl zen.example.org" "id:1,deny"`
 */
export function rbl({ warn }: OperatorInput): Operator {
  warn('@rbl needs the network or a database and never matches here');
  return { isPure: true, evaluate: () => false };
}
