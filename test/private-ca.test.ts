import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { makeClient, type TestClient } from './process/clients.ts';
import { openStage, type Stage } from './process/stage.ts';

const run = promisify(execFile);

interface Caller {
  readonly program: string;
  readonly file: string;
  /** The variable by which it learns of further authorities. */
  readonly trust: string;
  readonly prints: string;
  /** Words that tell whether it can run here. */
  readonly probe: readonly string[];
}

const callers: Readonly<Record<string, Caller>> = {
  "Node's fetch": {
    program: process.execPath,
    file: 'withFetch.ts',
    trust: 'NODE_EXTRA_CA_CERTS',
    prints: 'completed\n',
    probe: ['--version'],
  },
  'node:https': {
    program: process.execPath,
    file: 'withHttps.ts',
    trust: 'NODE_EXTRA_CA_CERTS',
    prints: '200\n',
    probe: ['--version'],
  },
  "Python's urllib": {
    program: 'python3',
    file: 'with_urllib.py',
    trust: 'SSL_CERT_FILE',
    prints: '200\n',
    probe: ['-c', 'import ssl'],
  },
  "Python's requests": {
    program: 'python3',
    file: 'with_requests.py',
    trust: 'REQUESTS_CA_BUNDLE',
    prints: 'completed\n',
    probe: ['-c', 'import requests'],
  },
};

describe("a client that trusts the gateway's own CA by its environment", () => {
  let stage: Stage;
  let client: TestClient;
  before(async () => {
    stage = await openStage();
    client = await makeClient(stage, 'caller', { preset: 'create-and-read' });
  });
  after(() => stage.dispose());

  const call = ({ program, file }: Caller, environment: Readonly<Record<string, string>>) =>
    run(program, [join(import.meta.dirname, 'clients/callers', file)], {
      env: {
        PATH: process.env['PATH'],
        BASE_URL: `${stage.origin}/pictoryapis`,
        CLIENT_ID: client.id,
        CLIENT_SECRET: client.key,
        ...environment,
      },
      timeout: 30_000,
    });

  for (const [name, caller] of Object.entries(callers)) {
    it(`is served, and without it sends nothing: ${name}`, async (context) => {
      const probe = spawnSync(caller.program, caller.probe, { stdio: 'ignore' });
      if (probe.status !== 0) return context.skip(`${caller.program} cannot run it here`);
      stage.sandbox.clearRequests();
      await assert.rejects(call(caller, {}), ({ stdout, stderr }: Record<string, string>) => {
        assert.equal(stdout, '');
        assert.match(stderr!, /certificate/i);
        return true;
      });
      assert.deepEqual(stage.sandbox.requests(), []);
      const { stdout } = await call(caller, { [caller.trust]: stage.caFile });
      assert.equal(stdout, caller.prints);
      const operations = new Set(stage.sandbox.requests().map(({ operation }) => operation));
      assert.ok(operations.size > 0 && !operations.has(null), [...operations].join(' '));
    });
  }

  it('is tried in four ways', () => assert.equal(Object.keys(callers).length, 4));
});
