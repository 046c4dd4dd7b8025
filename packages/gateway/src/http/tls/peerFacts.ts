import type { TLSSocket } from 'node:tls';
import type { SocketFacts } from '../../domain/received.ts';
import type { Clock } from '../../ports/clock.ts';

/** Who is at the other end of a TLS connection. */
export class PeerFacts {
  readonly socket: TLSSocket;
  readonly #plain: SocketFacts;
  readonly #certificate: VerifiedCertificate | null;

  constructor(socket: TLSSocket, asksForCertificate: boolean) {
    this.socket = socket;
    this.#plain = {
      address: socket.remoteAddress ?? '',
      port: socket.remotePort ?? 0,
      encrypted: true,
    };
    this.#certificate = asksForCertificate ? readCertificate(socket) : null;
  }

  /** A certificate counts only while it is valid: a connection may outlive it. */
  facts(clock: Pick<Clock, 'nowMs'>): SocketFacts {
    const certificate = this.#certificate;
    if (certificate === null) return this.#plain;
    const nowMs = clock.nowMs();
    if (nowMs < certificate.validFromMs || nowMs > certificate.validToMs) return this.#plain;
    return certificate.facts(this.#plain);
  }
}

interface VerifiedCertificate {
  readonly validFromMs: number;
  readonly validToMs: number;
  readonly facts: (plain: SocketFacts) => SocketFacts;
}

/**
 * Only a certificate that was presented in this very handshake counts: a resumed session stays `authorized` with the
 * name of the earlier one although nobody proved anything.
 */
function readCertificate(socket: TLSSocket): VerifiedCertificate | null {
  if (!socket.authorized || socket.isSessionReused()) return null;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  const shown = {
    subject: certificate.subject.replaceAll('\n', ', '),
    fingerprint256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
  return {
    validFromMs: certificate.validFromDate.getTime(),
    validToMs: certificate.validToDate.getTime(),
    facts: (plain) => ({ ...plain, certificate: shown }),
  };
}
