import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** One TCP socket of a process, as Linux tells of it. */
export interface TcpSocket {
  readonly isListening: boolean;
  readonly localPort: number;
  readonly remotePort: number;
}

const listening = '0A';

/** The TCP sockets of a process and all its descendants. Linux only. */
export function socketsOf(pid: number): readonly TcpSocket[] {
  const inodes = new Set(processTree(pid).flatMap(socketInodes));
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => inodes.has(columns[9]!))
    .map(([, local, remote, state]) => ({
      isListening: state === listening,
      localPort: portOf(local!),
      remotePort: portOf(remote!),
    }));
}

const portOf = (address: string): number => parseInt(address.slice(address.indexOf(':') + 1), 16);

function processTree(pid: number): readonly number[] {
  const children = readOrNothing(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    ),
  );
  return [pid, ...children.flatMap((child) => processTree(Number(child)))];
}

const socketInodes = (pid: number): readonly string[] =>
  readOrNothing(() => readdirSync(`/proc/${pid}/fd`)).flatMap((descriptor) =>
    readOrNothing(() => {
      const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`));
      return match ? [match[1]!] : [];
    }),
  );

/** Processes and descriptors end while they are looked at. */
function readOrNothing(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** What a port of this machine answers to a request without TLS; empty when it closes. */
export function askInTheClear(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connectPlain({ host: '127.0.0.1', port, timeout: 2_000 }, () => {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    });
    socket
      .on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
      .on('timeout', () => socket.destroy())
      .on('error', () => socket.destroy())
      .on('close', () => resolve(text));
  });
}

/** The version of TLS that a port of this machine speaks to whoever trusts the CA. */
export function tlsVersion(port: number, ca: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host: '127.0.0.1', port, ca }, () => {
      resolve(socket.getProtocol());
      socket.end();
    });
    socket.on('error', reject);
  });
}
