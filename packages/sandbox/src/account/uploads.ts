import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';

/** Seconds that a signed upload link is good for. */
const uploadLinkSeconds = 86_400;

interface StoredFile {
  readonly contentType: string;
  readonly bytes: Buffer;
}

interface UploadLink {
  readonly key: string;
  /** Path and query to PUT to. */
  readonly signedPath: string;
  /** Path that reads the file for ever, by anybody. */
  readonly publicPath: string;
}

/** The key of an upload's public address; nothing for any other address. */
export function uploadKeyOf(address: string, baseUrl: string): string | undefined {
  const prefix = `${baseUrl}/files/uploads/`;
  return address.startsWith(prefix) ? address.slice(prefix.length) : undefined;
}

export type UploadRefusal = 'SignatureDoesNotMatch' | 'AccessDenied';

/** Files that callers bring: a signed link admits one content type for a day. */
export class Uploads {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #signingKey: string;
  readonly #files = new Map<string, StoredFile>();

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
    this.#signingKey = ids.text('upload signing key', 40);
  }

  link(fileName: string, contentType: string): UploadLink {
    const safeName = fileName.replace(/[^A-Za-z0-9._-]/g, '_').slice(-100);
    const key = `teams/sandbox-team/users/sandbox-user/${this.#ids.uuid('upload')}/${safeName}`;
    const expiresAtMs = this.#clock.now() + uploadLinkSeconds * 1000;
    const query = new URLSearchParams({
      'X-Amz-Expires': String(uploadLinkSeconds),
      expiresAt: String(expiresAtMs),
      'X-Amz-Signature': this.#sign(key, contentType, expiresAtMs),
    });
    return {
      key,
      signedPath: `/uploads/${key}?${query.toString()}`,
      publicPath: `/files/uploads/${key}`,
    };
  }

  /** Stores the bytes, or says why the link does not admit them. */
  store(key: string, query: URLSearchParams, file: StoredFile): UploadRefusal | undefined {
    const expiresAtMs = Number(query.get('expiresAt'));
    const signature = this.#sign(key, file.contentType, expiresAtMs);
    if (!same(query.get('X-Amz-Signature') ?? '', signature)) return 'SignatureDoesNotMatch';
    if (expiresAtMs <= this.#clock.now()) return 'AccessDenied';
    this.#files.set(key, file);
    return undefined;
  }

  read(key: string): StoredFile | undefined {
    return this.#files.get(key);
  }

  erase(key: string): void {
    this.#files.delete(key);
  }

  #sign(key: string, contentType: string, expiresAtMs: number): string {
    const signed = JSON.stringify([key, contentType, expiresAtMs]);
    return createHmac('sha256', this.#signingKey).update(signed).digest('hex');
  }
}

function same(given: string, expected: string): boolean {
  const [first, second] = [Buffer.from(given), Buffer.from(expected)];
  return first.length === second.length && timingSafeEqual(first, second);
}
