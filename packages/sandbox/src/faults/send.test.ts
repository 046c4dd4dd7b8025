import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startSandbox, type RequestFault, type Sandbox } from '../index.ts';
import { callApi } from '../testing/caller.ts';
import { exchange } from '../testing/rawSocket.ts';

describe('a fault over the wire', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => {
    sandbox.clearFaults();
    sandbox.clearRequests();
  });
  after(() => sandbox.close());

  const quota = () => callApi(sandbox, 'GET', '/v1/quota');
  const raw = (waitMs?: number) =>
    exchange(
      sandbox.url,
      `GET /pictoryapis/v1/quota HTTP/1.1\r\nHost: x\r\nAuthorization: ${sandbox.apiKey}\r\n\r\n`,
      waitMs,
    );

  const replacements: readonly [RequestFault, number, unknown][] = [
    [{ kind: 'unauthorized' }, 401, { message: 'Unauthorized' }],
    [{ kind: 'rate-limited' }, 429, { code: 'TOO_MANY_REQUESTS', message: 'Too Many Requests' }],
    [
      { kind: 'status', status: 503 },
      503,
      { code: 'SANDBOX_503', message: 'A fault of the sandbox.' },
    ],
    [{ kind: 'status', status: 200, body: { changed: 'shape' } }, 200, { changed: 'shape' }],
    [
      { kind: 'job-not-found', status: 200 },
      200,
      { success: false, data: { error_code: '5000', error_message: 'JOB_NOT_FOUND' } },
    ],
  ];
  for (const [fault, status, body] of replacements)
    it(`${JSON.stringify(fault)} stands in for the answer once`, async () => {
      sandbox.fault(fault);
      const answer = await quota();
      assert.equal(answer.status, status);
      assert.deepEqual(answer.json, body);
      assert.equal(sandbox.requests()[0]!.fault, fault.kind);
      assert.equal((await quota()).status, 200);
    });

  it('rate-limited can say when to come back, and a status can bring headers', async () => {
    sandbox.fault({ kind: 'rate-limited', retryAfterSeconds: 7 });
    assert.equal((await quota()).headers.get('retry-after'), '7');
    sandbox.fault({ kind: 'status', status: 302, headers: { Location: '/elsewhere' } });
    assert.match(await raw(), /^HTTP\/1\.1 302 [^]*\r\nLocation: \/elsewhere\r\n/);
  });

  it('edge-refusal is a 403 with error 1010', async () => {
    sandbox.fault({ kind: 'edge-refusal' });
    const answer = await raw();
    assert.match(answer, /^HTTP\/1\.1 403 /);
    assert.match(answer, /error code: 1010$/);
  });

  it('delay comes late and is otherwise right', async () => {
    sandbox.fault({ kind: 'delay', delayMs: 60 });
    assert.equal(await raw(20), '');
    sandbox.fault({ kind: 'delay', delayMs: 10 });
    assert.equal((await quota()).status, 200);
  });

  it('hang reads the request and never answers', async () => {
    sandbox.fault({ kind: 'hang' });
    assert.equal(await raw(), '');
    const [request] = sandbox.requests();
    assert.equal(request!.operation, 'getQuota');
    assert.equal(request!.status, null);
  });

  it('stall stops in the middle of the body', async () => {
    sandbox.fault({ kind: 'stall' });
    const [head, body] = (await raw()).split('\r\n\r\n');
    const length = Number(/Content-Length: (\d+)/i.exec(head!)![1]);
    assert.equal(body!.length, Math.floor(length / 2));
  });

  it('reset ends the connection without a byte', async () => {
    sandbox.fault({ kind: 'reset' });
    await assert.rejects(raw(), { code: 'ECONNRESET' });
  });

  it('wrong-length says more than it sends, or less', async () => {
    for (const byBytes of [5, -5]) {
      sandbox.fault({ kind: 'wrong-length', byBytes });
      const [head, body] = (await raw()).split('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(head!)![1]);
      assert.equal(length - body!.length, byBytes);
      assert.equal(JSON.parse(body!).aiCredits.used, 0);
    }
    sandbox.fault({ kind: 'wrong-length' });
    await assert.rejects(quota());
  });

  it('strikes file downloads and uploads as well', async () => {
    sandbox.fault({ kind: 'status', status: 403, path: '/files/*' });
    assert.equal((await fetch(`${sandbox.url}/files/stock/clip-1.mp4`)).status, 403);
    assert.equal((await fetch(`${sandbox.url}/files/stock/clip-1.mp4`)).status, 200);
  });
});
