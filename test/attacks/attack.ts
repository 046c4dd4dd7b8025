import { connectTls, readAll } from '../../packages/gateway/src/http/fixture.ts';

/** One attempt, byte for byte, and how it must end. */
export interface Attack {
  readonly name: string;
  readonly bytes: string;
  readonly status: number;
  /** Of the problem document; null where the answer is in the provider's own shape. */
  readonly code: string | null;
}

/** One odd request that means no harm, and what may arrive upstream of it: that and nothing else. */
export interface Oddity {
  readonly name: string;
  readonly bytes: string;
  readonly arrives: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
  /** How many answers came. */
  readonly count: number;
}

/** Sends bytes on a connection of their own, and reads until the gateway closes or is silent. */
export async function sendRaw(
  port: number,
  ca: string,
  bytes: string,
  servername?: string,
): Promise<RawAnswer> {
  const socket = await connectTls(port, { ca, ...(servername && { servername }) });
  const read = readAll(socket, 2_000);
  socket.write(bytes, 'latin1');
  const { text } = await read;
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0);
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? null;
  return { status, code, text, count: text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0 };
}

export interface RequestParts {
  readonly method?: string;
  readonly target?: string;
  readonly host?: string;
  readonly authorization?: string | null;
  /** Further lines of the head, each as it stands. */
  readonly lines?: readonly string[];
  readonly body?: string;
}

/** A request that ends its connection, with the key raw in `Authorization` unless told otherwise. */
export function requestWith(key: string, parts: RequestParts): string {
  const { method = 'GET', target = '/pictoryapis/v1/quota', host = 'localhost', body } = parts;
  const { authorization = key, lines = [] } = parts;
  return [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: close',
    ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`]),
    ...lines,
    '',
    body ?? '',
  ].join('\r\n');
}
