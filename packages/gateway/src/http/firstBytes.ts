import type { Server, Socket } from 'node:net';

/** The type of a TLS record that carries a handshake (RFC 8446 section 5.1). */
const handshakeRecord = 0x16;

/** Gives the first bytes of a connection; one that sends none within `timeoutMs` is closed. */
export function readFirstBytes(
  socket: Socket,
  timeoutMs: number,
  onBytes: (bytes: Buffer) => void,
): void {
  const onReadable = () => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) return;
    socket.off('readable', onReadable).off('timeout', onTimeout).setTimeout(0);
    onBytes(bytes);
  };
  const onTimeout = () => socket.destroy();
  socket.setTimeout(timeoutMs).on('timeout', onTimeout);
  socket.on('error', onTimeout).on('readable', onReadable);
}

/**
 * Looks at the first byte of each connection before the TLS layer of `server` does. Who speaks plaintext to the TLS
 * port would otherwise be cut without a word, and a credential in what was sent would stay in use although anybody
 * could read it.
 */
export function divertPlaintext(
  server: Server,
  timeoutMs: number,
  onPlaintext: (socket: Socket, first: Buffer) => void,
): void {
  const handshakes = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    readFirstBytes(socket, timeoutMs, (first) => {
      if (first[0] !== handshakeRecord) return onPlaintext(socket, first);
      socket.unshift(first);
      for (const begin of handshakes) begin.call(server, socket);
    });
  });
}
