import { isInNetwork, parseIp, parseIpNetwork } from './ipNetwork.ts';
import { OperatorError } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @ipMatch
 *
 * Description: Whether the value is an address in one of the networks.
 * Arguments: addresses and networks (CIDR), separated by commas.
 * Returns: true when it is.
 * Example: `SecRule REMOTE_ADDR "@ipMatch 127.0.0.1,::1,10.0.0.0/8" "id:1,pass"`
 */
export function ipMatch({ argument }: OperatorInput): Operator {
  return matchNetworks(argument.split(','));
}

/** An operator that matches addresses in the given networks. */
export function matchNetworks(texts: readonly string[]): Operator {
  const networks = texts.map((text) => {
    const network = parseIpNetwork(text);
    if (network === null) throw new OperatorError(`"${text.trim()}" is no address or network`);
    return network;
  });
  return {
    isPure: true,
    evaluate: (input) => {
      const address = parseIp(input);
      return address !== null && networks.some((network) => isInNetwork(address, network));
    },
  };
}
