import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttps, get } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { startSandbox } from './index.ts';
import { selfSigned } from './testing/certificate.ts';
import { exchange } from './testing/rawSocket.ts';

describe('a sandbox with a certificate', () => {
  const tls = selfSigned();

  const read = (url: string, ca: string | undefined, headers = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      get(url, { ca, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      }).on('error', reject);
    });

  it('speaks HTTPS on both ports and nothing else', async () => {
    const sandbox = await startSandbox({ tls });
    const { url, controlUrl, apiKey } = sandbox;
    assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
    const quota = `${url}/pictoryapis/v1/quota`;
    assert.equal(await read(quota, tls.cert, { Authorization: apiKey }), 200);
    assert.equal(await read(`${controlUrl}/requests`, tls.cert), 200);
    await assert.rejects(read(quota, undefined), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    for (const address of [url, controlUrl]) {
      const answer = await exchange(address, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').catch(() => '');
      assert.doesNotMatch(answer, /^HTTP\/1\.1 200/);
    }
    const [request] = sandbox.requests();
    const head = Buffer.from(request!.headBase64, 'base64').toString();
    assert.match(head, /^GET \/pictoryapis\/v1\/quota HTTP\/1\.1\r\n[^]*\r\n\r\n$/);
    await sandbox.close();
  });

  it('verifies the receivers of https webhooks', async () => {
    const bodies: string[] = [];
    const receiver = createHttps({ cert: tls.cert, key: tls.key }, (request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const webhook = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

    for (const [webhookCa, arrived] of [
      [undefined, 0],
      [tls.cert, 1],
    ] as const) {
      const sandbox = await startSandbox({ clock: 'manual', webhookCa });
      const body = JSON.stringify({ prompt: 'A quiet lake', webhook });
      const headers = { Authorization: sandbox.apiKey };
      const url = `${sandbox.url}/pictoryapis/v1/aistudio/images`;
      await fetch(url, { method: 'POST', headers, body });
      sandbox.advance(3_600_000);
      await sandbox.webhooksSettled();
      assert.equal(bodies.length, arrived);
      await sandbox.close();
    }
    receiver.close();
  });
});

describe('a sandbox', () => {
  it('rejects when its control port is taken, and leaves no port open', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port: controlPort } = taken.address() as AddressInfo;
    const spare = createServer().listen(0, '127.0.0.1');
    await once(spare, 'listening');
    const { port } = spare.address() as AddressInfo;
    spare.close();
    await assert.rejects(startSandbox({ port, controlPort }), { code: 'EADDRINUSE' });
    const again = await startSandbox({ port });
    assert.equal(new URL(again.url).port, String(port));
    await again.close();
    taken.close();
  });

  it('says that a bug of its own is one, and goes on', async () => {
    const sandbox = await startSandbox();
    const warned = once(process, 'warning');
    sandbox.account.ledger.credits = () => {
      throw new Error('planted');
    };
    const headers = { Authorization: sandbox.apiKey };
    const response = await fetch(`${sandbox.url}/pictoryapis/v1/aicredits/usage`, { headers });
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-pictory-sandbox'), 'bug');
    assert.equal(((await warned)[0] as Error).message, 'planted');
    assert.equal((await fetch(`${sandbox.url}/pictoryapis/v1/quota`, { headers })).status, 200);
    await sandbox.close();
  });

  it('closes with answers still owed', async () => {
    const sandbox = await startSandbox();
    sandbox.fault({ kind: 'hang' });
    const owed = fetch(`${sandbox.url}/pictoryapis/v1/quota`);
    while (sandbox.requests()[0]?.fault !== 'hang')
      await new Promise((resolve) => setTimeout(resolve, 1));
    await sandbox.close();
    await assert.rejects(owed);
  });

  it('has the same ids and secrets for the same seed, and others for another', async () => {
    const [first, same, other] = await Promise.all([
      startSandbox({ seed: 'a' }),
      startSandbox({ seed: 'a' }),
      startSandbox({ seed: 'b' }),
    ]);
    const secrets = ({ apiKey, clientId, clientSecret }: typeof first) => [
      apiKey,
      clientId,
      clientSecret,
    ];
    assert.deepEqual(secrets(first), secrets(same));
    assert.notDeepEqual(secrets(first), secrets(other));
    await Promise.all([first, same, other].map((sandbox) => sandbox.close()));
  });
});
