import { requestWith, type Attack } from './attack.ts';

const target = '/pictoryapis/v2/video/storyboard';
const good = JSON.stringify({ videoName: 'a', scenes: [{ story: 'One sentence.' }] });
const json = 'Content-Type: application/json';

interface Body {
  readonly name: string;
  readonly body: string;
  readonly status: number;
  readonly code: string;
  readonly lines?: readonly string[];
}

const typed = (contentType: string): Body => ({
  name: `Content-Type ${JSON.stringify(contentType)}`,
  body: good,
  lines: [`Content-Type: ${contentType}`],
  status: 415,
  code: 'media_type_unsupported',
});

const malformed = (name: string, body: string): Body => ({
  name,
  body,
  status: 400,
  code: 'body_malformed',
});

const deep = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

/** Bodies that two readers would read differently (fastify CVE-2026-3419, -33806; APISIX CVE-2022-25757), and floods. */
const bodies: readonly Body[] = [
  ...[
    'application/json garbage',
    'application/json;charset=utf-16',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json, text/plain',
    'application/json\xa0',
    'application/problem+json',
    'application/vnd.api+json',
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=a',
    'application/octet-stream',
    'APPLICATION/JSON;foo=bar',
  ].map(typed),
  { name: 'no Content-Type', body: good, lines: [], status: 415, code: 'media_type_unsupported' },
  {
    name: 'two Content-Type',
    body: good,
    lines: [json, json],
    status: 400,
    code: 'header_duplicated',
  },
  ...['gzip', 'br', 'zstd', 'identity', 'gzip, gzip'].map((coding) => ({
    name: `Content-Encoding ${coding}`,
    body: good,
    lines: [json, `Content-Encoding: ${coding}`],
    status: 415,
    code: 'content_coding_unsupported',
  })),
  malformed('a member twice', '{"videoName":"a","videoName":"b","scenes":[{"story":"x"}]}'),
  malformed(
    'a member twice, once in escapes',
    '{"videoName":"a","\\u0076ideoName":"b","scenes":[{"story":"x"}]}',
  ),
  malformed('a second value', `${good}{"x":1}`),
  malformed('a comment', `/* x */${good}`),
  malformed('a comma too many', '{"videoName":"a","scenes":[{"story":"x"},],}'),
  malformed('single quotes', "{'videoName':'a'}"),
  malformed('NaN', '{"videoName":NaN}'),
  malformed('a number beyond doubles', '{"videoName":"a","videoWidth":1e999}'),
  malformed('a byte order mark', `\xef\xbb\xbf${good}`),
  malformed('UTF-16', Buffer.from(good, 'utf16le').toString('latin1')),
  malformed('bad UTF-8', '{"videoName":"\xff"}'),
  malformed('overlong UTF-8', '{"videoName":"\xc0\xaf"}'),
  malformed('a lone surrogate', '{"videoName":"\\ud800"}'),
  malformed('a raw newline in text', '{"videoName":"a\nb"}'),
  malformed('__proto__', '{"videoName":"a","__proto__":{"x":1}}'),
  malformed('cut in the middle', good.slice(0, -5)),
  malformed('deep arrays', deep('[', ']', 100_000)),
  malformed('deep objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`),
  malformed('more values than may be', `[${'0,'.repeat(300_000)}0]`),
  {
    name: 'constructor and prototype',
    body: '{"videoName":"a","constructor":{"prototype":{"x":1}}}',
    status: 400,
    code: 'field_unknown',
  },
  { name: 'an array for an object', body: '[]', status: 400, code: 'field_invalid' },
  { name: 'text for an object', body: '"a"', status: 400, code: 'field_invalid' },
  { name: 'null for an object', body: 'null', status: 400, code: 'field_invalid' },
  { name: 'nothing', body: '', status: 400, code: 'body_missing' },
  {
    name: 'an object for a text',
    body: '{"videoName":{"$ne":null},"scenes":[{"story":"x"}]}',
    status: 400,
    code: 'field_invalid',
  },
];

export const bodyAttacks = (key: string): readonly Attack[] => [
  ...bodies.map(({ name, body, status, code, lines = [json] }) => ({
    name,
    bytes: requestWith(key, { method: 'POST', target, body, lines }),
    status,
    code,
  })),
  {
    name: 'more bytes announced than may be',
    bytes: requestWith(key, {
      method: 'POST',
      target,
      lines: [json, `Content-Length: ${11 * 1024 * 1024}`],
    }),
    status: 413,
    code: 'body_too_large',
  },
  {
    name: 'a body where none belongs',
    bytes: requestWith(key, { body: good, lines: [json] }),
    status: 400,
    code: 'body_unexpected',
  },
  {
    name: 'a whole request as the body of a GET',
    bytes: requestWith(key, {
      body: requestWith(key, { target: '/pictoryapis/v1/aicredits/usage' }),
    }),
    status: 400,
    code: 'body_unexpected',
  },
  {
    name: 'the token call with a key too many',
    bytes: requestWith(key, {
      method: 'POST',
      target: '/pictoryapis/v1/oauth2/token',
      body: JSON.stringify({ client_id: ['a'], client_secret: { $gt: '' } }),
      lines: [json],
    }),
    status: 400,
    code: 'token_request_invalid',
  },
  {
    name: 'the token call with 5 KB',
    bytes: requestWith(key, {
      method: 'POST',
      target: '/pictoryapis/v1/oauth2/token',
      body: JSON.stringify({ client_id: 'a'.repeat(5_000), client_secret: 'b' }),
      lines: [json],
    }),
    status: 413,
    code: 'body_too_large',
  },
];

/** What hides a second request behind the first one, or in it: only the first may count, and only if it is sound. */
export const framingAttacks = (key: string): readonly Attack[] => {
  const hidden = requestWith(key, { target: '/pictoryapis/v1/aicredits/usage' });
  const post = (lines: readonly string[], rest: string): string =>
    `${requestWith(key, { method: 'POST', target, lines: [json, ...lines] })}${rest}`;
  const chunked = 'Transfer-Encoding: chunked';
  const refused = (name: string, bytes: string, status = 400, code = 'framing_invalid') => ({
    name,
    bytes,
    status,
    code,
  });
  return [
    refused('CL.TE', post(['Content-Length: 6', chunked], `0\r\n\r\n${hidden}`)),
    refused('TE.CL', post([chunked, 'Content-Length: 4'], `5c\r\n${hidden}\r\n0\r\n\r\n`)),
    refused('TE.TE', post([chunked, 'Transfer-Encoding: cow'], `0\r\n\r\n${hidden}`)),
    refused('TE ",chunked"', post(['Transfer-Encoding: ,chunked'], `0\r\n\r\n${hidden}`)),
    refused(
      'TE behind a tab',
      post(['Transfer-Encoding:\tchunked, identity'], `0\r\n\r\n${hidden}`),
    ),
    refused('two CL', post(['Content-Length: 0', 'Content-Length: 400'], hidden)),
    refused('a bare LF before a header', post(['X: y\nTransfer-Encoding: chunked'], hidden)),
    refused('a folded TE', post(['Transfer-Encoding:', ' chunked'], hidden)),
    refused('0.CL', post(['Content-Length: 0'], hidden), 400, 'body_missing'),
    refused(
      'Upgrade with bytes behind it',
      `${requestWith(key, { lines: ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'] })}PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
      405,
      'method_unsupported',
    ),
    refused(
      'Expect with something else',
      post(['Expect: 200-ok', 'Content-Length: 2'], `{}${hidden}`),
    ),
    refused(
      'a trailer',
      post([chunked, 'Trailer: Authorization'], '0\r\nAuthorization: x\r\n\r\n'),
    ),
  ];
};
