/**
 * Writes DER (ITU-T X.690), as much of it as a certificate needs. There is nothing here that reads: parsing is left to
 * the platform.
 */

/** A value with its tag and length. */
export function tagged(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

export const sequence = (...contents: readonly Uint8Array[]): Buffer => tagged(0x30, ...contents);
export const set = (...contents: readonly Uint8Array[]): Buffer => tagged(0x31, ...contents);
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 0xff : 0]));
export const octetString = (content: Uint8Array): Buffer => tagged(0x04, content);
export const utf8String = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'));

/** Context-specific tag that holds other values. */
export const explicit = (tag: number, ...contents: readonly Uint8Array[]): Buffer =>
  tagged(0xa0 | tag, ...contents);

/** Context-specific tag in the place of a primitive value's own. */
export const implicit = (tag: number, content: Uint8Array): Buffer => tagged(0x80 | tag, content);

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const isSignBitSet = (bytes[start]! & 0x80) !== 0;
  return tagged(0x02, Buffer.from(isSignBitSet ? [0] : []), bytes.subarray(start));
}

/** `unusedBits` of the last byte do not belong to the string. */
export const bitString = (content: Uint8Array, unusedBits = 0): Buffer =>
  tagged(0x03, Buffer.from([unusedBits]), content);

/** An object identifier from its dotted text. */
export function objectIdentifier(text: string): Buffer {
  const [first, second, ...rest] = text.split('.').map(Number);
  return tagged(0x06, Buffer.from([first! * 40 + second!, ...rest.flatMap(toBase128)]));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on, in whole seconds (RFC 5280 section 4.1.2.5). */
export function time(timeMs: number): Buffer {
  const date = new Date(timeMs);
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return date.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

function toBase128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
