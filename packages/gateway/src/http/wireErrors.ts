import { deny, type Denial } from '../domain/denial.ts';
import { malformed } from './framing.ts';
import type { Limits } from './limits.ts';

/** What the parser's or the server's error on a connection means; null: the peer is gone and nobody is to be told. */
export function toWireDenial(error: Error, limits: Limits): Denial | null {
  const code = (error as { code?: string }).code ?? '';
  switch (code) {
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ETIMEDOUT':
      return null;
    case 'HPE_HEADER_OVERFLOW':
      return deny('headers_too_large', {
        hint: `At most ${limits.headerBytesMax} bytes.`,
        detail: { reason: `the request line and headers exceed ${limits.headerBytesMax} bytes` },
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return deny('request_timeout', {
        detail: { reason: 'headers or body were not complete in time' },
      });
    default:
      // The codes of the parser are constants of its source; nothing of the request is in them.
      return malformed(
        /^(?:HPE|ERR)_[A-Z0-9_]+$/.test(code) ? `the parser says ${code}` : 'the parser failed',
      );
  }
}
