import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answers,
  defaultServer,
  makePostgresPlace,
} from '../packages/gateway/src/storage/postgres/place.fixture.ts';
import type { Reply } from './process/https.ts';
import {
  makeClient,
  makeProgram,
  storyboard,
  type Program,
  type Running,
  type TestClient,
} from './process/program.ts';

const renderPath = '/v2/video/storyboard/render';
const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;

const render = ({ edge, edgeUrl }: Running, { key }: TestClient): Promise<Reply> =>
  edge.send('POST', edgeUrl + renderPath, {
    headers: { authorization: key, 'content-type': 'application/json' },
    body: storyboard,
  });
const read = ({ edge, edgeUrl }: Running, { key }: TestClient): Promise<Reply> =>
  edge.send('GET', `${edgeUrl}/v1/quota`, { headers: { authorization: key } });

const codeOf = ({ json }: Reply): string => (json as { code?: string } | null)?.code ?? '';
const calls = (program: Program, path: string): number =>
  program.sandbox.requests().filter(({ target }) => target.includes(path)).length;

/** The entry of a request, which must exist whatever became of it. */
async function entryOf(
  { admin }: Running,
  reply: Reply,
): Promise<{ readonly decision: string; readonly code: string }> {
  const explained = await admin('GET', `/v1/requests/${String(reply.headers['x-request-id'])}`);
  assert.equal(explained.status, 200, explained.text);
  return (explained.json as { request: { decision: string; code: string } }).request;
}

describe('an upstream that fails', () => {
  let program: Program;
  let running: Running;
  let client: TestClient;
  before(async () => {
    program = await makeProgram();
    running = await program.start();
    client = await makeClient(running, 'caller');
  });
  beforeEach(() => program.sandbox.clearRequests());
  after(() => program.dispose());

  const faults = [
    ['resets the connection', { kind: 'reset' }, 502, 'upstream_unreachable'],
    ['never answers', { kind: 'hang' }, 504, 'upstream_timeout'],
    ['sends less than it announced', { kind: 'wrong-length', byBytes: 50 }, 502, 'upstream_'],
    ['refuses the gateway', { kind: 'unauthorized' }, 502, 'upstream_credential_refused'],
  ] as const;
  for (const [what, fault, status, code] of faults) {
    it(`and ${what} is answered ${status}, recorded, and a paid call is sent once`, async () => {
      program.sandbox.fault({ ...fault, path: renderPath });
      const reply = await render(running, client);
      assert.equal(reply.status, status, reply.text);
      assert.ok(codeOf(reply).startsWith(code), codeOf(reply));
      assert.equal(reply.headers['filmgate-error'], 'true');
      assert.equal(calls(program, renderPath), 1);
      const entry = await entryOf(running, reply);
      assert.equal(entry.decision, 'failed');
      assert.equal(entry.code, codeOf(reply));
    });
  }

  it('by its own words, 4xx or 5xx, passes untouched', async () => {
    for (const status of [409, 429, 500, 503]) {
      const body = { message: `words of ${status}` };
      program.sandbox.fault({ kind: 'status', status, body, path: '/v1/quota' });
      const reply = await read(running, client);
      assert.equal(reply.status, status);
      assert.deepEqual(reply.json, body);
      assert.equal(reply.headers['filmgate-error'], undefined);
    }
  });

  it('and is gone is answered 502, recorded, and spared', async () => {
    await program.sandbox.close();
    const replies = [];
    for (let call = 0; call < 25; call += 1) replies.push(await render(running, client));
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [502]);
    assert.equal(codeOf(replies.at(-1)!), 'circuit_open');
    assert.match(String(replies.at(-1)!.headers['retry-after']), /^\d+$/);
    for (const reply of replies.slice(0, 3))
      assert.equal((await entryOf(running, reply)).decision, 'failed');
  });
});

describe('a database that is gone', () => {
  it('refuses with 503, never 401, and nothing is forwarded', async (context) => {
    if (!(await answers(server))) return context.skip('no PostgreSQL answers here');
    const place = await makePostgresPlace(server);
    const program = await makeProgram({
      config: 'storage: { postgres: { env: FILMGATE_FAULT_POSTGRES } }',
      environment: { FILMGATE_FAULT_POSTGRES: place.url },
    });
    try {
      const running = await program.start();
      const client = await makeClient(running, 'caller');
      assert.equal((await read(running, client)).status, 200);
      await place.drop();
      await sleep(1_000);
      program.sandbox.clearRequests();
      for (const reply of [await read(running, client), await render(running, client)]) {
        assert.equal(reply.status, 503, reply.text);
        assert.equal(codeOf(reply), 'store_unavailable');
      }
      assert.deepEqual(program.sandbox.requests(), []);
      const ready = await running.admin('GET', '/readyz');
      assert.equal(ready.status, 503);
    } finally {
      await program.dispose();
    }
  });
});

describe('a full disk', () => {
  const mount = mkdtempSync(join(tmpdir(), 'filmgate-small-'));
  let mounted = false;
  before(() => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', mount], {
        stdio: 'ignore',
      });
      mounted = true;
    } catch {
      // Said by the test.
    }
  });
  after(() => {
    if (mounted) execFileSync('umount', ['-l', mount]);
    rmSync(mount, { recursive: true, force: true });
  });

  it('answers 503, forwards nothing, and goes on when there is room again', async (context) => {
    if (!mounted) return context.skip('a small file system cannot be mounted here');
    const program = await makeProgram({ data: join(mount, 'data') });
    try {
      const running = await program.start();
      const client = await makeClient(running, 'caller');
      assert.equal((await render(running, client)).status, 200);
      const filler = join(mount, 'filler');
      fill(filler);
      const refused = await refusedUnsent(program, () => render(running, client));
      assert.equal(codeOf(refused), 'audit_unavailable', refused.text);
      assert.equal((await read(running, client)).status, 503);
      rmSync(filler);
      await sleep(1_500);
      assert.equal((await render(running, client)).status, 200);
    } finally {
      await program.dispose();
    }
  });
});

/** The log's last page may have room for a few entries more: each request uses some of it, and none is answered 2xx. */
async function refusedUnsent(program: Program, send: () => Promise<Reply>): Promise<Reply> {
  for (let sent = 0; sent < 50; sent += 1) {
    program.sandbox.clearRequests();
    const reply = await send();
    assert.equal(reply.status, 503, reply.text);
    if (calls(program, renderPath) === 0) return reply;
  }
  return assert.fail('the log never filled up');
}

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (const bytes of [65_536, 4_096, 512, 64, 1]) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
