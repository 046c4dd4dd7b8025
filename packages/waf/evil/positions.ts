import type { TransactionInput } from '../src/index.ts';

/** Where in a request a string stands. */
export interface Position {
  readonly name: string;
  /** Heads are bounded by every server: only as long as this. */
  readonly bytesMax: number;
  /** The request with the string in it; `bytes` is the size to reach where the position repeats it. */
  readonly request: (text: string, bytes: number) => TransactionInput;
}

const HEAD_BYTES_MAX = 16_384;
const FORM = 'application/x-www-form-urlencoded';

function request(
  uri: string,
  more: readonly (readonly [string, string])[] = [],
  body = '',
  type = 'application/json',
): TransactionInput {
  const typed: [string, string][] =
    body === ''
      ? []
      : [
          ['content-type', type],
          ['content-length', String(body.length)],
        ];
  return {
    method: 'POST',
    uri,
    protocol: 'HTTP/1.1',
    headers: [
      ['host', 'gateway.example'],
      ['user-agent', 'evil/1'],
      ['accept', '*/*'],
      ...typed,
      ...more,
    ],
    body,
    remoteAddress: '192.0.2.1',
  };
}

const percent = (text: string): string =>
  text.replace(/[^A-Za-z0-9._~-]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
const head = (name: string, make: (text: string) => TransactionInput): Position => ({
  name,
  bytesMax: HEAD_BYTES_MAX,
  request: make,
});
const inBody = (name: string, make: Position['request']): Position => ({
  name,
  bytesMax: Infinity,
  request: make,
});
/** JSON of byte strings: what is beyond ASCII stays a byte. */
const json = (value: unknown): string => JSON.stringify(value);
const clean = (text: string): string => text.replace(/[\0\r\n]/g, ' ');

export const positions: readonly Position[] = [
  head('query value', (text) => request(`/a?x=${percent(text)}`)),
  head('query name', (text) => request(`/a?${percent(text)}=x`)),
  head('path', (text) => request(`/${percent(text)}`)),
  head('header value', (text) =>
    request('/a', [
      ['x-note', clean(text)],
      ['referer', clean(text)],
    ]),
  ),
  head('cookie', (text) => request('/a', [['cookie', `x=${clean(text)}`]])),
  inBody('json value', (text) => request('/a', [], json({ a: text }))),
  inBody('json name', (text) => request('/a', [], json({ [text]: 'x' }))),
  inBody('json in json', (text) => request('/a', [], json({ a: json({ b: text }) }))),
  inBody('form value', (text) => request('/a', [], `x=${percent(text)}`, FORM)),
  inBody('form name', (text) => request('/a', [], `${percent(text)}=x`, FORM)),
  inBody('many values', (text, bytes) => request('/a', [], json(many(text, bytes)))),
  inBody('many names', (text, bytes) =>
    request('/a', [], json(Object.fromEntries(many(text, bytes / 2).map((one) => [one, 1])))),
  ),
];

const PIECE = 24;

/** Short different strings, together of the wanted size. */
function many(text: string, bytes: number): string[] {
  const count = Math.max(1, Math.floor(bytes / (PIECE + 8)));
  const start = text.slice(0, PIECE - 6);
  return Array.from({ length: count }, (_, index) => `${start}${index}`);
}
