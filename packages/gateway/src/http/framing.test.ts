import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { exchangeRaw, ok, type Handle, openTestListener } from './fixture.ts';

const host = 'Host: localhost\r\n';
const chunked = 'Transfer-Encoding: chunked\r\n';
const post = `POST / HTTP/1.1\r\n${host}`;
const get = `GET / HTTP/1.1\r\n${host}`;

/** Every message that two readers could take for two things: name, bytes, code of the refusal. */
const refused: readonly (readonly [name: string, raw: string, code: string])[] = [
  ['bare LF everywhere', 'GET / HTTP/1.1\nHost: localhost\n\n', 'framing_invalid'],
  ['bare LF after the request line', `GET / HTTP/1.1\n${host}\r\n`, 'framing_invalid'],
  ['bare LF after a header', `GET / HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n`, 'framing_invalid'],
  ['bare LF as the empty line', `${get}\n`, 'framing_invalid'],
  ['bare CR in a header', `${get}A: b\rC: d\r\n\r\n`, 'framing_invalid'],
  ['folded line with a space', `${get}A: b\r\n c\r\n\r\n`, 'framing_invalid'],
  ['folded line with a tab', `${get}A: b\r\n\tc\r\n\r\n`, 'framing_invalid'],
  ['space before the colon', `${get}A : b\r\n\r\n`, 'framing_invalid'],
  ['tab before the colon', `${get}A\t: b\r\n\r\n`, 'framing_invalid'],
  ['space before the first header', `GET / HTTP/1.1\r\n A: b\r\n${host}\r\n`, 'framing_invalid'],
  ['header without a colon', `${get}Abc\r\n\r\n`, 'framing_invalid'],
  ['header without a name', `${get}: b\r\n\r\n`, 'framing_invalid'],
  ['NUL in a header', `${get}A: b\0c\r\n\r\n`, 'framing_invalid'],
  ['control character in a header', `${get}A: b\x01c\r\n\r\n`, 'framing_invalid'],
  ['byte beyond ASCII in a name', `${get}A\xe9: b\r\n\r\n`, 'framing_invalid'],
  ['CL and TE', `${post}Content-Length: 3\r\n${chunked}\r\n0\r\n\r\n`, 'framing_invalid'],
  ['TE and CL', `${post}${chunked}Content-Length: 3\r\n\r\n0\r\n\r\n`, 'framing_invalid'],
  ['two equal CL', `${post}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`, 'framing_invalid'],
  ['two CL', `${post}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc`, 'framing_invalid'],
  ['CL list', `${post}Content-Length: 3, 3\r\n\r\nabc`, 'framing_invalid'],
  ['CL with a sign', `${post}Content-Length: +3\r\n\r\nabc`, 'framing_invalid'],
  ['CL negative', `${post}Content-Length: -3\r\n\r\nabc`, 'framing_invalid'],
  ['CL in hex', `${post}Content-Length: 0x3\r\n\r\nabc`, 'framing_invalid'],
  ['CL empty', `${post}Content-Length:\r\n\r\nabc`, 'framing_invalid'],
  ['CL with leading zeros', `${post}Content-Length: 0003\r\n\r\nabc`, 'framing_invalid'],
  ['CL with a space inside', `${post}Content-Length: 3 3\r\n\r\nabc`, 'framing_invalid'],
  ['CL of 2^64 - 1', `${post}Content-Length: 18446744073709551615\r\n\r\n`, 'framing_invalid'],
  ['CL beyond 2^64', `${post}Content-Length: 99999999999999999999\r\n\r\n`, 'framing_invalid'],
  ['TE ",chunked"', `${post}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`, 'framing_invalid'],
  ['TE "chunked,"', `${post}Transfer-Encoding: chunked,\r\n\r\n0\r\n\r\n`, 'framing_invalid'],
  [
    'TE "gzip, chunked"',
    `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    'framing_invalid',
  ],
  [
    'TE "chunked, identity"',
    `${post}Transfer-Encoding: chunked, identity\r\n\r\n`,
    'framing_invalid',
  ],
  ['TE identity', `${post}Transfer-Encoding: identity\r\n\r\nabc`, 'framing_invalid'],
  ['TE in capitals', `${post}Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n`, 'framing_invalid'],
  ['TE quoted', `${post}Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n`, 'framing_invalid'],
  [
    'TE with a vertical tab',
    `${post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`,
    'framing_invalid',
  ],
  ['TE empty', `${post}Transfer-Encoding:\r\n\r\nabc`, 'framing_invalid'],
  ['two TE', `${post}${chunked}${chunked}\r\n0\r\n\r\n`, 'framing_invalid'],
  ['TE under HTTP/1.0', `POST / HTTP/1.0\r\n${host}${chunked}\r\n0\r\n\r\n`, 'framing_invalid'],
  ['trailers announced', `${post}Trailer: A\r\n${chunked}\r\n0\r\nA: b\r\n\r\n`, 'framing_invalid'],
  ['HTTP/0.9', 'GET /\r\n\r\n', 'framing_invalid'],
  ['HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'framing_invalid'],
  ['HTTP/2.0 in the request line', `GET / HTTP/2.0\r\n${host}\r\n`, 'framing_invalid'],
  ['HTTP/1.2', `GET / HTTP/1.2\r\n${host}\r\n`, 'framing_invalid'],
  ['version in lower case', `GET / http/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['space in the target', `GET /a b HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['tab in the target', `GET /a\tb HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['NUL in the target', `GET /a\0b HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['byte beyond ASCII in the target', `GET /\xc3\xa9 HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 'framing_invalid'],
  ['no Host under HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 'framing_invalid'],
  [
    'Expect of something else',
    `${post}Expect: 200-ok\r\nContent-Length: 1\r\n\r\na`,
    'framing_invalid',
  ],
  ['method in lower case', `get / HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['method unknown to the parser', `BREW / HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['TLS inside TLS', '\x16\x03\x01\x02\x00\x01\x00', 'framing_invalid'],
  ['two Host', `${get}Host: localhost\r\n\r\n`, 'header_duplicated'],
  ['two Host, the second evil', `${get}Host: evil.example\r\n\r\n`, 'header_duplicated'],
  ['two Authorization', `${get}Authorization: a\r\nauthorization: b\r\n\r\n`, 'header_duplicated'],
  ['two Content-Type', `${get}Content-Type: a/b\r\nContent-Type: a/b\r\n\r\n`, 'header_duplicated'],
  ['two DPoP', `${get}DPoP: a\r\nDPoP: b\r\n\r\n`, 'header_duplicated'],
  [
    'two Idempotency-Key',
    `${get}Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n`,
    'header_duplicated',
  ],
  ['two X-Api-Key', `${get}X-Api-Key: a\r\nX-API-KEY: b\r\n\r\n`, 'header_duplicated'],
  [
    'two Content-Encoding',
    `${get}Content-Encoding: gzip\r\nContent-Encoding: br\r\n\r\n`,
    'header_duplicated',
  ],
  ['unknown host', `GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n`, 'host_unknown'],
  ['empty host', `GET / HTTP/1.1\r\nHost:\r\n\r\n`, 'host_unknown'],
  ['host list', `GET / HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n`, 'host_unknown'],
  ['host with user part', `GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n`, 'host_unknown'],
  ['host with two final dots', `GET / HTTP/1.1\r\nHost: localhost..\r\n\r\n`, 'host_unknown'],
  ['host with a path', `GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n`, 'host_unknown'],
  ['host with a bad port', `GET / HTTP/1.1\r\nHost: localhost:80x\r\n\r\n`, 'host_unknown'],
  ['address in another spelling', `GET / HTTP/1.1\r\nHost: 127.1\r\n\r\n`, 'host_unknown'],
  [
    'absolute target for another host',
    `GET https://evil.example/ HTTP/1.1\r\n${host}\r\n`,
    'host_unknown',
  ],
  [
    'absolute target, Host differs',
    `GET https://127.0.0.1/ HTTP/1.1\r\n${host}\r\n`,
    'host_unknown',
  ],
  [
    'absolute target with user part',
    `GET https://a@localhost/ HTTP/1.1\r\n${host}\r\n`,
    'target_invalid',
  ],
  ['absolute target in http', `GET http://localhost/ HTTP/1.1\r\n${host}\r\n`, 'target_invalid'],
  ['asterisk target', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 'target_invalid'],
  ['authority as target', `GET localhost:443 HTTP/1.1\r\n${host}\r\n`, 'framing_invalid'],
  ['fragment', `GET /a#b HTTP/1.1\r\n${host}\r\n`, 'target_invalid'],
  ['backslash', `GET /a\\b HTTP/1.1\r\n${host}\r\n`, 'target_invalid'],
  ['dot segments', `GET /pub/../admin HTTP/1.1\r\n${host}\r\n`, 'target_invalid'],
  ['long target', `GET /${'a'.repeat(9_000)} HTTP/1.1\r\n${host}\r\n`, 'target_too_long'],
  ['long header', `${get}A: ${'b'.repeat(17_000)}\r\n\r\n`, 'headers_too_large'],
  ['many headers', `${get}${'A: b\r\n'.repeat(1_000)}\r\n`, 'headers_too_large'],
  ['one header too many', `${get}${'A: b\r\n'.repeat(100)}\r\n`, 'headers_too_large'],
  [
    'duplicate behind the last counted header',
    `${get}${'A: b\r\n'.repeat(150)}${host}\r\n`,
    'headers_too_large',
  ],
  ['CONNECT', `CONNECT localhost:443 HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  ['TRACE', `TRACE / HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  ['HEAD', `HEAD / HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  ['OPTIONS', `OPTIONS / HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  ['QUERY', `QUERY / HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  ['PROPFIND', `PROPFIND / HTTP/1.1\r\n${host}\r\n`, 'method_unsupported'],
  [
    'upgrade to websocket',
    `${get}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n${get}\r\n`,
    'method_unsupported',
  ],
  ['upgrade to h2c', `${get}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`, 'method_unsupported'],
  ['upgrade without Connection', `${get}Upgrade: h2c\r\n\r\n`, 'method_unsupported'],
];

/** Refused once the body is read, by whoever reads it. */
const refusedInBody: readonly (readonly [name: string, rest: string])[] = [
  ['trailers that were not announced', '3\r\nabc\r\n0\r\nA: b\r\n\r\n'],
  ['bare LF after a chunk size', '3\nabc\r\n0\r\n\r\n'],
  ['bare LF after a chunk', '3\r\nabc\n0\r\n\r\n'],
  ['bare LF after the last chunk', '3\r\nabc\r\n0\n\n'],
  ['newline in a chunk extension', '3;a\nb\r\nabc\r\n0\r\n\r\n'],
  ['space after a chunk size', '3 \r\nabc\r\n0\r\n\r\n'],
  ['chunk size with prefix', '0x3\r\nabc\r\n0\r\n\r\n'],
  ['chunk size with sign', '-3\r\nabc\r\n0\r\n\r\n'],
  ['chunk size beyond 2^64', '10000000000000003\r\nabc\r\n0\r\n\r\n'],
  ['chunk longer than its size', '3\r\nabcdef\r\n0\r\n\r\n'],
];

/** Strange but with one meaning. */
const accepted: readonly (readonly [name: string, raw: string])[] = [
  ['plain', `${get}\r\n`],
  ['HTTP/1.0 with Host', `GET / HTTP/1.0\r\n${host}\r\n`],
  ['host in capitals', `GET / HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n`],
  ['host with a final dot', `GET / HTTP/1.1\r\nHost: localhost.\r\n\r\n`],
  ['host with a port', `GET / HTTP/1.1\r\nHost: localhost:8443\r\n\r\n`],
  ['IPv6 host in another spelling', `GET / HTTP/1.1\r\nHost: [0:0::1]:1\r\n\r\n`],
  ['absolute target for the same host', `GET https://LOCALHOST:1/a HTTP/1.1\r\n${host}\r\n`],
  ['empty line before the request', `\r\n${get}\r\n`],
  ['header with bytes beyond ASCII', `${get}A: b\xe9\r\n\r\n`],
  ['two cookies', `${get}Cookie: a\r\nCookie: b\r\n\r\n`],
  ['chunk extension', `${post}${chunked}\r\n3;a=b\r\nabc\r\n0\r\n\r\n`],
  ['exactly a hundred headers', `${get}${'A: b\r\n'.repeat(98)}\r\n`],
];

let gate: Awaited<ReturnType<typeof openTestListener>>;
let handled = 0;
let bodiesAccepted = 0;

before(async () => {
  const answerBody: Handle = async ({ body }) => {
    handled += 1;
    const bytes = await body.read(1_000);
    if ('denied' in bytes) return { status: 400, headers: [], body: bytes.code };
    bodiesAccepted += 1;
    return ok();
  };
  gate = await openTestListener(answerBody, { limits: { lingerMs: 200 } });
});
after(() => gate.listener.close());

test('a message with two meanings is answered with its problem, reported, and ends the connection; the core never sees it', async () => {
  for (const [name, raw, code] of refused) {
    gate.denials.length = 0;
    handled = 0;
    const { text, closed } = await exchangeRaw(gate.port, raw);
    const answers = text.match(/^HTTP\/1\.1 /gm) ?? [];
    assert.equal(answers.length, 1, `${name}: one answer, got ${text.slice(0, 200)}`);
    assert.ok(closed, `${name}: closed`);
    assert.equal(handled, 0, `${name}: handled`);
    assert.equal(gate.denials.length, 1, `${name}: reported once`);
    assert.equal(gate.denials[0]!.denial.code, code, name);
    if (name !== 'HEAD') assertIsProblem(text, code, gate.denials[0]!.id, name);
  }
  assert.ok(refused.length >= 94, `${refused.length} cases`);
});

test('a malformed chunked body is never taken for a whole one', async () => {
  for (const [name, rest] of refusedInBody) {
    bodiesAccepted = 0;
    const { text } = await exchangeRaw(gate.port, `${post}${chunked}\r\n${rest}${get}\r\n`, 300);
    assert.equal(bodiesAccepted, 0, name);
    assert.match(text, /^HTTP\/1\.1 400 /, name);
    assert.equal((text.match(/^HTTP\/1\.1 /gm) ?? []).length, 1, name);
  }
  assert.ok(refusedInBody.length >= 10);
});

test('a strange message with one meaning is served', async () => {
  for (const [name, raw] of accepted) {
    const { text } = await exchangeRaw(
      gate.port,
      raw.replace(/\r\n\r\n/, '\r\nConnection: close\r\n\r\n'),
    );
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/, name);
  }
  assert.ok(accepted.length >= 12);
});

function assertIsProblem(text: string, code: string, id: string, name: string): void {
  const [head, body] = text.split('\r\n\r\n') as [string, string];
  assert.match(head, /^HTTP\/1\.1 4\d\d /, name);
  assert.match(head, /^content-type: application\/problem\+json$/m, name);
  assert.match(head, /^filmgate-error: true$/m, name);
  assert.match(head, /^connection: close$/m, name);
  assert.ok(head.includes(`x-request-id: ${id}`), name);
  assert.ok(!/^(?:server|x-powered-by):/im.test(head), name);
  assert.equal((JSON.parse(body) as { code: string }).code, code, name);
}
