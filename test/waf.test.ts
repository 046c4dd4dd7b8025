import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { sharedCorpus } from '../packages/waf/crs/corpus.ts';
import { offline } from './process/ground.ts';
import { filmgate, makeClient, makeProgram } from './process/program.ts';
import { openStage, type Stage } from './process/stage.ts';
import type { Reply } from './process/https.ts';

const injection = "1' UNION SELECT password FROM users--";

interface Finding {
  readonly rule: number;
  readonly matched: readonly { readonly variable: string; readonly value: string }[];
  readonly score: number;
  readonly reported: boolean;
}

interface Explained {
  readonly request: { readonly code: string | null; readonly findings: readonly Finding[] };
  readonly explanation: {
    readonly checks: readonly { readonly name: string; readonly result: string }[];
  };
}

/** A gateway with one client, and what its tests ask of it. */
class Scene {
  readonly stage: Stage;
  readonly #key: string;

  private constructor(stage: Stage, key: string) {
    this.stage = stage;
    this.#key = key;
  }

  static async open(t: TestContext, config = '', more: object = {}): Promise<Scene> {
    const stage = await openStage({ config: `${offline}\n${config}`, ...more });
    t.after(() => stage.dispose());
    const { key } = await makeClient(stage, 'writer');
    return new Scene(stage, key);
  }

  render(story: string, sceneCount = 1): Promise<Reply> {
    const scene = { story, createSceneOnEndOfSentence: true };
    return this.#send(
      'POST',
      '/v2/video/storyboard/render',
      {},
      {
        videoName: 'waf_test',
        scenes: Array.from({ length: sceneCount }, () => scene),
      },
    );
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.#send('GET', path, headers);
  }

  async explain(reply: Reply): Promise<Explained> {
    const { json } = await this.stage.admin('GET', `/v1/requests/${idOf(reply)}`);
    return json as Explained;
  }

  #send(method: string, path: string, headers: object, body?: object): Promise<Reply> {
    return this.stage.edge.send(method, `${this.stage.origin}/pictoryapis${path}`, {
      headers: {
        authorization: `Bearer ${this.#key}`,
        'user-agent': 'test',
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}

const idOf = (reply: Reply): string => String(reply.headers['x-request-id']);
const codeOf = (reply: Reply): unknown => (reply.json as { code?: unknown } | null)?.code;

describe('the web application firewall of a gateway', () => {
  it('blocks an injection in a text, and tells its caller nothing but that', async (t) => {
    const scene = await Scene.open(t);
    const blocked = await scene.render(injection);
    assert.equal(blocked.status, 403);
    assert.equal(codeOf(blocked), 'waf_blocked');
    assert.doesNotMatch(blocked.text, /UNION|220|score|ARGS|scenes|\.conf/);
    const { request, explanation } = await scene.explain(blocked);
    const fields = request.findings.flatMap(({ matched }) => matched.map((one) => one.variable));
    assert.ok(fields.includes('ARGS:json.scenes.0.story'), fields.join());
    assert.equal(explanation.checks.find(({ name }) => name === 'wafBody')?.result, 'denied');
    assert.doesNotMatch(JSON.stringify(request), /password FROM/);
    assert.equal((await scene.render("O'Brien's plan: select a shot, drop by at 5.")).status, 200);
  });

  it('blocks an attack in a header before it asks for a credential', async (t) => {
    const scene = await Scene.open(t);
    const attack = { 'user-agent': 'sqlmap/1.7.2#stable (https://sqlmap.org)' };
    const blocked = await scene.get('/v1/jobs', { ...attack, authorization: 'Bearer nobody' });
    assert.equal(codeOf(blocked), 'waf_blocked');
    const { explanation, request } = await scene.explain(blocked);
    assert.equal(explanation.checks.find(({ name }) => name === 'wafHeaders')?.result, 'denied');
    assert.equal(
      explanation.checks.find(({ name }) => name === 'authenticate')?.result,
      'not reached',
    );
    assert.ok(request.findings.length > 0);
  });

  it('never writes down a credential, in whatever header an attack stands', async (t) => {
    const scene = await Scene.open(t);
    const secret = "hunter2hunter2' UNION SELECT password FROM users--";
    const blocked = await scene.get('/v1/jobs', { authorization: `Bearer ${secret}` });
    const explained = JSON.stringify(await scene.explain(blocked));
    assert.doesNotMatch(explained, /hunter2/);
  });

  it('in report mode lets through what it would block, and says so', async (t) => {
    const scene = await Scene.open(t, 'guards: { waf: report }');
    const passed = await scene.render(injection);
    assert.equal(passed.status, 200);
    const { request, explanation } = await scene.explain(passed);
    assert.ok(request.findings.some(({ score }) => score > 0));
    assert.equal(explanation.checks.find(({ name }) => name === 'wafBody')?.result, 'reported');
  });

  it('looks at nothing when it is off', async (t) => {
    const scene = await Scene.open(t, 'guards: { waf: off }');
    const passed = await scene.render(injection);
    assert.equal(passed.status, 200);
    assert.deepEqual((await scene.explain(passed)).request.findings, []);
    assert.equal((await scene.stage.admin('POST', '/v1/waf/reload', {})).status, 409);
  });

  it('lets rules only report at one operation and field, and block elsewhere', async (t) => {
    const scene = await Scene.open(
      t,
      `waf:
  overrides:
    - { tag: attack-sqli, operation: renderStoryboardVideo, field: json.scenes.*.story, mode: report }`,
    );
    const passed = await scene.render(injection);
    assert.equal(passed.status, 200, passed.text);
    const { request } = await scene.explain(passed);
    assert.ok(request.findings.length > 0);
    assert.ok(request.findings.every(({ reported }) => reported));
    assert.equal(codeOf(await scene.render('<script>alert(1)</script>')), 'waf_blocked');
    assert.equal(codeOf(await scene.get(`/v1/jobs?${query(injection)}`)), 'parameter_unknown');
  });

  it('takes a reviewed exclusion from a blocked request, for that field alone', async (t) => {
    const scene = await Scene.open(t);
    const { admin, folder } = scene.stage;
    const blocked = await scene.render(injection);
    const body = { request_id: idOf(blocked), reason: 'a lesson about SQL \\' };
    const preview = await admin('POST', '/v1/waf/exclusions?dry_run=true', body);
    assert.equal(preview.status, 200, preview.text);
    const file = join(folder, 'data', 'waf-exclusions.conf');
    assert.equal(existsSync(file), false);
    const excluded = await admin('POST', '/v1/waf/exclusions', body);
    assert.equal(excluded.status, 200, excluded.text);
    const text = readFileSync(file, 'utf8');
    assert.match(text, new RegExp(`for ${idOf(blocked)}`));
    assert.match(text, /a lesson about SQL/);
    assert.equal((await scene.render(injection)).status, 200);
    assert.equal(codeOf(await scene.render('<script>alert(1)</script>')), 'waf_blocked');
    const name = { ...body, field: 'REQUEST_FILENAME|ARGS' };
    assert.equal((await admin('POST', '/v1/waf/exclusions', name)).status, 400);
  });

  it('keeps its rules when new ones are not valid, alarms, and says where the fault is', async (t) => {
    const scene = await Scene.open(t);
    const { admin, folder, alarms } = scene.stage;
    writeFileSync(join(folder, 'data', 'waf-exclusions.conf'), 'SecRuleRemoveById 1\nSecRool x\n');
    const refused = await admin('POST', '/v1/waf/reload', {});
    assert.equal(refused.status, 409);
    assert.equal(codeOf(refused), 'waf_rules_invalid');
    assert.match(refused.text, /waf-exclusions\.conf:2:1/);
    assert.match(alarms.join('\n'), /waf-exclusions\.conf:2:1/);
    assert.equal(codeOf(await scene.render(injection)), 'waf_blocked');
  });

  it('drops no request while its rules are read again', async (t) => {
    const scene = await Scene.open(t);
    const { admin } = scene.stage;
    const reloads: number[] = [];
    const roundCount = 5;
    const load = Array.from({ length: 8 }, async () => {
      const statuses: number[] = [];
      while (reloads.length < roundCount) {
        statuses.push((await scene.get('/v1/jobs')).status);
        statuses.push((await scene.render(injection)).status);
      }
      return statuses;
    });
    for (let round = 0; round < roundCount; round += 1) {
      reloads.push((await admin('POST', '/v1/waf/reload', {})).status);
    }
    assert.deepEqual(reloads, [200, 200, 200, 200, 200]);
    const statuses = (await Promise.all(load)).flat();
    assert.ok(statuses.length >= 16, `only ${statuses.length} requests were made`);
    assert.deepEqual(new Set(statuses), new Set([200, 403]));
  });

  it('refuses a body that is larger than what it inspects', async (t) => {
    const scene = await Scene.open(t, 'waf: { inspect: 4KB }');
    const refused = await scene.render('a calm morning. '.repeat(400));
    assert.equal(refused.status, 413);
    assert.equal(codeOf(refused), 'body_too_large');
  });

  it('refuses what takes more steps than are allowed', async (t) => {
    const scene = await Scene.open(t, 'waf: { budget_steps: 100000 }');
    const refused = await scene.render('(select \' or "'.repeat(1_000), 20);
    assert.equal(refused.status, 403, refused.text);
    assert.equal(codeOf(refused), 'waf_budget_exceeded');
  });

  it('does not start with rules that are not valid', async (t) => {
    const program = await makeProgram({ config: offline });
    t.after(() => program.dispose());
    writeFileSync(
      join(program.folder, 'data', 'waf-exclusions.conf'),
      '\nSecRule ARGS "@nope x" "id:1"\n',
    );
    const ended = spawnSync(process.execPath, [filmgate, 'start', '--config', program.config], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.equal(ended.status, 78);
    assert.match(ended.stderr, /waf-exclusions\.conf:2:\d+ /);
  });
});

/** The command line beside a running gateway, as its first owner. */
function commands(config: string, token: string) {
  return (...words: string[]) => {
    const ended = spawnSync(process.execPath, [filmgate, ...words, '--config', config], {
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, FILMGATE_ADMIN_TOKEN: token },
    });
    return { status: ended.status, out: ended.stdout, error: ended.stderr };
  };
}

describe('the command line of the firewall', () => {
  it('judges requests of a file, and takes no release that it does not know', async (t) => {
    const program = await makeProgram({ config: offline });
    t.after(() => program.dispose());
    const run = commands(program.config, '');
    const file = join(program.folder, 'requests.tsv');
    const body = Buffer.from(JSON.stringify({ a: injection })).toString('base64');
    writeFileSync(file, `GET\t/a?b=calm\nPOST\t/a\tapplication/json\t${body}\n`);
    const tried = run('waf', 'test', file, '--json');
    assert.equal(tried.status, 0, tried.error);
    const results = JSON.parse(tried.out) as readonly { readonly verdict: string }[];
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      ['passed', 'blocked'],
    );
    const refused = run('waf', 'update', '--from', program.folder);
    assert.equal(refused.status, 1);
    assert.match(refused.error, /is missing[\s\S]*nothing was changed/);
    const asked = run('waf', 'update');
    assert.equal(asked.status, 1);
    assert.match(asked.error, /waf update --from coreruleset-/);
    assert.equal(run('waf', 'rollback').status, 1);
  });
});

const query = (text: string): string => `name=${encodeURIComponent(text)}`;

const corpus = sharedCorpus();
const skip = corpus === null ? 'no Core Rule Set beside the project' : false;

describe('the Core Rule Set in a gateway', { skip }, () => {
  it('is put in place with every file checked, and is in force at the next start', async (t) => {
    const program = await makeProgram({ config: offline });
    t.after(() => program.dispose());
    const run = commands(program.config, '');
    const release = join(corpus!.rulesFolder, '..');
    const updated = run('waf', 'update', '--from', release);
    assert.equal(updated.status, 0, updated.error);
    const { admin } = await program.start();
    const rules = (await admin('GET', '/v1/waf')).json as {
      core_rule_set: { signature: string } | null;
      rules: number;
    };
    assert.equal(rules.core_rule_set?.signature, 'OWASP_CRS/4.28.0');
    assert.ok(rules.rules > 600);
    assert.equal(run('waf', 'rollback').status, 1);
  });
});
