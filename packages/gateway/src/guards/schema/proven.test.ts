import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nearestName } from '../../domain/nearest.ts';
import type { Json, Shape } from '../../domain/shape.ts';
import { echo } from '../../providers/echo.fixture.ts';
import type { InspectionRules } from './inspect.ts';
import { isProof, provenValues } from './proven.ts';
import { sensitiveMembers } from './sensitive.ts';

const rules: InspectionRules = {
  shapes: echo.shapes,
  sensitive: sensitiveMembers(echo.shapes),
  nearest: nearestName,
};
const proven = (value: Json, shape: Shape = { ref: 'Note' }) => [
  ...provenValues(rules, shape, value),
];

describe('a proven value', () => {
  it('is a number, a truth value, null or a choice, at its name as a WAF argument', () => {
    const note = {
      title: 'free',
      colour: 'red',
      weight: 1,
      pinned: true,
      parent: 5,
      replies: [{ title: 'x', count: 2 }],
    };
    assert.deepEqual(proven(note).sort(), [
      'json.colour',
      'json.parent',
      'json.pinned',
      'json.replies.0.count',
      'json.weight',
    ]);
    assert.deepEqual(proven(null, { types: ['null'] }), ['json']);
  });

  it('is a text of a form that leaves no room', () => {
    assert.deepEqual(proven({ tags: ['abc', 'ABC'], sure: true }, { ref: 'Tags' }), [
      'json.tags.0',
      'json.sure',
    ]);
  });

  it('is judged by the branch that it fits', () => {
    assert.deepEqual(proven({ title: 'a', voice: 5 }), ['json.voice']);
    assert.deepEqual(proven({ title: 'a', voice: 'five' }), []);
    assert.deepEqual(proven({ title: 'a', voice: 'no branch fits' }), []);
  });

  it('does not fit a shape that says nothing', () => {
    assert.deepEqual(proven({ title: 'a', extra: { n: 1 }, anything: 5, unknown: 1 }), []);
    assert.deepEqual(proven({ title: 'a', weight: '1' }), []);
    assert.deepEqual(proven({ title: 'a', colour: 'blue' }), []);
  });

  it('does not lend its name to another value', () => {
    const shape: Shape = {
      types: ['object'],
      properties: { a: { types: ['object'], properties: { b: { types: ['number'] } } } },
    };
    assert.deepEqual(proven({ a: { b: 1 } }, shape), ['json.a.b']);
    assert.deepEqual(proven({ a: { b: 1 }, 'a.b': "' or 1=1" }, shape), []);
    assert.deepEqual(proven({ 'a.b': "' or 1=1", a: { b: 1 } }, shape), []);
    assert.deepEqual(proven({ a: { b: 1 }, c: [{ 'd.e': 1 }] }, shape), []);
  });
});

describe('a pattern', () => {
  const harmless = [
    '^[0-9]{12}$',
    '^(100|[1-9]?[0-9])%$',
    '^[a-z]{1,8}$',
    '^[0-9a-f]{8}-[0-9a-f]{4}$',
  ];
  const doubtful = [
    '^.{5}$',
    '^[^0-9]{5}$',
    String.raw`^\w{5}$`,
    '^a|b$',
    '^[ -~]{5}$',
    "^[a-z']{5}$",
    '^a{5}',
    'a{5}$',
    '^[a-z]{1,}$',
    '^[a-z]+$',
    '^[a-z]*$',
    '^[<-z]{5}$',
  ];

  it('proves when it is built of harmless characters and bounded', () => {
    for (const pattern of harmless) {
      const sample = {
        '^[0-9]{12}$': '123456789012',
        '^(100|[1-9]?[0-9])%$': '50%',
        '^[a-z]{1,8}$': 'abc',
      }[pattern];
      const text = sample ?? '0123abcd-0123';
      assert.equal(isProof({ types: ['string'], pattern }, text), true, pattern);
    }
  });

  it('proves nothing otherwise', () => {
    for (const pattern of doubtful) {
      for (const text of ['aaaaa', 'a', 'b']) {
        assert.equal(isProof({ types: ['string'], pattern }, text), false, pattern);
      }
    }
  });
});

describe('free text', () => {
  it('is never proven, wherever it stands', () => {
    const attack = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("' or 1=1--", '<script>', '../../etc/passwd', 'red', 'abc', 'true', '1'),
    );
    const value = fc.record(
      {
        title: attack,
        parent: attack,
        colour: attack,
        weight: fc.oneof(attack, fc.double()),
        voice: attack,
        link: attack,
        sourceUrl: attack,
        extra: fc.object({ maxDepth: 2, values: [attack] }),
        anything: attack,
        replies: fc.array(fc.record({ title: attack, colour: attack }), { maxLength: 2 }),
        'replies.0.colour': attack,
      },
      { requiredKeys: [] },
    );
    const texts = (one: unknown, name: string): [string, string][] => {
      if (typeof one === 'string') return [[name, one]];
      if (typeof one !== 'object' || one === null) return [];
      return Object.entries(one).flatMap(([member, inner]) => texts(inner, `${name}.${member}`));
    };
    fc.assert(
      fc.property(value, (one) => {
        const names = new Set(proven(one as Json));
        for (const [name, text] of texts(one, 'json')) {
          if (names.has(name)) assert.match(text, /^(?:red|green)$/, `${name} is called proven`);
        }
      }),
      { numRuns: 500 },
    );
  });
});
