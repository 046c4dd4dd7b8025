import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { isDenial, type Denial } from '../domain/denial.ts';
import { createAuthority, issueCertificate } from '../http/certificates/authority.ts';
import type { Upstream, UpstreamCall, UpstreamReply } from '../ports/upstream.ts';
import type { ProviderCredentials } from '../providers/provider.ts';
import { systemClock } from '../system/clock.ts';
import { apiKeyCredential, clientCredential, noCredential, type Credential } from './credential.ts';
import { createUpstream, type PostUnauthenticated } from './upstream.ts';

/** A real upstream over TLS, whose behaviour each test sets. */
const authority = createAuthority(Date.now());
const certificateFor = (...hosts: string[]) =>
  issueCertificate(authority, { hosts, nowMs: Date.now() });

type Behaviour = (request: IncomingMessage, body: string, response: ServerResponse) => void;
interface Seen {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let seen: Seen[] = [];
const sockets = new Set<Socket>();

const ok: Behaviour = (_request, _body, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
};

let behave: Behaviour = ok;

before(async () => {
  server = await listen(certificateFor('127.0.0.1'));
});
after(() => {
  server.close();
  for (const socket of sockets) socket.destroy();
});

async function listen(pair: { cert: string; key: string }): Promise<Server> {
  const made = createServer(pair, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      behave(request, body, response);
    });
  });
  made.on('connection', (socket) => sockets.add(socket));
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  return made;
}

const kinds: ProviderCredentials = {
  isApiKey: (text) => text.startsWith('key_'),
  authorization: (text) => text,
  exchange: {
    path: '/token',
    body: (id, secret) => ({ id, secret }),
    read: (reply) => {
      const { token, life } = reply as { token?: string; life?: number };
      return token === undefined ? null : { token, expiresInSeconds: life ?? 3600 };
    },
  },
};

const open: Upstream[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((upstream) => upstream.close()));
  seen = [];
  behave = ok;
});

const make = (
  options: {
    credential?: (post: PostUnauthenticated) => Credential;
    at?: Server;
    ca?: string;
    headersTimeoutMs?: number;
    connections?: number;
  } = {},
): Upstream => {
  const { port } = (options.at ?? server).address() as AddressInfo;
  const upstream = createUpstream({
    baseUrl: `https://127.0.0.1:${port}/base/`,
    ca: options.ca ?? authority.cert,
    userAgent: 'agent/1',
    connections: options.connections ?? 4,
    connectTimeoutMs: 1_000,
    headersTimeoutMs: options.headersTimeoutMs ?? 5_000,
    bodyTimeoutMs: 2_000,
    clock: systemClock,
    credential: options.credential ?? (() => apiKeyCredential(() => 'key_1', kinds)),
    probePath: '/probe',
  });
  open.push(upstream);
  return upstream;
};

const call = (changes: Partial<UpstreamCall> = {}): UpstreamCall => ({
  method: 'GET',
  path: '/things',
  query: '',
  headers: [],
  body: null,
  bufferBytesMax: 0,
  repeatable: true,
  gone: null,
  ...changes,
});

const replyOf = (reply: UpstreamReply | Denial): UpstreamReply =>
  isDenial(reply) ? assert.fail(`${reply.code}: ${reply.detail?.reason}`) : reply;
const codeOf = (reply: UpstreamReply | Denial): string =>
  isDenial(reply) ? reply.code : `status ${reply.status}`;
const textOf = async ({ body }: UpstreamReply): Promise<string> => {
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('a call upstream', () => {
  it("stands below the base path and carries the gateway's credential, agent and host", async () => {
    const reply = replyOf(
      await make().send(call({ query: 'a=1', headers: [['accept', 'text/x']] })),
    );
    assert.equal(reply.status, 200);
    assert.equal(await textOf(reply), '{"ok":true}');
    assert.equal(seen[0]!.line, 'GET /base/things?a=1');
    assert.equal(seen[0]!.headers.authorization, 'key_1');
    assert.equal(seen[0]!.headers['user-agent'], 'agent/1');
    assert.equal(seen[0]!.headers.accept, 'text/x');
    assert.match(seen[0]!.headers.host!, /^127\.0\.0\.1:\d+$/);
  });

  it('sends a body with its length, whole or streamed', async () => {
    const upstream = make();
    await upstream.send(call({ method: 'POST', body: Buffer.from('{"a":1}'), repeatable: false }));
    assert.equal(seen[0]!.body, '{"a":1}');
    assert.equal(seen[0]!.headers['content-length'], '7');
    async function* chunks() {
      yield Buffer.from('abc');
      yield Buffer.from('def');
    }
    await upstream.send(call({ method: 'POST', body: chunks(), bodyBytes: 6, repeatable: false }));
    assert.equal(seen[1]!.body, 'abcdef');
    assert.equal(seen[1]!.headers['content-length'], '6');
  });

  it('passes upstream errors untouched', async () => {
    behave = (_request, _body, response) => response.writeHead(418).end('teapot');
    const reply = replyOf(await make().send(call()));
    assert.equal(reply.status, 418);
    assert.equal(await textOf(reply), 'teapot');
  });

  it('drops what would speak for the gateway, and what is between two hops', async () => {
    behave = (_request, _body, response) => {
      response.writeHead(
        200,
        [
          ['Set-Cookie', 'a=b'],
          ['Strict-Transport-Security', 'max-age=1'],
          ['Access-Control-Allow-Origin', '*'],
          ['Server', 'x'],
          ['X-Powered-By', 'y'],
          ['Connection', 'X-Hop, close'],
          ['X-Hop', '1'],
          ['WWW-Authenticate', 'Basic'],
          ['X-Request-Id', 'theirs'],
          ['Filmgate-Error', 'true'],
          ['X-Kept', 'kept'],
          ['X-Twice', '1'],
          ['X-Twice', '2'],
        ].flat(),
      );
      response.end();
    };
    const { headers } = replyOf(await make().send(call()));
    assert.deepEqual(
      headers.filter(([name]) => name !== 'date'),
      [
        ['x-kept', 'kept'],
        ['x-twice', '1'],
        ['x-twice', '2'],
      ],
    );
  });

  it('streams a long reply and keeps a short one whole', async () => {
    const long = 'x'.repeat(300_000);
    behave = (_request, _body, response) => response.end(long);
    const streamed = replyOf(await make().send(call()));
    assert.ok(!(streamed.body instanceof Uint8Array));
    assert.equal(await textOf(streamed), long);
    behave = (_request, _body, response) => {
      response.write('sho');
      response.end('rt');
    };
    assert.ok(replyOf(await make().send(call())).body instanceof Uint8Array);
  });

  it('reads a reply whole when asked, and refuses one that is longer than allowed', async () => {
    behave = (_request, _body, response) => response.end('x'.repeat(100_000));
    const whole = replyOf(await make().send(call({ bufferBytesMax: 200_000 })));
    assert.equal((await textOf(whole)).length, 100_000);
    assert.equal(codeOf(await make().send(call({ bufferBytesMax: 50_000 }))), 'upstream_invalid');
    behave = (_request, _body, response) => {
      response.write('x'.repeat(60_000));
      response.end('x'.repeat(60_000));
    };
    assert.equal(codeOf(await make().send(call({ bufferBytesMax: 50_000 }))), 'upstream_invalid');
  });
});

describe('an upstream that fails', () => {
  it('is told by kind, and its words are not repeated', async () => {
    behave = (request) => request.socket.destroy();
    const reset = await make().send(
      call({ method: 'POST', body: Buffer.from('{}'), repeatable: false }),
    );
    assert.equal(codeOf(reset), 'upstream_unreachable');
    assert.equal(seen.length, 1, 'a POST is never repeated');
    behave = () => {};
    assert.equal(codeOf(await make({ headersTimeoutMs: 300 }).send(call())), 'upstream_timeout');
    behave = (_request, _body, response) => {
      response.socket!.end(
        'HTTP/1.1 200 OK\r\nContent-Length: 10\r\nContent-Length: 11\r\n\r\nhello',
      );
    };
    assert.match(codeOf(await make().send(call())), /upstream_invalid/);
    behave = (_request, _body, response) => {
      response.socket!.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort');
    };
    assert.match(codeOf(await make().send(call())), /upstream_(invalid|unreachable)/);
  });

  it('with a wrong name, another CA or an expired certificate never sees the credential', async () => {
    const wrongName = await listen(certificateFor('other.example'));
    const expired = await listen(
      issueCertificate(authority, {
        hosts: ['127.0.0.1'],
        nowMs: Date.now() - 100 * 86_400_000,
        days: 1,
      }),
    );
    const otherCa = createAuthority(Date.now()).cert;
    assert.equal(codeOf(await make({ at: wrongName }).send(call())), 'upstream_unreachable');
    assert.equal(codeOf(await make({ at: expired }).send(call())), 'upstream_unreachable');
    assert.equal(codeOf(await make({ ca: otherCa }).send(call())), 'upstream_unreachable');
    assert.deepEqual(seen, []);
    wrongName.close();
    expired.close();
  });

  it('is spared once half of the last 20 calls failed, and nothing is sent meanwhile', async () => {
    behave = (_request, _body, response) => response.writeHead(500).end();
    const upstream = make();
    for (let index = 0; index < 20; index += 1) await upstream.send(call());
    assert.equal(upstream.state().circuit, 'open');
    const spared = await upstream.send(call());
    assert.ok(isDenial(spared));
    assert.equal(spared.code, 'circuit_open');
    assert.match(spared.headers![0]![1], /^[1-5]$/);
    assert.equal(seen.length, 20);
  });

  it('is not held to have failed when callers leave', async () => {
    behave = () => {};
    const upstream = make({ connections: 30 });
    const calls = Array.from({ length: 25 }, () => {
      const controller = new AbortController();
      const sent = upstream.send(call({ gone: controller.signal }));
      setTimeout(() => controller.abort(), 100);
      return sent;
    });
    for (const reply of await Promise.all(calls)) assert.equal(codeOf(reply), 'caller_gone');
    assert.equal(upstream.state().circuit, 'closed');
    assert.equal(upstream.state().inFlight, 0);
  });

  it('sees the connection end when the caller left', async () => {
    let ended: Promise<unknown> = Promise.resolve();
    behave = (request) => {
      ended = once(request.socket, 'close');
    };
    const controller = new AbortController();
    const sent = make().send(call({ gone: controller.signal }));
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    assert.equal(codeOf(await sent), 'caller_gone');
    await ended;
    const gone = new AbortController();
    gone.abort();
    assert.equal(codeOf(await make().send(call({ gone: gone.signal }))), 'caller_gone');
    assert.equal(seen.length, 1);
  });
});

describe('the credential', () => {
  it('missing, refuses without a call', async () => {
    assert.equal(
      codeOf(await make({ credential: () => noCredential }).send(call())),
      'upstream_credential_refused',
    );
    const broken = () =>
      apiKeyCredential(() => {
        throw new Error('no such file');
      }, kinds);
    assert.equal(
      codeOf(await make({ credential: broken }).send(call())),
      'upstream_credential_refused',
    );
    assert.deepEqual(seen, []);
  });

  it('that was refused is read anew and tried once more', async () => {
    let present = 'key_old';
    behave = (request, body, response) => {
      if (request.headers.authorization === 'key_new') return ok(request, body, response);
      response.writeHead(401).end('{"message":"Unauthorized"}');
    };
    const upstream = make({ credential: () => apiKeyCredential(() => present, kinds) });
    assert.equal(codeOf(await upstream.send(call())), 'upstream_credential_refused');
    assert.equal(seen.length, 1, 'the same credential is not tried twice');
    present = 'key_new';
    assert.equal(
      codeOf(
        await upstream.send(call({ method: 'POST', body: Buffer.from('{}'), repeatable: false })),
      ),
      'status 200',
    );
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      ['key_old', 'key_old', 'key_new'],
    );
  });

  it('a refusal never reaches the caller as a 401', async () => {
    behave = (_request, _body, response) => response.writeHead(401).end();
    assert.equal(codeOf(await make().send(call())), 'upstream_credential_refused');
  });

  const exchanging = (): ((post: PostUnauthenticated) => Credential) => (post) =>
    clientCredential({
      readId: () => 'id',
      readSecret: () => 'secret',
      kinds,
      clock: systemClock,
      post,
    });
  let tokens = 0;
  const tokenServer =
    (life: number, accepts: (token: string) => boolean): Behaviour =>
    (request, body, response) => {
      if (request.url === '/base/token') {
        tokens += 1;
        assert.deepEqual(JSON.parse(body), { id: 'id', secret: 'secret' });
        assert.equal(request.headers.authorization, undefined);
        response.end(JSON.stringify({ token: `token_${tokens}`, life }));
      } else if (accepts(request.headers.authorization!)) ok(request, body, response);
      else response.writeHead(401).end();
    };

  it('of id and secret is exchanged once for all calls', async () => {
    tokens = 0;
    behave = tokenServer(3600, () => true);
    const upstream = make({ credential: exchanging() });
    const replies = await Promise.all(Array.from({ length: 10 }, () => upstream.send(call())));
    assert.deepEqual([...new Set(replies.map(codeOf))], ['status 200']);
    assert.equal(tokens, 1);
  });

  it('is renewed before the token ends', async () => {
    tokens = 0;
    behave = tokenServer(0.2, () => true);
    const upstream = make({ credential: exchanging() });
    await upstream.send(call());
    await new Promise((resolve) => setTimeout(resolve, 120));
    await upstream.send(call());
    assert.equal(tokens, 2);
  });

  it('is renewed once when the upstream refuses the token, for all calls together', async () => {
    tokens = 0;
    behave = tokenServer(3600, (token) => token !== 'token_1');
    const upstream = make({ credential: exchanging() });
    const replies = await Promise.all(Array.from({ length: 5 }, () => upstream.send(call())));
    assert.deepEqual([...new Set(replies.map(codeOf))], ['status 200']);
    assert.equal(tokens, 2);
  });

  it('that cannot be exchanged refuses', async () => {
    behave = (_request, _body, response) => response.writeHead(403).end('{}');
    assert.equal(
      codeOf(await make({ credential: exchanging() }).send(call())),
      'upstream_credential_refused',
    );
    behave = (_request, _body, response) => response.end('not json');
    assert.equal(
      codeOf(await make({ credential: exchanging() }).send(call())),
      'upstream_credential_refused',
    );
  });

  it('stands in no denial', async () => {
    for (const reply of [
      await make({ headersTimeoutMs: 200 }).send(call()),
      await make().probe(),
    ]) {
      assert.doesNotMatch(JSON.stringify(reply), /key_1/);
    }
  });
});

it('a probe reads the probe path', async () => {
  assert.equal(codeOf(await make().probe()), 'status 200');
  assert.equal(seen[0]!.line, 'GET /base/probe');
});
