import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Turns the upstream's page keys into opaque ones and back: an upstream key may hold ids of other clients, so callers
 * see it encrypted only. A key is bound to the client and the list that it was made for.
 */
export interface Cursors {
  seal(pageKey: string, scope: CursorScope): string;
  /** Null for whatever {@link seal} did not make for this scope. */
  open(cursor: string, scope: CursorScope): string | null;
}

export interface CursorScope {
  readonly clientId: string;
  readonly operationId: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes: AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces */
export function createCursors(key: Uint8Array): Cursors {
  return {
    seal(pageKey, scope) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(scope));
      const sealed = [nonce, cipher.update(pageKey, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString('base64url');
    },
    open(cursor, scope) {
      const bytes = Buffer.from(cursor, 'base64url');
      // The decoder skips what is not base64url: such a text is not what was made.
      if (bytes.toString('base64url') !== cursor) return null;
      if (bytes.length < nonceBytes + tagBytes) return null;
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(boundTo(scope))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

const boundTo = ({ clientId, operationId }: CursorScope): Buffer =>
  Buffer.from(JSON.stringify(['page', clientId, operationId]));
