import { contains, parseCidr, type Address, type Network } from './network.ts';

/** What an address is for, as far as it decides whether an outside service may be sent there. */
export type AddressClass =
  | 'public'
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'metadata'
  | 'documentation'
  | 'multicast'
  | 'transition'
  | 'reserved';

/**
 * The IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890), and the addresses at which clouds serve
 * their metadata outside of these. The first match decides.
 */
const special: readonly (readonly [cidr: string, is: AddressClass])[] = [
  ['0.0.0.0/8', 'unspecified'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['168.63.129.16/32', 'metadata'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'documentation'],
  ['192.88.99.0/24', 'transition'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['64:ff9b::/96', 'transition'],
  ['64:ff9b:1::/48', 'transition'],
  ['2001::/32', 'transition'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'documentation'],
  ['2002::/16', 'transition'],
  ['3fff::/20', 'documentation'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['ff00::/8', 'multicast'],
];

const rows: readonly (readonly [Network, AddressClass])[] = special.map(([cidr, is]) => [
  parseCidr(cidr)!,
  is,
]);

/** All of IPv6 that is given out to the public Internet so far (RFC 4291 section 2.4, IANA). */
const globalUnicast = parseCidr('2000::/3')!;

export function addressClass(address: Address): AddressClass {
  const row = rows.find(([network]) => contains(network, address));
  if (row) return row[1];
  if (address.version === 4) return 'public';
  if (!contains(globalUnicast, address)) return 'reserved';
  return isIsatap(address) ? 'transition' : 'public';
}

/** RFC 5214 section 6.1: an interface id of `0:5efe` or `200:5efe` in front of an IPv4 address tunnels to that address. */
function isIsatap({ words }: Address): boolean {
  return words[2] === 0x0000_5efe || words[2] === 0x0200_5efe;
}
