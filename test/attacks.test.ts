import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusedAddresses } from './attacks/addresses.ts';
import { requestWith, sendRaw, type Attack, type Oddity } from './attacks/attack.ts';
import { bodyAttacks, framingAttacks } from './attacks/bodies.ts';
import {
  connectionLists,
  credentialAttacks,
  forgedAddresses,
  forwardedLies,
  forwardedTruths,
  powerlessHeaders,
} from './attacks/identity.ts';
import { routeAttacks, routeOddities } from './attacks/routes.ts';
import { call } from './isolation/belongings.ts';
import { makeClient, makeKey, type TestClient } from './process/clients.ts';
import { offline } from './process/ground.ts';
import { openStage, type Stage } from './process/stage.ts';

/** Each guard alone must hold: the firewall stands aside in the first run, and before the others in the second. */
const runs = {
  'with the firewall off': `${offline}\nguards: { waf: off }`,
  'with everything on': offline,
} as const;

for (const [run, config] of Object.entries(runs)) {
  const isExact = run === 'with the firewall off';

  describe(`attacks on routes, identity, framing and bodies, ${run}`, () => {
    let stage: Stage;
    let caller: TestClient;
    let remote: TestClient;
    let token: string;
    before(async () => {
      stage = await openStage({ config });
      caller = await makeClient(stage, 'caller');
      remote = await makeClient(stage, 'remote', { preset: 'full', networks: ['203.0.113.0/24'] });
      const { id: client_id, key: client_secret } = caller;
      const body = { client_id, client_secret };
      const { json } = await call(stage, '', 'POST', '/v1/oauth2/token', { body });
      token = (json as { access_token: string }).access_token;
    });
    beforeEach(() => stage.sandbox.clearRequests());
    after(() => stage.dispose());

    async function checkRefused({ name, bytes, status, code }: Attack): Promise<void> {
      const answer = await sendRaw(stage.port, stage.ca, bytes);
      const got = `${name} was answered ${answer.text.slice(0, 500)}`;
      if (isExact) {
        assert.equal(answer.status, status, got);
        assert.equal(answer.code, code, got);
      } else assert.ok(answer.status >= 400 && answer.status < 500, got);
      assert.equal(answer.count, 1, got);
      assert.ok(!/^(?:server|x-powered-by):/im.test(answer.text), got);
      assert.deepEqual(stage.sandbox.requests(), [], got);
    }

    async function checkArrives({ name, bytes, arrives }: Oddity): Promise<void> {
      stage.sandbox.clearRequests();
      const answer = await sendRaw(stage.port, stage.ca, bytes);
      if (!isExact && answer.code === 'waf_blocked') return;
      assert.equal(answer.status, 200, `${name} was answered ${answer.text.slice(0, 500)}`);
      const [request, ...more] = stage.sandbox.requests();
      assert.deepEqual(more, []);
      assert.equal(request!.requestLine, arrives, name);
      const names = request!.headers.map(([header]) => header.toLowerCase()).toSorted();
      const own = ['authorization', 'connection', 'host', 'user-agent', 'x-pictory-user-id'];
      assert.deepEqual(names, own, name);
    }

    const tables: Readonly<Record<string, () => readonly Attack[]>> = {
      'routes, hosts and methods': () => routeAttacks(caller.key),
      credentials: () => credentialAttacks(caller.key, remote.key, token),
      'forged addresses': () => forgedAddresses(remote.key),
      framing: () => framingAttacks(caller.key),
      bodies: () => bodyAttacks(caller.key),
    };
    let attacks = 0;
    for (const [name, table] of Object.entries(tables)) {
      it(`are refused and nothing is sent on: ${name}`, async () => {
        for (const attack of table()) await checkRefused(attack);
        attacks += table().length;
      });
    }
    it('are counted', () => assert.equal(attacks, 204));

    it('that are only odd spellings arrive as the one canonical request', async () => {
      const oddities = [
        ...routeOddities(caller.key),
        ...powerlessHeaders(caller.key),
        ...connectionLists(caller.key),
      ];
      for (const oddity of oddities) await checkArrives(oddity);
      assert.equal(oddities.length, 38);
    });

    it('by another name in the handshake change nothing', async () => {
      const bytes = requestWith(caller.key, {});
      for (const servername of ['evil.example', 'LOCALHOST', 'localhost.evil.example']) {
        const answer = await sendRaw(stage.port, stage.ca, bytes, servername).catch(
          (error: unknown) => (error as { code: string }).code,
        );
        // Either the client itself refuses the certificate, or the Host alone decides.
        if (typeof answer === 'string') assert.equal(answer, 'ERR_TLS_CERT_ALTNAME_INVALID');
        else assert.equal(answer.status, 200);
      }
    });

    it('in a second request on the connection are decided on their own', async () => {
      const keepAlive = requestWith(caller.key, {}).replace('Connection: close\r\n', '');
      const nobody = requestWith('', {
        authorization: null,
        target: '/pictoryapis/v1/aicredits/usage',
      });
      const { text, count } = await sendRaw(stage.port, stage.ca, keepAlive + nobody);
      assert.equal(count, 2, text);
      assert.match(text, /credential_missing/);
      assert.deepEqual(
        stage.sandbox.requests().map(({ requestLine }) => requestLine),
        ['GET /pictoryapis/v1/quota HTTP/1.1'],
      );
    });

    it('by addresses that the service would fetch are refused, wherever they stand', async () => {
      const bodies: readonly ((url: string) => readonly [path: string, body: object])[] = [
        (fileUrl) => ['/v2/transcription', { fileUrl }],
        (webhook) => [
          '/v2/video/storyboard',
          { videoName: 'a', webhook, scenes: [{ story: 'a' }] },
        ],
        (visualUrl) => [
          '/v2/video/storyboard/render',
          { videoName: 'a', scenes: [{ story: 'a', background: { visualUrl } }] },
        ],
        (url) => ['/v1/video/render', { scenes: [{ background: { src: [{ url }] } }] }],
      ];
      const all = Object.values(refusedAddresses).flat();
      for (const address of all) {
        for (const bodyOf of bodies) {
          const [path, body] = bodyOf(address);
          const reply = await call(stage, caller.key, 'POST', path, { body });
          const got = `${path} with ${JSON.stringify(address)}: ${reply.text}`;
          const { code } = reply.json as { code: string };
          if (isExact) assert.equal(`${reply.status} ${code}`, '400 address_refused', got);
          else assert.ok(reply.status === 400 || reply.status === 403, got);
          assert.deepEqual(stage.sandbox.requests(), [], got);
        }
      }
      assert.equal(all.length, 94);
    });
  });
}

describe('behind a trusted proxy', () => {
  let stage: Stage;
  let remote: TestClient;
  before(async () => {
    stage = await openStage({ edge: `trusted_proxies: ['127.0.0.0/8']` });
    remote = await makeClient(stage, 'remote', { preset: 'full', networks: ['203.0.113.0/24'] });
  });
  beforeEach(() => stage.sandbox.clearRequests());
  after(() => stage.dispose());

  it('the last address that no trusted proxy has decides, as a number, or nobody is let in', async () => {
    const lies = forwardedLies(remote.key);
    for (const { name, bytes, status, code } of lies) {
      const answer = await sendRaw(stage.port, stage.ca, bytes);
      assert.equal(answer.status, status, `${name}: ${answer.text.slice(0, 400)}`);
      assert.equal(answer.code, code, name);
    }
    assert.deepEqual(stage.sandbox.requests(), []);
    assert.equal(lies.length, 26);
  });

  it('an address in any right spelling is the one address', async () => {
    for (const { name, bytes } of forwardedTruths(remote.key)) {
      const answer = await sendRaw(stage.port, stage.ca, bytes);
      assert.equal(answer.status, 200, `${name}: ${answer.text.slice(0, 400)}`);
    }
    assert.equal(stage.sandbox.requests().length, 7);
  });
});

describe('a policy that lists hosts', () => {
  it('lets the service fetch from those alone', async () => {
    const stage = await openStage({ config: offline });
    try {
      const remote_hosts = ['media.example.com', '*.cdn.example.com'];
      const client = await makeClient(stage, 'lister', { preset: 'full', remote_hosts });
      const send = async (fileUrl: string) =>
        (await call(stage, client.key, 'POST', '/v2/transcription', { body: { fileUrl } })).status;
      for (const host of [
        'media.example.com',
        'MEDIA.example.com',
        'a.cdn.example.com',
        'a.b.cdn.example.com',
      ])
        assert.equal(await send(`https://${host}/a.mp4`), 200, host);
      stage.sandbox.clearRequests();
      for (const host of [
        'example.com',
        'cdn.example.com',
        'xcdn.example.com',
        'media.example.com.evil.example',
        'evil.example',
      ])
        assert.equal(await send(`https://${host}/a.mp4`), 400, host);
      assert.deepEqual(stage.sandbox.requests(), []);
    } finally {
      await stage.dispose();
    }
  });

  it('and a name that cannot be resolved is refused', async () => {
    const stage = await openStage({ config: 'addresses: { resolve: true }' });
    try {
      const client = await makeClient(stage, 'resolver');
      const body = { fileUrl: 'https://no-such-host.filmgate.example/a.mp4' };
      const { status, json } = await call(stage, client.key, 'POST', '/v2/transcription', { body });
      assert.equal(status, 400);
      assert.equal((json as { code: string }).code, 'address_refused');
      assert.deepEqual(stage.sandbox.requests(), []);
    } finally {
      await stage.dispose();
    }
  });
});

describe('a key that anybody on the way could have read', () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openStage({ edge: `plaintext: '127.0.0.1:0'` });
    client = await makeClient(stage, 'careless');
  });
  beforeEach(() => stage.sandbox.clearRequests());
  after(() => stage.dispose());

  /** The key stops working at once, and its state says why. */
  async function checkBurned(key: string, keyId: string): Promise<void> {
    for (let waited = 0; ; waited += 1) {
      const { json } = await stage.admin('GET', `/v1/keys/${keyId}`);
      if ((json as { state: string }).state === 'disabled') break;
      assert.ok(waited < 100, 'the key still works');
      await sleep(20);
    }
    const reply = await call(stage, key, 'GET', '/v1/quota');
    assert.equal(
      `${reply.status} ${(reply.json as { code: string }).code}`,
      '401 credential_disabled',
    );
    assert.deepEqual(stage.sandbox.requests(), []);
  }

  const queries: Readonly<Record<string, (key: string) => string>> = {
    'as a value': (key) => `?api_key=${key}`,
    'as a name': (key) => `?${key}`,
    'in escapes': (key) => `?k=${key.replaceAll('_', '%5F')}`,
    'inside of a longer value': (key) => `?next=https%3A%2F%2Fx%2F%3Fkey%3D${key}%26a%3Db`,
    'behind a harmless one': (key) => `?a=b&c=Bearer+${key}`,
  };
  for (const [where, queryOf] of Object.entries(queries)) {
    it(`in the query, ${where}, is refused and disabled`, async () => {
      const { key, keyId } = await makeKey(stage.admin, client.id);
      const bytes = requestWith(client.key, { target: `/pictoryapis/v1/quota${queryOf(key)}` });
      const answer = await sendRaw(stage.port, stage.ca, bytes);
      assert.equal(`${answer.status} ${answer.code}`, '401 credential_in_query');
      assert.ok(!answer.text.includes(key));
      await checkBurned(key, keyId);
    });
  }

  it('without TLS on the port of TLS is refused and disabled', async () => {
    const { key, keyId } = await makeKey(stage.admin, client.id);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(stage.port, '127.0.0.1', () => socket.write(requestWith(key, {})));
      let received = '';
      socket
        .on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
        .on('error', reject)
        .on('close', () => resolve(received));
    });
    assert.match(text, /^HTTP\/1\.1 400 [\s\S]*plaintext_refused/);
    assert.ok(!text.includes(key));
    await checkBurned(key, keyId);
  });
});
