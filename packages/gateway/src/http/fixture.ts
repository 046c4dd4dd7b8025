import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { Answer, Received } from '../domain/received.ts';
import { systemClock } from '../system/clock.ts';
import { createAuthority, issueCertificate } from './certificates/authority.ts';
import { openListener, serveReceived, type ListenerOptions } from './listener.ts';
import type { WireDenial } from './transport.ts';

/** For tests: one authority for the whole run of a file. */
export const testAuthority = createAuthority(systemClock.nowMs());
export const testCertificate = issueCertificate(testAuthority, {
  hosts: ['localhost', '127.0.0.1', '::1'],
  nowMs: systemClock.nowMs(),
});

export type Handle = (received: Received) => Promise<Answer>;

export const ok = (body = 'fine\n'): Answer => ({
  status: 200,
  headers: [['content-type', 'text/plain']],
  body,
});

/** For tests: a listener on a free port of this machine, and what it said about wire and certificates. */
export async function openTestListener(handle: Handle, more: Partial<ListenerOptions> = {}) {
  const denials: WireDenial[] = [];
  const alarms: string[] = [];
  const listener = await openListener({
    listen: { host: '127.0.0.1', port: 0 },
    tls: { pem: testCertificate },
    hosts: ['localhost', '127.0.0.1', '[::1]'],
    service: serveReceived(handle),
    clock: systemClock,
    onWireDenial: (denial) => denials.push(denial),
    onAlarm: (message) => alarms.push(message),
    ...more,
  });
  const { port } = listener.address;
  return { listener, port, denials, alarms, [Symbol.asyncDispose]: listener.close };
}

/** A TLS connection whose handshake is done. */
export function connectTls(port: number, more: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: '127.0.0.1', port, ca: testAuthority.cert, ALPNProtocols: ['http/1.1'], ...more },
      () => resolve(socket),
    );
    socket.once('error', reject);
  });
}

/** All that comes until the peer closes, or until nothing came for `quietMs`. */
export function readAll(
  socket: TLSSocket,
  quietMs = 5_000,
): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    let text = '';
    const settle = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const timer = setTimeout(() => settle(false), quietMs);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      timer.refresh();
    });
    socket.on('error', () => {});
    if (socket.closed) settle(true);
    else socket.on('close', () => settle(true));
  });
}

/** Sends raw bytes on a connection of their own and reads what comes. */
export async function exchangeRaw(
  port: number,
  raw: string,
  quietMs?: number,
): Promise<{ text: string; closed: boolean }> {
  const socket = await connectTls(port);
  const answer = readAll(socket, quietMs);
  socket.write(raw, 'latin1');
  return answer;
}

export const pause = (timeMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, timeMs));
