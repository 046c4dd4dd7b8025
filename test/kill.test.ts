import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answers,
  defaultServer,
  makePostgresPlace,
} from '../packages/gateway/src/storage/postgres/place.fixture.ts';
import {
  makeClient,
  makeKey,
  makeProgram,
  storyboard,
  type Running,
  type TestClient,
} from './process/program.ts';

const kills = Number(process.env['FILMGATE_KILLS'] ?? 50);
const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;

/** What the gateway said it had, by its own answers. */
interface Acknowledged {
  readonly keys: Set<string>;
  readonly jobs: Set<string>;
  readonly requests: Set<string>;
}

const nothing = (): Acknowledged => ({ keys: new Set(), jobs: new Set(), requests: new Set() });

/** Works on the gateway until it dies, writing down each answer that came whole. */
async function work(running: Running, client: TestClient, seen: Acknowledged): Promise<void> {
  const { edge, edgeUrl, admin } = running;
  const headers = { authorization: client.key, 'content-type': 'application/json' };
  const render = async (): Promise<void> => {
    const reply = await edge.send('POST', `${edgeUrl}/v2/video/storyboard/render`, {
      headers,
      body: storyboard,
    });
    assert.equal(reply.status, 200, reply.text);
    seen.jobs.add((reply.json as { data: { jobId: string } }).data.jobId);
    seen.requests.add(String(reply.headers['x-request-id']));
  };
  const read = async (): Promise<void> => {
    const reply = await edge.send('GET', `${edgeUrl}/v1/quota`, { headers });
    assert.equal(reply.status, 200, reply.text);
    seen.requests.add(String(reply.headers['x-request-id']));
  };
  const deny = async (): Promise<void> => {
    const reply = await edge.send('GET', `${edgeUrl}/v1/jobs/nobodys`, { headers });
    assert.equal(reply.status, 404, reply.text);
    seen.requests.add(String(reply.headers['x-request-id']));
  };
  const issue = async (): Promise<void> =>
    void seen.keys.add((await makeKey(admin, client.id)).keyId);
  const forever = async (step: () => Promise<void>): Promise<void> => {
    for (;;) await step();
  };
  await Promise.all(
    [render, render, read, read, deny, issue].map((step) =>
      forever(step).catch((error: unknown) => {
        // A connection that ends is the kill; an answer that is wrong is not.
        if (error instanceof assert.AssertionError) throw error;
      }),
    ),
  );
}

/** All of it must still be there. */
async function check(
  running: Running,
  client: TestClient,
  seen: Acknowledged,
  sinceMs: number,
): Promise<void> {
  const { admin, edge, edgeUrl } = running;
  const since = new Date(sinceMs).toISOString();
  const requests = await listAll(
    admin,
    `/v1/requests?since=${since}&client_id=${client.id}&limit=200`,
  );
  const known = new Set(requests.map(({ id }) => id));
  assert.deepEqual(
    [...seen.requests].filter((id) => !known.has(id)),
    [],
    'audit entries are missing',
  );
  for (const keyId of seen.keys) {
    assert.equal((await admin('GET', `/v1/keys/${keyId}`)).status, 200, `key ${keyId} is missing`);
  }
  for (const job of seen.jobs) {
    const reply = await edge.send('GET', `${edgeUrl}/v1/jobs/${job}`, {
      headers: { authorization: client.key },
    });
    assert.equal(reply.status, 200, `job ${job} lost its owner: ${reply.text}`);
  }
}

async function listAll(
  admin: Running['admin'],
  path: string,
): Promise<readonly { readonly id: string }[]> {
  const items: { id: string }[] = [];
  let cursor: string | null = null;
  do {
    const reply = await admin(
      'GET',
      cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`,
    );
    assert.equal(reply.status, 200, reply.text);
    const page = reply.json as { items: { id: string }[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

async function killAndCheck(config: string): Promise<Acknowledged> {
  const program = await makeProgram({ config });
  const total = nothing();
  try {
    let running = await program.start();
    const client = await makeClient(running, 'victim');
    for (let kill = 0; kill < kills; kill += 1) {
      const seen = nothing();
      const sinceMs = Date.now();
      const worked = work(running, client, seen);
      await sleep(50 + Math.random() * 300);
      await running.end('SIGKILL');
      await worked;
      running = await program.start();
      await check(running, client, seen, sinceMs);
      for (const name of ['keys', 'jobs', 'requests'] as const) {
        for (const id of seen[name]) total[name].add(id);
      }
    }
    assert.deepEqual(await running.end('SIGTERM'), [0, null]);
  } finally {
    await program.dispose();
  }
  return total;
}

function report(context: TestContext, { keys, jobs, requests }: Acknowledged): void {
  // A busy machine acknowledges little before it is killed; nothing at all would prove nothing.
  assert.ok(keys.size >= kills / 10, `too few keys: ${keys.size}`);
  assert.ok(jobs.size >= kills / 4, `too few jobs: ${jobs.size}`);
  assert.ok(requests.size >= kills, `too few requests: ${requests.size}`);
  context.diagnostic(
    `${kills} kills: ${keys.size} keys, ${jobs.size} jobs, ${requests.size} requests, none lost`,
  );
}

describe(`a gateway killed ${kills} times under load loses nothing that it acknowledged`, () => {
  it('on SQLite', async (context) => report(context, await killAndCheck('')));

  it('on PostgreSQL', async (context) => {
    if (!(await answers(server))) return context.skip('no PostgreSQL answers here');
    const place = await makePostgresPlace(server);
    process.env['FILMGATE_KILL_POSTGRES'] = place.url;
    try {
      report(context, await killAndCheck('storage: { postgres: { env: FILMGATE_KILL_POSTGRES } }'));
    } finally {
      await place.drop();
    }
  });
});
