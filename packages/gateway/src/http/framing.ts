import { deny, type Denial } from '../domain/denial.ts';
import type { RawHeaderList } from './headerList.ts';

/** How the body of a request is delimited, once that is beyond doubt. */
export interface Framing {
  /** From Content-Length; null when chunked; 0 when there is none. */
  readonly bytesDeclared: number | null;
  /** The caller waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

/** Headers that decide about framing, identity or meaning: sent twice, each of two readers could take another one. */
const singles: ReadonlyMap<string, number> = new Map(
  [
    'host',
    'content-length',
    'transfer-encoding',
    'authorization',
    'content-type',
    'content-encoding',
    'dpop',
    'idempotency-key',
    'x-api-key',
    'expect',
    'origin',
  ].map((name, index) => [name, 1 << index]),
);

/**
 * Decides what the parser leaves open (RFC 9112 sections 2.3, 6 and 7, strictly). The parser itself already refuses
 * bare LF, folded lines, white space before the colon, Content-Length beside Transfer-Encoding and bad chunks; it
 * passes other versions of HTTP, `Transfer-Encoding: ,chunked`, codings before `chunked`, and trailers.
 */
export function readFraming(version: string, headers: RawHeaderList): Framing | Denial {
  if (version !== '1.1' && version !== '1.0')
    return malformed('the version is not HTTP/1.1 or 1.0');
  const duplicate = headers.findDuplicate(singles);
  if (duplicate !== null) return duplicated(duplicate);
  if (headers.get('trailer') !== undefined) return malformed('trailers are announced');
  const expect = headers.get('expect');
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    return malformed('Expect asks for something other than 100-continue');
  }
  const bytesDeclared = readLength(version, headers);
  if (typeof bytesDeclared === 'object' && bytesDeclared !== null) return bytesDeclared;
  return { bytesDeclared, expectsContinue: expect !== undefined && version === '1.1' };
}

function readLength(version: string, headers: RawHeaderList): number | null | Denial {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding === undefined) {
    if (length === undefined) return 0;
    return plainNumber.test(length)
      ? Number(length)
      : malformed('Content-Length is not a plain number');
  }
  if (length !== undefined) return malformed('Content-Length and Transfer-Encoding are both sent');
  if (version !== '1.1') return malformed('HTTP/1.0 knows no Transfer-Encoding');
  return coding === 'chunked' ? null : malformed('Transfer-Encoding is not exactly "chunked"');
}

/** No sign, no leading zero, safely below 2 to the power of 53. */
const plainNumber = /^(?:0|[1-9]\d{0,14})$/;

/** A refusal of the message's form. The reason is for the audit log. */
export function malformed(reason: string): Denial {
  return deny('framing_invalid', { detail: { reason } });
}

function duplicated(name: string): Denial {
  return deny('header_duplicated', {
    pointer: `header:${name}`,
    detail: { reason: `${name} was sent more than once`, remedy: 'send it once' },
  });
}
