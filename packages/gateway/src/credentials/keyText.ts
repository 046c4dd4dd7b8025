import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyEnvironment } from '../domain/key.ts';
import { toBase62 } from './base62.ts';

/** The parts of a key's text. */
export interface KeyText {
  readonly environment: KeyEnvironment;
  readonly id: string;
  readonly secret: string;
}

const idLength = 12;
const secretLength = 43;
const checksumLength = 6;
const form = new RegExp(
  `^fg_(live|test)_([0-9A-Za-z]{${idLength}})_([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
);

/** Longest text that can be a key; anything longer is refused before it is looked at. */
export const keyTextLength = 'fg_live_'.length + idLength + 1 + secretLength + checksumLength;

const checksum = (text: string): string => toBase62(BigInt(crc32(text)), checksumLength);

/** A fresh public id: 12 base62 characters, 71 bits. */
export function newKeyId(): string {
  return toBase62(BigInt(`0x${randomBytes(16).toString('hex')}`), 22).slice(-idLength);
}

/** A fresh secret: 256 bits from the system's generator, 43 base62 characters. */
export function newSecret(): string {
  return toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength);
}

export function formatKey({ environment, id, secret }: KeyText): string {
  const body = `fg_${environment}_${id}_${secret}`;
  return body + checksum(body);
}

/** Reads a key's text; null when it has another form or its checksum does not fit. Decides without any store. */
export function parseKey(text: string): KeyText | null {
  if (text.length !== keyTextLength) return null;
  const match = form.exec(text);
  if (!match) return null;
  const [, environment, id, secret, sum] = match as unknown as [
    string,
    KeyEnvironment,
    string,
    string,
    string,
  ];
  if (checksum(text.slice(0, -checksumLength)) !== sum) return null;
  return { environment, id, secret };
}

/** Whether a text contains something that reads as a Filmgate credential: for refusals and redaction, not for trust. */
export function findKeyTexts(text: string): readonly string[] {
  return text.match(/fg_(?:live|test)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/g) ?? [];
}
