import { connect, type TLSSocket } from 'node:tls';
import type { Case } from './cases.ts';
import { residentBytes } from './processes.ts';
import type { Running } from './running.ts';

export interface Idle {
  readonly connections: number;
  readonly beforeBytes: number;
  readonly withBytes: number;
}

/** Handshakes under way at the same time. */
const atOnceMax = 32;

/**
 * Opens TLS connections, sends one request over each and lets them be, so that what a connection costs is seen, not
 * what a handshake leaves behind.
 */
export async function holdIdle(
  { pid, port }: Running,
  one: Case,
  { key, ca, connections }: { readonly key: string; readonly ca: string; connections: number },
): Promise<Idle> {
  const head = [
    `${one.method} ${one.path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    `authorization: ${key}`,
  ].join('\r\n');
  const open = () => openOne({ port, ca, request: `${head}\r\n\r\n` });
  const beforeBytes = residentBytes(pid);
  const sockets: TLSSocket[] = [];
  try {
    while (sockets.length < connections) {
      const count = Math.min(atOnceMax, connections - sockets.length);
      sockets.push(...(await Promise.all(Array.from({ length: count }, open))));
    }
    const alive = sockets.filter((socket) => !socket.destroyed).length;
    return { connections: alive, beforeBytes, withBytes: residentBytes(pid) };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** Resolves with the first bytes of the answer, which must be 200. */
function openOne({
  port,
  ca,
  request,
}: {
  readonly port: number;
  readonly ca: string;
  readonly request: string;
}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca }, () => socket.write(request));
    socket.on('error', reject);
    socket.once('data', (data: Buffer) => {
      if (data.toString('latin1').startsWith('HTTP/1.1 200')) resolve(socket);
      else reject(new Error('an idle connection was not answered with 200'));
    });
  });
}
