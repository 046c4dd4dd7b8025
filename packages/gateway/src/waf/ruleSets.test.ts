import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ConfigError } from '../config/load.ts';
import { RuleSets, type WafOptions } from './ruleSets.ts';
import { testWaf } from './waf.fixture.ts';

function place(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-rules-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const exclusions = join(folder, 'exclusions.conf');
  const alarms: string[] = [];
  const options: WafOptions = {
    places: () => ({ crs: null, exclusions }),
    overrides: [],
    prefix: '/echo',
    limits: { bodyDepthMax: 64, valuesMax: 1_000 },
    engine: { mode: 'On' },
    soundFile: join(folder, 'sound'),
    alarm: (message) => alarms.push(message),
  };
  return { folder, exclusions, alarms, options };
}

describe('rule sets', () => {
  it('with a fault are refused with file, line and column', (t) => {
    const { exclusions, options } = place(t);
    writeFileSync(exclusions, '# fine\nSecRule ARGS "@rx (" "id:1,phase:1"\n');
    assert.throws(
      () => new RuleSets(options),
      (error: unknown) =>
        error instanceof ConfigError && error.message.includes(`${exclusions}:2:`),
    );
  });

  it('stay in force when a reload finds a fault, and requests under way keep theirs', (t) => {
    const { exclusions, options } = place(t);
    const sets = new RuleSets(options);
    const before = sets.inForce;
    writeFileSync(exclusions, 'SecRool\n');
    assert.throws(() => sets.reload(), ConfigError);
    assert.equal(sets.inForce, before);
    writeFileSync(exclusions, 'SecRuleRemoveByTag "attack-sqli"\n');
    assert.ok(sets.reload().rules < before.facts.rules);
    assert.notEqual(sets.inForce, before);
  });

  it('that were found sound are not compiled before they are needed', (t) => {
    const { folder, exclusions, options } = place(t);
    void new RuleSets(options);
    const sound = readFileSync(join(folder, 'sound'), 'utf8');
    assert.match(sound, /^[0-9a-f]{64}$/);
    // Rules that would be refused, were they compiled.
    writeFileSync(exclusions, 'SecRool\n');
    assert.throws(
      () => new RuleSets(options),
      ConfigError,
      'another text is not known to be sound',
    );
    rmSync(exclusions);
    const waiting = new RuleSets(options);
    assert.ok(waiting.inForce.facts.rules > 40);
  });

  it('tell of exclusions that mean no rule', (t) => {
    const { exclusions, options, alarms } = place(t);
    writeFileSync(exclusions, 'SecRuleRemoveById 123456\n');
    void new RuleSets(options);
    assert.match(alarms.join(), /exclusions\.conf:1 /);
  });
});

const request = {
  id: 'req_1',
  method: 'GET',
  path: '/echo/notes',
  query: [['after', 'a']],
  headers: { pairs: [['host', 'localhost']], get: () => undefined },
} as never;

describe('an answer', () => {
  const leak = `SecRule RESPONSE_BODY "@contains stack trace" "id:50001,phase:4,deny,log,msg:'leak'"
SecRule RESPONSE_HEADERS:x-leak "@rx ." "id:50002,phase:3,deny,log,msg:'leak'"`;
  const { inspect } = testWaf({ exclusions: leak });
  const json = ['content-type', 'application/json'] as const;
  const judge = (headers: readonly (readonly [string, string])[], body: never) => {
    const inspection = inspect(request);
    inspection.head({ id: 'listNotes' } as never, '192.0.2.1');
    inspection.body(null, () => new Set());
    return inspection.answer({ status: 200, headers, body })?.code ?? null;
  };

  it('is held back for its body, whether text or bytes', () => {
    const text = '{"error":"stack trace at line 1"}';
    assert.equal(judge([json], text as never), 'waf_response_blocked');
    assert.equal(judge([json], Buffer.from(text) as never), 'waf_response_blocked');
    assert.equal(judge([json], '{"fine":1}' as never), null);
  });

  it('is held back for its head, also when its body is a stream', () => {
    const stream = (async function* () {})() as never;
    assert.equal(judge([json, ['x-leak', '1']], stream), 'waf_response_blocked');
    assert.equal(judge([json], stream), null);
  });

  it('of another media type is judged by its head alone', () => {
    assert.equal(judge([['content-type', 'video/mp4']], 'stack trace' as never), null);
  });
});
