import { createHash } from 'node:crypto';

/** Names and secrets that come out the same for the same seed and the same order of calls. */
export interface Ids {
  /** A version-4-shaped UUID, the nth of its kind. */
  uuid(kind: string): string;
  /** Letters and digits, the nth of its kind. */
  text(kind: string, length: number): string;
}

export function seededIds(seed: string): Ids {
  const counts = new Map<string, number>();
  const digest = (kind: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return createHash('sha512')
      .update(JSON.stringify([seed, kind, count]))
      .digest();
  };
  return {
    uuid: (kind) => uuidOf(digest(kind)),
    text: (kind, length) => lettersOf(digest(kind)).slice(0, length),
  };
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const variant = '89ab'[bytes[8]! & 3];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function lettersOf(bytes: Buffer): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
