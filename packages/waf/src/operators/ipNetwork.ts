/** An address or network (CIDR) as its leading bits. IPv4 and IPv4-mapped IPv6 addresses are the same. */
export interface IpNetwork {
  /** Sixteen bytes. */
  readonly bytes: Uint8Array;
  /** Number of leading bits that count, 0 to 128. */
  readonly prefixBits: number;
}

/** Parse `192.0.2.0/24`, `2001:db8::1` and the like; null when it is none. */
export function parseIpNetwork(text: string): IpNetwork | null {
  const [address = '', prefix, ...rest] = text.trim().split('/');
  const bytes = parseIp(address);
  if (bytes === null || rest.length > 0) return null;
  const isIpv4 = !address.includes(':');
  const bits = prefix === undefined ? (isIpv4 ? 32 : 128) : decimal(prefix, isIpv4 ? 32 : 128);
  return bits === null ? null : { bytes, prefixBits: isIpv4 ? bits + 96 : bits };
}

/** Sixteen bytes of an address, or null when the text is none. */
export function parseIp(text: string): Uint8Array | null {
  if (!text.includes(':')) {
    const ipv4 = parseIpv4(text);
    return ipv4 === null ? null : Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...ipv4);
  }
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return null;
  const left = parseGroups(head);
  const right = tail === undefined ? [] : parseGroups(tail);
  if (left === null || right === null) return null;
  const missing = 16 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return Uint8Array.of(...left, ...new Array<number>(missing).fill(0), ...right);
}

/** Whether an address lies in a network. */
export function isInNetwork(address: Uint8Array, network: IpNetwork): boolean {
  for (let bit = 0; bit < network.prefixBits; bit += 8) {
    const mask =
      network.prefixBits - bit >= 8 ? 0xff : (0xff00 >> (network.prefixBits - bit)) & 0xff;
    const index = bit / 8;
    if (((address[index] ?? 0) & mask) !== ((network.bytes[index] ?? 0) & mask)) return false;
  }
  return true;
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.').map((part) => decimal(part, 255));
  const bytes = parts.filter((part) => part !== null);
  return parts.length === 4 && bytes.length === 4 ? bytes : null;
}

function parseGroups(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  for (const [index, group] of text.split(':').entries()) {
    if (group.includes('.')) {
      const ipv4 = index === text.split(':').length - 1 ? parseIpv4(group) : null;
      if (ipv4 === null) return null;
      bytes.push(...ipv4);
      continue;
    }
    const isHexadecimal =
      group !== '' && [...group].every((digit) => '0123456789abcdefABCDEF'.includes(digit));
    if (!isHexadecimal || group.length > 4) return null;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}

function decimal(text: string, max: number): number | null {
  if (text === '' || text.length > 3 || ![...text].every((digit) => '0123456789'.includes(digit)))
    return null;
  const value = Number(text);
  return value <= max && String(value) === text ? value : null;
}
