import { connect } from 'node:net';

/** Writes bytes to a server and gives back all that comes until it closes, or until `waitMs` pass in silence. */
export function exchange(url: string, bytes: string | Buffer, waitMs = 150): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const end = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    socket.setTimeout(waitMs, end);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', end);
    socket.on('error', reject);
    socket.write(bytes);
  });
}
