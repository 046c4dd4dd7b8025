import { createHash, randomBytes } from 'node:crypto';
import { toBase62 } from '../credentials/base62.ts';
import { newSecret } from '../credentials/keyText.ts';

const randomText = (length: number): string =>
  toBase62(BigInt(`0x${randomBytes(length).toString('hex')}`), length).slice(-length);

/** `cl_`, `pol_` or `ad_` and 20 characters. */
export const newObjectId = (prefix: 'cl' | 'pol' | 'ad'): string => `${prefix}_${randomText(20)}`;

/** A fresh admin token: 256 bits. */
export const newAdminToken = (): string => `fga_${newSecret()}`;

export const isAdminToken = (text: string): boolean => /^fga_[0-9A-Za-z]{43}$/.test(text);

/** Tokens are stored and looked up under this digest; they have 256 random bits, so no salt is needed. */
export const tokenDigest = (text: string): Uint8Array => createHash('sha256').update(text).digest();
