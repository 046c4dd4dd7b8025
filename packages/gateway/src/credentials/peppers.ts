import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hmacSha256 } from './hmac.ts';

/** Thrown when the pepper file cannot be used: the gateway must not start, and never makes a new one over existing keys. */
export class PepperError extends Error {
  override readonly name = 'PepperError';
}

/**
 * The keyed hash of key secrets. Old peppers stay readable so that a change of pepper needs no new keys:
 * a secret is hashed again under the newest when its key rotates.
 */
export class Peppers {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #digests: ReadonlyMap<string, (secret: string) => Buffer>;
  readonly currentId: string;

  private constructor(keys: ReadonlyMap<string, Buffer>, currentId: string) {
    this.#keys = keys;
    this.#digests = new Map([...keys].map(([id, key]) => [id, hmacSha256(key)]));
    this.currentId = currentId;
  }

  /**
   * Reads a file of lines `id base64`, the newest last; its mode must be 0600.
   * @throws PepperError when it is missing, readable by others or malformed.
   */
  static read(file: string): Peppers {
    if (!existsSync(file))
      throw new PepperError(
        `${file} is missing; restore it from a backup: without it no key can be verified`,
      );
    if ((statSync(file).mode & 0o077) !== 0)
      throw new PepperError(`${file} is readable by others; run chmod 600 ${file}`);
    const keys = new Map<string, Buffer>();
    for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      if (line.trim() === '') continue;
      const [id, text, ...more] = line.split(' ');
      const key = Buffer.from(text ?? '', 'base64');
      if (!id || more.length > 0 || key.length !== 32 || keys.has(id)) {
        throw new PepperError(
          `${file}:${index + 1} is not a line of the form: id, a blank, 32 bytes in base64`,
        );
      }
      keys.set(id, key);
    }
    const currentId = [...keys.keys()].at(-1);
    if (currentId === undefined) throw new PepperError(`${file} holds no pepper`);
    return new Peppers(keys, currentId);
  }

  /** Makes the file with one fresh pepper; never replaces one. */
  static create(file: string): Peppers {
    writeFileSync(file, `p1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
    return Peppers.read(file);
  }

  digest(secret: string, pepperId = this.currentId): Buffer {
    const digest = this.#digests.get(pepperId);
    if (!digest) throw new PepperError(`pepper ${pepperId} is not in the pepper file`);
    return digest(secret);
  }

  /** A key of 32 bytes for another purpose, by HKDF (RFC 5869): `purpose` keeps the keys apart. */
  derive(purpose: string): Buffer {
    const key = this.#keys.get(this.currentId)!;
    return Buffer.from(hkdfSync('sha256', key, '', `filmgate ${purpose}`, 32));
  }

  /** In time that does not depend on where the digests differ. */
  fits(secret: string, digest: Uint8Array, pepperId: string): boolean {
    return timingSafeEqual(this.digest(secret, pepperId), digest);
  }
}

/**
 * The peppers in `file`; made when it is missing and no key exists yet.
 * @throws PepperError when it is missing although keys exist: a new one would lock all of them out
 */
export async function openPeppers(
  file: string,
  keysExist: () => Promise<boolean>,
): Promise<Peppers> {
  if (existsSync(file) || (await keysExist())) return Peppers.read(file);
  return Peppers.create(file);
}
