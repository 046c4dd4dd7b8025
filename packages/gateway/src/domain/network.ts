/**
 * IP addresses and networks as numbers: text is parsed once and strictly, everything after that compares words.
 * An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is the IPv4 address, so that no rule
 * can be passed by writing the same address differently.
 */
export interface Address {
  readonly version: 4 | 6;
  /** Unsigned 32-bit words, the most significant first: one for version 4, four for version 6. */
  readonly words: readonly number[];
}

/** All addresses of one version that share a prefix. */
export interface Network {
  readonly version: 4 | 6;
  readonly prefixBits: number;
  /** The bits behind the prefix are zero. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
}

/**
 * Reads an address in its plain form: four decimal numbers without leading zeros (RFC 3986 section 3.2.2), or IPv6
 * (RFC 4291 section 2.2). Brackets, zone ids, ports, white space and every other spelling give null.
 */
export function parseAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const word = parseDottedQuad(text);
    return word === null ? null : { version: 4, words: [word] };
  }
  const words = parseGroups(text);
  return words === null ? null : fold(words);
}

/**
 * Reads a network as `address/bits`; a lone address is the network of that one address. Null for any other text, and
 * where bits behind the prefix are set: `10.0.0.1/8` may mean two things.
 */
export function parseCidr(text: string): Network | null {
  const slash = text.indexOf('/');
  const head = slash < 0 ? text : text.slice(0, slash);
  const address = parseAddress(head);
  if (address === null) return null;
  const bitsMax = address.version === 4 ? 32 : 128;
  const bits = slash < 0 ? bitsMax : parsePrefixBits(text.slice(slash + 1), head, address.version);
  if (bits === null) return null;
  const masks = address.words.map((_, index) => mask(bits - index * 32));
  const exact = address.words.every((word, index) => (word & masks[index]!) >>> 0 === word);
  return exact ? { version: address.version, prefixBits: bits, words: address.words, masks } : null;
}

export function contains(network: Network, address: Address): boolean {
  if (network.version !== address.version) return false;
  for (let index = 0; index < network.words.length; index += 1) {
    if ((address.words[index]! & network.masks[index]!) >>> 0 !== network.words[index])
      return false;
  }
  return true;
}

/** Canonical text: dotted decimal, or RFC 5952. */
export function formatAddress({ version, words }: Address): string {
  return version === 4 ? formatQuad(words[0]!) : formatGroups(words);
}

export function formatNetwork({ version, words, prefixBits }: Network): string {
  return `${formatAddress({ version, words })}/${prefixBits}`;
}

function parseDottedQuad(text: string): number | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  let word = 0;
  for (let index = 1; index <= 4; index += 1) {
    const digits = match[index]!;
    const octet = Number(digits);
    if (octet > 255 || (digits.length > 1 && digits.startsWith('0'))) return null;
    word = word * 256 + octet;
  }
  return word;
}

/** `8` groups of 16 bits, `::` for one or more groups of zero, optionally a dotted quad as the last two groups. */
function parseGroups(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseHalf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? parseHalf(halves[1]!, true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return [0, 2, 4, 6].map((index) => groups[index]! * 65_536 + groups[index + 1]!);
}

function parseHalf(text: string, isLast: boolean): readonly number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const quad = isLast && index === parts.length - 1 ? parseDottedQuad(part) : null;
    if (quad === null) return null;
    groups.push(quad >>> 16, quad & 0xffff);
  }
  return groups;
}

function fold(words: readonly number[]): Address {
  const isMapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  return isMapped ? { version: 4, words: [words[3]!] } : { version: 6, words };
}

/** The prefix of a mapped network counts from the start of the IPv6 form. */
function parsePrefixBits(text: string, head: string, version: 4 | 6): number | null {
  if (!/^(0|[1-9]\d{0,2})$/.test(text)) return null;
  const bits = Number(text) - (version === 4 && head.includes(':') ? 96 : 0);
  return bits >= 0 && bits <= (version === 4 ? 32 : 128) ? bits : null;
}

function mask(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}

const formatQuad = (word: number): string =>
  [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join('.');

/** RFC 5952 section 4: lower case, the first longest run of two or more zero groups becomes `::`. */
function formatGroups(words: readonly number[]): string {
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const text = groups.map((group) => group.toString(16));
  const { start, length } = longestZeroRun(groups);
  if (length < 2) return text.join(':');
  return `${text.slice(0, start).join(':')}::${text.slice(start + length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: index - length + 1, length };
  }
  return best;
}
