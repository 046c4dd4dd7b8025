import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { isDenial } from '../domain/denial.ts';
import type { Received } from '../domain/received.ts';
import type { Json } from '../domain/shape.ts';
import { parseAddress } from '../domain/network.ts';
import { echo, echoOperation } from '../providers/echo.fixture.ts';
import { testWaf } from '../waf/waf.fixture.ts';
import type { Inspection } from '../waf/inspection.ts';
import { headers } from './guards.fixture.ts';
import { schema } from './schema.ts';
import { wafBody } from './wafBody.ts';
import { wafHeaders } from './wafHeaders.ts';

/** A rule that takes down every argument that rules look at. */
const watch = `SecRule ARGS "@rx ^" "id:50001,phase:2,pass,log,t:none,msg:'looked at'"`;
const operation = echoOperation('createNote');
const grant = {
  scopes: new Set<string>(),
  capabilities: new Set(['pin', 'voice', 'remote-urls']),
  remoteHosts: [],
};
const guard = schema(echo);

interface Looked {
  readonly inspection: Inspection;
  readonly denial: string | null;
}

/** The way of a body through the two guards; null when the schema refuses it. */
function look(waf: ReturnType<typeof testWaf>, json: Json): Looked | null {
  const bytes = Buffer.from(JSON.stringify(json));
  const received = {
    id: 'req_1',
    method: 'POST',
    path: '/echo/notes',
    query: [],
    headers: headers({
      host: 'localhost',
      'user-agent': 'test',
      accept: '*/*',
      'content-type': 'application/json',
      'content-length': String(bytes.length),
    }),
  } as unknown as Received;
  const inspection = waf.inspect(received);
  const content = { bytes, json, stream: null };
  const facts = { ...received, inspection, operation, parameters: {}, content, grant };
  const input = guard.check(facts);
  if (isDenial(input) || input instanceof Promise) return null;
  const peer = { ip: '192.0.2.1', address: parseAddress('192.0.2.1')! };
  const head = wafHeaders.check({ ...facts, peer });
  const body = isDenial(head) ? head : wafBody.check({ ...facts, ...input });
  return { inspection, denial: isDenial(body) ? body.code : null };
}

/** Every value of a body under its name as an argument. */
function* leaves(value: Json, name = 'json'): Generator<readonly [string, Json]> {
  if (typeof value !== 'object' || value === null) yield [name, value];
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${name}.${key}`);
}

const freeText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom("1' or '1'='1", '<script>', '$(id)', '../etc', 'plain', '12', 'true', 'red'),
);
const members = {
  parent: fc.oneof(fc.integer(), freeText),
  colour: fc.constantFrom('red', 'green'),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  count: fc.integer({ min: -9_999, max: 9_999 }),
  pinned: fc.boolean(),
  voice: fc.oneof(fc.integer(), freeText),
  extra: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), freeText, { maxKeys: 2 }),
  anything: fc.oneof(freeText, fc.integer(), fc.array(freeText, { maxLength: 2 })),
} as const;
/** A title and up to two members: a finding keeps five of its matches. */
const note = fc
  .record({
    title: freeText.filter((text) => text.length > 0),
    rest: fc.record(members),
    kept: fc.subarray(Object.keys(members) as (keyof typeof members)[], { maxLength: 2 }),
  })
  .map(({ title, rest, kept }) => ({
    title,
    ...Object.fromEntries(kept.map((name) => [name, rest[name]])),
  }));

describe('what rules look at in a body', () => {
  it('is every free text, and no value that the schema has proven', () => {
    const waf = testWaf({ exclusions: watch });
    let texts = 0;
    let proven = 0;
    fc.assert(
      fc.property(note, (body) => {
        const looked = look(waf, body);
        if (looked === null) return;
        const seen = new Set(
          looked.inspection
            .conclude()
            .filter(({ rule }) => rule === 50_001)
            .flatMap(({ matched }) => matched.map(({ variable }) => variable)),
        );
        for (const [name, value] of leaves(body)) {
          const isLooked = seen.has(`ARGS:${name}`);
          if (typeof value === 'string' && name !== 'json.colour') {
            assert.ok(isLooked, `${name} is free text`);
            texts += 1;
          } else if (/^json\.(?:colour|weight|count|pinned)$/.test(name)) {
            assert.ok(!isLooked, `${name} is proven`);
            proven += 1;
          }
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(texts > 100 && proven > 50, `${texts} texts, ${proven} proven values`);
  });
});

describe('the guard of bodies', () => {
  const waf = testWaf();

  it('blocks an attack in whatever text of a body it stands', () => {
    const attack = '1 UNION SELECT a,b FROM c--';
    for (const body of [
      { title: attack },
      { title: 'a', extra: { deep: [{ er: attack }] } },
      { title: 'a', anything: [attack] },
      { title: 'a', echoed: { [attack]: 1 } },
      { title: 'a', extra: { wrapped: Buffer.from(attack).toString('base64') } },
    ]) {
      assert.equal(look(waf, body)?.denial, 'waf_blocked', JSON.stringify(body));
    }
  });

  it('lets a harmless body pass, and finds nothing in it', () => {
    const looked = look(waf, { title: "O'Brien's calm morning", count: 3, colour: 'red' });
    assert.equal(looked?.denial, null);
    assert.deepEqual(looked?.inspection.conclude(), []);
  });
});
