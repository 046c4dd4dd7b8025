import { readDataLines } from './dataFile.ts';
import { matchNetworks } from './ipMatch.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @ipMatchFromFile
 *
 * Description: Whether the value is an address in one of the networks that a file lists.
 * Arguments: names of data files; a line is an address, a network (CIDR), or a comment after `#`.
 * Returns: true when it is.
 * Example: `SecRule REMOTE_ADDR "@ipMatchFromFile blocked.data" "id:1,deny"`
 */
export function ipMatchFromFile({ argument, readData }: OperatorInput): Operator {
  return matchNetworks(readDataLines(argument, readData).filter((line) => line !== ''));
}
