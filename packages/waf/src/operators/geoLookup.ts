import type { Operator, OperatorInput } from './operator.ts';

/**
 * @geoLookup
 *
 * Description: Would look up where an address is; the engine does no input or output, so it never matches and says so when rules load.
 * Arguments: none that is used.
 * Returns: false.
 * Example: `SecRule REMOTE_ADDR "@geoLookup" "id:1,pass"`
 */
export function geoLookup({ warn }: OperatorInput): Operator {
  warn('@geoLookup needs the network or a database and never matches here');
  return { isPure: true, evaluate: () => false };
}
