import type { Socket } from 'node:net';
import { deny } from '../domain/denial.ts';
import type { Clock } from '../ports/clock.ts';
import type { Refuse } from './problem.ts';
import type { WireDenial } from './transport.ts';
import { formatMessage } from './wireMessage.ts';

/** What becomes of credentials that came in the clear. */
export interface Exposed {
  /** Finds what reads as a credential in any text. */
  readonly findCredentials: (text: string) => readonly string[];
  /** Told once per connection of each one that was found. */
  readonly onExposed: (credential: string, socketAddress: string) => void;
}

export interface PlaintextRules {
  readonly clock: Clock;
  readonly refuse: Refuse;
  readonly newRequestId: () => string;
  readonly onWireDenial: (denial: WireDenial) => void;
  readonly exposed: Exposed | null;
}

/** What is looked through of one connection; a token request is far shorter. */
const bytesMax = 64 * 1024;
const readTimeoutMs = 2_000;

/**
 * Answers a connection that speaks without TLS with one 400, whatever it says, and looks through what it sends. Nothing
 * is parsed: a credential is in the clear wherever it stands.
 */
export function refusePlaintext(socket: Socket, first: Buffer, rules: PlaintextRules): void {
  const { clock, refuse, newRequestId, onWireDenial } = rules;
  const address = socket.remoteAddress ?? '';
  const facts = { address, port: socket.remotePort ?? 0, encrypted: false };
  const id = newRequestId();
  onWireDenial({ id, atMs: clock.nowMs(), socket: facts, denial: plaintextRefused });
  lookThrough(socket, first, address, rules.exposed);
  const timer = setTimeout(() => socket.destroy(), readTimeoutMs);
  socket.on('close', () => clearTimeout(timer)).on('error', () => socket.destroy());
  socket.end(formatMessage(refuse(plaintextRefused, id), id, false));
}

function lookThrough(
  socket: Socket,
  first: Buffer,
  address: string,
  exposed: Exposed | null,
): void {
  let text = '';
  const found = new Set<string>();
  const onData = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (const credential of exposed?.findCredentials(text) ?? []) {
      if (found.has(credential)) continue;
      found.add(credential);
      exposed?.onExposed(credential, address);
    }
    if (text.length > bytesMax) socket.destroy();
  };
  onData(first);
  socket.on('data', onData);
}

const plaintextRefused = deny('plaintext_refused', {
  detail: {
    reason: 'the connection did not begin with a TLS handshake',
    remedy: 'use https, and rotate the key that was sent',
  },
});
