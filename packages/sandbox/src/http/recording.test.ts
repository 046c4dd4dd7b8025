import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { exchange } from '../testing/rawSocket.ts';

const decoded = (base64: string) => Buffer.from(base64, 'base64').toString('latin1');

describe('what the sandbox received', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.clearRequests());
  after(() => sandbox.close());

  it('is kept as it was sent, to the byte', async () => {
    const head =
      'POST //pictoryapis/v1/media/generateUrl?a=%2F&b=+ HTTP/1.1\r\nHOST: x\r\n' +
      'aUthorization:   two  spaces \t\r\nX-Twice: one\r\nx-twice: two\r\nContent-Length: 4\r\n\r\n';
    const body = '\x00\xff{"';
    await exchange(sandbox.url, Buffer.from(head + body, 'latin1'));
    const [request, ...others] = sandbox.requests();
    assert.deepEqual(others, []);
    assert.equal(decoded(request!.headBase64), head);
    assert.equal(decoded(request!.bodyBase64), body);
    assert.equal(request!.requestLine, head.split('\r\n', 1)[0]);
    assert.equal(request!.target, '//pictoryapis/v1/media/generateUrl?a=%2F&b=+');
    assert.deepEqual(request!.headers, [
      ['HOST', 'x'],
      ['aUthorization', 'two  spaces'],
      ['X-Twice', 'one'],
      ['x-twice', 'two'],
      ['Content-Length', '4'],
    ]);
    assert.equal(request!.operation, 'createUploadUrl');
    assert.equal(request!.status, 401);
    assert.equal(request!.complete, true);
  });

  it('keeps pipelined requests apart, chunked bodies decoded', async () => {
    const chunked = 'POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const second = 'GET /second HTTP/1.1\r\nhost: y\r\n\r\n';
    await exchange(sandbox.url, `${chunked}3\r\nabc\r\n2;note=1\r\nde\r\n0\r\n\r\n${second}`);
    const requests = sandbox.requests();
    assert.deepEqual(
      requests.map(({ headBase64 }) => decoded(headBase64)),
      [chunked, second],
    );
    assert.deepEqual(
      requests.map(({ bodyBase64 }) => decoded(bodyBase64)),
      ['abcde', ''],
    );
    assert.deepEqual(
      requests.map(({ number }) => number),
      [1, 2],
    );
  });

  it('includes a body that never came to its end', async () => {
    await exchange(sandbox.url, 'PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf', 50);
    for (let tries = 0; !sandbox.requests()[0]?.bodyBase64 && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const [request] = sandbox.requests();
    assert.equal(request!.complete, false);
    assert.equal(decoded(request!.bodyBase64), 'half');
  });

  it('includes what was no request at all, answered with 400', async () => {
    const answer = await exchange(sandbox.url, 'BAD REQUEST\r\nHost: x\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 /);
    const [request] = sandbox.requests();
    assert.equal(request!.method, '');
    assert.equal(request!.complete, false);
  });

  it('starts to count anew after it was cleared', async () => {
    await exchange(sandbox.url, 'GET /a HTTP/1.1\r\nHost: x\r\n\r\n');
    sandbox.clearRequests();
    assert.deepEqual(sandbox.requests(), []);
    await exchange(sandbox.url, 'GET /b HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.deepEqual(
      sandbox.requests().map(({ number, target }) => [number, target]),
      [[1, '/b']],
    );
  });
});

describe('paths', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  const statusOf = async (path: string, method = 'GET') => {
    const headers = { Authorization: sandbox.apiKey };
    const { status } = await fetch(sandbox.url + path, { method, headers });
    return status;
  };

  it('may have doubled slashes, and generateurl any case', async () => {
    assert.equal(await statusOf('//pictoryapis//v1//quota'), 200);
    assert.equal(await statusOf('/pictoryapis/v1/media/generateUrl', 'POST'), 400);
    assert.equal(await statusOf('/pictoryapis/v1/media/GENERATEURL', 'POST'), 400);
  });

  it('are otherwise taken by the letter', async () => {
    for (const path of [
      '/pictoryapis/v1/Quota',
      '/pictoryapis/v1/quota/',
      '/v1/quota',
      '/pictoryapis/v1/video/storyboard/%ff/elements',
      '/pictoryapis/v1/jobs/%',
      '/pictoryapis/',
      '/',
    ])
      assert.equal(await statusOf(path), 404, path);
    assert.equal(await statusOf('/pictoryapis/v1/quota', 'DELETE'), 404);
  });

  it('can be called by browsers of any origin', async () => {
    const response = await fetch(`${sandbox.url}/pictoryapis/v1/quota`, { method: 'OPTIONS' });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(response.headers.get('access-control-allow-headers') ?? '', /X-Pictory-User-Id/);
  });

  it('are refused to urllib by default, as the edge does it', async () => {
    const headers = { 'User-Agent': 'Python-urllib/3.13', Authorization: sandbox.apiKey };
    const url = `${sandbox.url}/pictoryapis/v1/quota`;
    const response = await fetch(url, { headers });
    assert.equal(response.status, 403);
    assert.match(await response.text(), /1010/);
    sandbox.account.settings.refuseUrllibAgents = false;
    assert.equal((await fetch(url, { headers })).status, 200);
  });
});
