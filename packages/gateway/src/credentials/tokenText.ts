import { createHash } from 'node:crypto';
import { newSecret } from './keyText.ts';

const form = /^fgt_[0-9A-Za-z]{43}$/;

/** A fresh opaque token: 256 bits. */
export const newToken = (): string => `fgt_${newSecret()}`;

export const isTokenText = (text: string): boolean => text.length === 47 && form.test(text);

/** Under this digest the token is stored and looked up; the text itself is never kept. */
export const tokenDigest = (text: string): Uint8Array => createHash('sha256').update(text).digest();
