import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { freePort, runCommand, type Outcome } from './process/commands.ts';
import { layGround, type Ground } from './process/ground.ts';
import { Https, type Reply } from './process/https.ts';
import { filmgate, storyboard } from './process/program.ts';

describe('from an empty folder to a served call and back, command by command', () => {
  let ground: Ground;
  let folder: string;
  let edgePort: number;
  let child: ChildProcess;
  let closed: Promise<unknown[]>;
  let https: Https;
  let keyId: string;
  let key: string;
  let rotated: string;
  let deniedId: string;

  const run = (...words: readonly string[]): Promise<Outcome> => runCommand(folder, words);
  /** A command that must end with 0; gives what it printed. */
  const json = async (...words: readonly string[]) => {
    const { code, stderr, json: printed } = await run(...words, '--json');
    assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
    assert.ok(printed !== null, words.join(' '));
    return printed;
  };
  const call = (
    authorization: string,
    method = 'GET',
    path = '/v1/voiceovers/tracks',
    body?: string,
  ) =>
    https.send(method, `https://localhost:${edgePort}/pictoryapis${path}`, {
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
  const codeOf = ({ status, json: problem }: Reply): string =>
    `${status} ${(problem as { code?: string }).code}`;

  before(async () => {
    ground = await layGround();
    folder = join(ground.folder, 'own');
    mkdirSync(folder);
  });
  after(async () => {
    child?.kill('SIGKILL');
    https?.close();
    await ground.dispose();
  });

  it('init writes a configuration and a data folder, and never over one', async () => {
    edgePort = await freePort();
    const words = [
      'init',
      '--edge',
      `127.0.0.1:${edgePort}`,
      '--admin',
      `127.0.0.1:${await freePort()}`,
      '--sandbox',
      `${ground.sandbox.url}/pictoryapis`,
      '--sandbox-ca',
      ground.caFile,
      '--key-file',
      join(ground.folder, 'upstream.key'),
    ];
    const { file, ca } = await json(...words);
    assert.equal(file, 'filmgate.yaml');
    assert.equal(statSync(join(folder, 'data')).mode & 0o077, 0);
    https = new Https(readFileSync(ca, 'utf8'));
    const text = readFileSync(join(folder, 'filmgate.yaml'), 'utf8');
    assert.ok(!text.includes(ground.sandbox.apiKey));
    const again = await run(...words, '--json');
    assert.equal(again.code, 1);
    assert.match(again.stderr, /is there already; nothing was changed/);
    assert.equal(readFileSync(join(folder, 'filmgate.yaml'), 'utf8'), text);
    assert.equal((await run('config', 'check', '--json')).code, 0);
  });

  it('commands say what to do while no gateway runs', async () => {
    const { code, stderr } = await run('status', '--json');
    assert.equal(code, 1);
    assert.match(stderr, /filmgate start|admin token/);
  });

  it('start says in one line of JSON where it listens', async () => {
    child = spawn(process.execPath, [filmgate, 'start', '--ready-json'], {
      cwd: folder,
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    closed = once(child, 'close');
    const said = once(createInterface({ input: child.stdout! }), 'line') as Promise<string[]>;
    const ended = closed.then(([code]) => assert.fail(`it ended with ${String(code)}`));
    const [line] = await Promise.race([said, ended]);
    const ready = JSON.parse(line!) as Record<string, unknown>;
    assert.equal(ready['event'], 'ready');
    assert.equal(ready['edge'], `https://localhost:${edgePort}`);
    assert.equal(ready['pid'], child.pid);
    assert.ok(existsSync(String(ready['ca'])));
  });

  it('a second start on the same ports ends with 1 and says why', async () => {
    const { code, stderr } = await run('start', '--ready-json');
    assert.equal(code, 1);
    assert.match(stderr, /is in use/);
  });

  it('policy, clients and keys make a credential, shown once and only where somebody said so', async () => {
    await json('policy', 'create', 'makers', '--preset', 'create-and-read');
    await json('clients', 'create', 'app', '--owner', 'tests', '--policy', 'makers');
    const hidden = await run('keys', 'create', 'app', '--json');
    assert.equal(hidden.code, 1);
    assert.match(hidden.stderr, /nothing was created/);
    assert.deepEqual(await json('keys', 'list'), []);
    const issued = await json('keys', 'create', 'app', '--reveal');
    ({ text: key } = issued);
    keyId = issued.key.id;
    assert.match(key, /^fg_test_/);
    for (const words of [
      ['keys', 'list'],
      ['keys', 'show', keyId],
      ['clients', 'show', 'app'],
    ])
      assert.ok(!JSON.stringify(await json(...words)).includes(key), words.join(' '));
  });

  it('a call goes through, another one is denied', async () => {
    const made = await call(key, 'POST', '/v2/video/storyboard/render', storyboard);
    assert.equal(made.status, 200, made.text);
    const denied = await call(key, 'GET', '/v1/quota');
    assert.equal(codeOf(denied), '403 insufficient_scope');
    deniedId = String(denied.headers['x-request-id']);
  });

  it('why, tail, jobs and status tell of it', async () => {
    const { explanation, request } = await json('why', deniedId);
    assert.equal(request.code, 'insufficient_scope');
    assert.equal(explanation.decided_by, 'authorize');
    assert.match(explanation.remedy, /--add-scope account:read/);
    const unknown = await run('why', 'req_none', '--json');
    assert.equal(unknown.code, 1);
    const tail = await json('tail', '--once', '--client', 'app');
    assert.deepEqual(
      tail.map(({ action, decision }: Record<string, string>) => `${action} ${decision}`),
      ['getQuota denied', 'renderStoryboardVideo allowed'],
    );
    const denied = await json('tail', '--once', '--denied', '--client', 'app');
    assert.deepEqual(
      denied.map(({ id }: { id: string }) => id),
      [deniedId],
    );
    const jobs = await json('jobs', '--client', 'app');
    assert.equal(jobs.length, 1);
    const status = await json('status');
    assert.equal(status.ready, true);
    const states = status.capabilities.map(
      ({ name, state }: Record<string, string>) => `${name} ${state}`,
    );
    for (const state of ['store ok', 'audit ok', 'upstream ok'])
      assert.ok(states.includes(state), states.join(', '));
  });

  it('the remedy that why names lets the call pass', async () => {
    const { explanation } = await json('why', deniedId);
    const words = (explanation.remedy as string).split(' ').slice(1);
    await json(...words);
    // Policies may be kept for a second.
    let reply = await call(key, 'GET', '/v1/quota');
    for (let tries = 0; reply.status !== 200 && tries < 40; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      reply = await call(key, 'GET', '/v1/quota');
    }
    assert.equal(reply.status, 200, reply.text);
  });

  it('doctor finds what is weak and ends with 2', async () => {
    const { code, json: results } = await run('doctor', '--json');
    assert.equal(code, 2);
    const weak = results.filter(({ state }: { state: string }) => state !== 'fine');
    assert.ok(weak.length > 0);
    for (const { remedy, name } of weak) assert.ok(remedy, name);
    assert.ok(
      !weak.some(({ state }: { state: string }) => state === 'wrong'),
      JSON.stringify(weak),
    );
  });

  it('after keys rotate both secrets work, and the old one is told its end', async () => {
    const issued = await json('keys', 'rotate', keyId, '--overlap', '1h', '--reveal');
    rotated = issued.text;
    assert.notEqual(rotated, key);
    assert.equal(issued.key.id, keyId);
    const fresh = await call(rotated);
    assert.equal(fresh.status, 200);
    assert.equal(fresh.headers['deprecation'], undefined);
    const old = await call(key);
    assert.equal(old.status, 200);
    assert.match(String(old.headers['deprecation']), /^@\d{10}$/);
    const endsInMs = Date.parse(String(old.headers['sunset'])) - Date.now();
    assert.ok(endsInMs > 3_500_000 && endsInMs <= 3_600_000, String(old.headers['sunset']));
  });

  it('a dangerous command shows what it would do, and does it only with --yes and --reason', async () => {
    const shown = await run('keys', 'revoke', keyId, '--json');
    assert.equal(shown.code, 1);
    assert.match(shown.stderr, /nothing was changed/);
    assert.equal((await call(rotated)).status, 200);
  });

  it('after keys revoke no secret of the key works, at once', async () => {
    await json('keys', 'revoke', keyId, '--yes', '--reason', 'the test is over');
    assert.equal(codeOf(await call(rotated)), '401 credential_revoked');
    assert.equal(codeOf(await call(key)), '401 credential_revoked');
    assert.equal((await json('keys', 'show', keyId)).state, 'revoked');
  });

  it('upstream test ends with 0 while the real credential works, with 2 when it does not', async () => {
    assert.equal((await run('upstream', 'test', '--json')).code, 0);
    ground.sandbox.revokeKeys();
    assert.equal((await run('upstream', 'test', '--json')).code, 2);
  });

  it('status says when the credential cannot be had', async () => {
    rmSync(join(ground.folder, 'upstream.key'));
    const { capabilities } = await json('status');
    const upstream = capabilities.find(({ name }: { name: string }) => name === 'upstream');
    assert.equal(upstream.state, 'down');
    assert.match(upstream.detail, /upstream\.key does not exist/);
  });

  it('SIGTERM ends it with 0', async () => {
    child.kill('SIGTERM');
    assert.deepEqual(await closed, [0, null]);
    assert.equal((await run('status', '--json')).code, 1);
  });
});

describe('a wrong word or file', () => {
  let ground: Ground;
  before(async () => {
    ground = await layGround();
  });
  after(() => ground.dispose());

  const wordCases: readonly (readonly [words: readonly string[], says: RegExp])[] = [
    [['statsu'], /unknown command "statsu"; did you mean "status"\?/],
    [['keys', 'rotat'], /did you mean "rotate"\?/],
    [['keys', 'create'], /CLIENT is missing/],
    [['status', '--jsn'], /did you mean "--json"\?/],
    [['keys', 'create', 'a', '--environment', 'tset'], /did you mean "test"\?/],
    [['why', 'a', 'b'], /one word too many/],
    [['start', '--ready-json=1'], /takes no value/],
    [['status', '--url', 'http://127.0.0.1:1'], /https:\/\/HOST:PORT/],
  ];
  it('ends with 1 and names the nearest right one', async () => {
    for (const [words, says] of wordCases) {
      const { code, stderr, stdout } = await runCommand(ground.folder, words);
      assert.equal(code, 1, words.join(' '));
      assert.match(stderr, says);
      assert.equal(stdout, '');
    }
  });

  const configCases: readonly (readonly [text: string, says: RegExp])[] = [
    [
      'version: 1\negde: {}\n',
      /wrong\.yaml:2:1 egde: unknown key; did you mean "edge"\?\n {4}egde\b.*\n {4}\^{4}/,
    ],
    ['version: 2\n', /wrong\.yaml:1:1 version: allowed: 1/],
    ['edge: {}\n', /version/],
    ['version: 1\nversion: 1\n', /wrong\.yaml:2:1 .*unique/i],
    ['version: 1\nlimits: { body: 10 }\n', /limits\.body: expected/],
    ['version: 1\nlimits: { body: 10XB }\n', /a size with its unit/],
    ['version: 1\npolling: { interval: soon }\n', /a duration with its unit/],
    ['version: 1\nnetworks: { allow: [10.0.0.0/99] }\n', /a network in CIDR form/],
    ['version: 1\nupstream: { credential: { api_key: pictai_secret } }\n', /reference/],
    ['version: 1\nupstream: { base_url: "http://a.example" }\n', /upstream\.base_url/],
    ['version: 1\nupstream: { base_url: "https://127.0.0.1:1" }\n', /allow_loopback/],
    ['version: 1\nguards: { ownership: off }\n', /may not be off in production/],
    ['version: 1\nedge: { listen: "127.0.0.1:99999" }\n', /a port from 0 to 65535/],
    ['version: 1\ndata: &a x\nedge: *a\n', /alias/],
    ['version: 1\n  bad: : indent\n', /wrong\.yaml:2:/],
    ['- a\n- b\n', /expected object/],
    ['version: 1\nedge: { hosts: ["a b"] }\n', /a host name or an address/],
  ];
  it('ends with 78, with line, column and caret, and never shows a value', async () => {
    const file = join(ground.folder, 'wrong.yaml');
    for (const [text, says] of configCases) {
      writeFileSync(file, text);
      const { code, stderr } = await runCommand(ground.folder, ['config', 'check', 'wrong.yaml']);
      assert.equal(code, 78, text);
      assert.match(stderr, says);
      assert.ok(!stderr.includes('pictai_secret'), stderr);
    }
  });

  it('a start is refused and blames nobody, whatever is wrong with what the configuration names', async () => {
    const missing = await runCommand(ground.folder, ['start', '--config', 'none.yaml']);
    assert.equal(missing.code, 78);
    assert.match(missing.stderr, /none\.yaml does not exist/);
    const good = readFileSync(ground.config, 'utf8');
    const cases: Readonly<Record<string, readonly [config: string, says: RegExp]>> = {
      'a database that is none': [
        `${good}storage: { sqlite: upstream.key }\n`,
        /upstream\.key: the file is not a SQLite database/,
      ],
      'a CA that is none': [
        good.replace(/ca: .*ca\.pem/, 'ca: upstream.key'),
        /upstream\.ca|upstream\.key/,
      ],
      'a CA that is not there': [good.replace(/ca: .*ca\.pem/, 'ca: no.pem'), /no\.pem/],
      'certificates that are not there': [
        good.replace('edge: {', 'edge: { certificate: { cert: no.pem, key: no.key },'),
        /no\.pem/,
      ],
      'a data folder that is a file': [
        good.replace(/^data: .*$/m, 'data: upstream.key'),
        /upstream\.key/,
      ],
    };
    for (const [name, [config, says]] of Object.entries(cases)) {
      writeFileSync(join(ground.folder, 'broken.yaml'), config);
      const words = ['start', '--config', 'broken.yaml', '--ready-json'];
      const { code, stderr } = await runCommand(ground.folder, words);
      assert.doesNotMatch(stderr, /please report it/, name);
      assert.match(stderr, says, name);
      assert.equal(code, name === 'a data folder that is a file' ? 1 : 78, `${name}: ${stderr}`);
    }
  });
});
