import type { ServerResponse } from 'node:http';
import type { Answer } from '../domain/received.ts';

export interface AnswerOptions {
  readonly requestId: string;
  /** Say that the connection ends after this answer. */
  readonly isLast: boolean;
  /** False: not over TLS, where HSTS must not be sent (RFC 6797 section 7.2). */
  readonly isEncrypted?: boolean;
}

/** Headers that belong to the transport: what an answer says about them is ignored. */
const owned: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-connection',
  'server',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-content-type-options',
  'x-powered-by',
  'x-request-id',
]);

/**
 * The header list of an answer, flat: what the answer brings, and what every answer has. `no-store` unless the answer
 * says otherwise: nearly everything here is one caller's own.
 *
 * @param bodyBytes null where the length is not known in advance.
 */
export function toHeaders(
  answer: Answer,
  bodyBytes: number | null,
  { requestId, isLast, isEncrypted = true }: AnswerOptions,
): string[] {
  const flat = ['x-request-id', requestId, 'x-content-type-options', 'nosniff'];
  if (isEncrypted) flat.push('strict-transport-security', 'max-age=31536000');
  let isCacheSaid = false;
  for (const [givenName, value] of answer.headers) {
    const name = givenName.toLowerCase();
    if (owned.has(name)) continue;
    if (name === 'cache-control') isCacheSaid = true;
    flat.push(name, value);
  }
  if (!isCacheSaid) flat.push('cache-control', 'no-store');
  if (bodyBytes !== null) flat.push('content-length', String(bodyBytes));
  if (isLast) flat.push('connection', 'close');
  return flat;
}

/** Statuses whose answers have no body and no length (RFC 9110 sections 15.3.5 and 15.4.5). */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

/**
 * Writes head and body; the caller of this function ends the response. Resolves with false when the reader left or the
 * source of a streamed body failed: the connection must then be destroyed, so that a part is not taken for the whole.
 *
 * @throws TypeError for a header that cannot be written, before anything was sent.
 */
export function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  options: AnswerOptions,
): boolean | Promise<boolean> {
  const { status, body } = answer;
  if (isBodiless(status)) {
    response.writeHead(status, toHeaders(answer, null, options));
    return body === null || typeof body === 'string' || body instanceof Uint8Array
      ? true
      : abandon(body).then(() => true);
  }
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = body === null ? 0 : Buffer.byteLength(body);
    response.writeHead(status, toHeaders(answer, bytes, options));
    if (bytes > 0) writeWhole(response, body!);
    return true;
  }
  const headers = toHeaders(answer, lengthOf(answer), options);
  response.strictContentLength = true;
  response.writeHead(status, headers);
  return writeStream(response, body);
}

/**
 * A short body goes out in one piece with the head, which is text: as bytes beside it, it would cost the socket another
 * buffer. Latin-1 keeps each byte as it is.
 */
function writeWhole(response: ServerResponse, body: Uint8Array | string): void {
  if (typeof body === 'string' || body.length > shortBytesMax) response.write(body);
  else response.write(asBuffer(body).toString('latin1'), 'latin1');
}

const asBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

const shortBytesMax = 16 * 1024;

function lengthOf({ headers }: Answer): number | null {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

async function writeStream(
  response: ServerResponse,
  body: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  try {
    for await (const chunk of body) {
      if (response.destroyed) return false;
      if (!response.write(chunk) && !response.destroyed) await drained(response);
    }
    return !response.destroyed;
  } catch {
    return false;
  }
}

/** Lets the source of a body that is not wanted stop. */
export async function abandon(body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of body) break;
  } catch {
    // Whatever the source says while it is stopped changes nothing.
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}
