import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { formatTarget } from '../domain/canonicalTarget.ts';
import { readTarget, type Target } from './target.ts';

/** What stands behind the first slash, and why it must not pass. */
const refused: readonly string[] = [
  // dot segments, in every spelling
  '/..',
  '/.',
  '/a/../b',
  '/a/./b',
  '/a/..',
  '/a/%2e%2e/b',
  '/a/%2E%2e/b',
  '/a/.%2e/b',
  '/a/%2e/b',
  '/pub%2e%2e/..',
  '/pub/..%2fadmin',
  '/pub/%2e%2e%2fadmin',
  '/pub/%252e%252e/admin',
  '/pub/%25252e%25252e/admin',
  '/pub/..%252fadmin',
  '/pub/..%c0%afadmin',
  '/pub/%c0%ae%c0%ae/admin',
  '/pub/..;/admin',
  '/pub/..;a=b/admin',
  '/pub/..%3b/admin',
  '/pub/..\\admin',
  '/pub/..%5cadmin',
  '/pub/..%5Cadmin',
  '/pub/..%00/admin',
  // characters that end or split a segment somewhere
  '/a%2fb',
  '/a%2Fb',
  '/a%5cb',
  '/a\\b',
  '/a%00',
  '/a%00.mp4',
  '/a;b',
  '/a;b=c',
  '/admin;x=y',
  '/a%3bb',
  '/a%3Bb',
  '/a#b',
  '/a?b#c',
  '/a%23b',
  '/a%3Fb',
  '/a%3fb',
  '/a%25b',
  '/a%252fb',
  '/a%0d%0aSet-Cookie:x',
  '/a%0a',
  '/a%09b',
  '/a%1bb',
  '/a%7f',
  '/a\tb',
  '/a b',
  '/a\0b',
  '/a\x7fb',
  // bad escapes and bad UTF-8
  '/%',
  '/a%',
  '/a%2',
  '/a%zz',
  '/a%2gb',
  '/a%u0041',
  '/a%ff',
  '/a%c3',
  '/a%c3%28',
  '/a%ed%a0%80',
  '/a%f4%90%80%80',
  '/a%e2%82',
  '/a\u00e9',
  '/a\ud800',
  // queries
  '/a?b=%',
  '/a?b=%zz',
  '/a?%=b',
  '/a?b=%ff',
  '/a?b=%c0%af',
  '/a?b=%00',
  '/a?b=\\',
  '/a?b=c d',
  // not in origin form
  '',
  '*',
  'a',
  '?a',
  'localhost:443',
  'http://localhost/',
  ' /a',
];

test('what can be read in two ways is refused', () => {
  for (const raw of refused) {
    const target = readTarget(raw);
    assert.ok('denied' in target, JSON.stringify(raw));
    assert.equal(target.code, 'target_invalid');
    assert.ok(
      !JSON.stringify(target).includes(raw) || raw.length < 3,
      'the refusal does not hold the input',
    );
  }
  assert.ok(refused.length >= 79, `${refused.length} cases`);
});

test('many spellings of a path have one canonical text', () => {
  const spellings: readonly (readonly [raw: string, path: string, segments: readonly string[]])[] =
    [
      ['/', '/', []],
      ['//', '/', []],
      ['/a', '/a', ['a']],
      ['/a/', '/a', ['a']],
      ['//a//b//', '/a/b', ['a', 'b']],
      ['///evil.example/a', '/evil.example/a', ['evil.example', 'a']],
      ['/%76%31/projects', '/v1/projects', ['v1', 'projects']],
      ['/v1/%70rojects', '/v1/projects', ['v1', 'projects']],
      ['/a%2db%5Fc%2Ed%7e', '/a-b_c.d~', ['a-b_c.d~']],
      ['/a%20b', '/a%20b', ['a b']],
      ['/a+b', '/a%2Bb', ['a+b']],
      ['/a:b@c', '/a%3Ab%40c', ['a:b@c']],
      ["/a!'()*", '/a%21%27%28%29%2A', ["a!'()*"]],
      ['/%c3%a9', '/%C3%A9', ['é']],
      ['/a"b<c>|{}^`', '/a%22b%3Cc%3E%7C%7B%7D%5E%60', ['a"b<c>|{}^`']],
      ['/...', '/...', ['...']],
      ['/.well-known', '/.well-known', ['.well-known']],
    ];
  for (const [raw, path, segments] of spellings) {
    const target = readTarget(raw);
    assert.ok(!('denied' in target), raw);
    assert.equal(target.path, path);
    assert.deepEqual(target.segments, segments);
  }
});

test('a query is decoded once into pairs, with + as a space', () => {
  const pairs = (raw: string) => {
    const target = readTarget(raw);
    assert.ok(!('denied' in target), raw);
    return target.query;
  };
  assert.deepEqual(pairs('/?a=1&b=2&a=3'), [
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ]);
  assert.deepEqual(pairs('/?a&b=&=c&&'), [
    ['a', ''],
    ['b', ''],
    ['', 'c'],
  ]);
  assert.deepEqual(pairs('/?a=b=c'), [['a', 'b=c']]);
  assert.deepEqual(pairs('/?q=a+b%20c%2Bd'), [['q', 'a b c+d']]);
  assert.deepEqual(pairs('/?u=%252e%2526'), [['u', '%2e%26']]);
  assert.deepEqual(pairs('/?u=https://x.example/a;b?c'), [['u', 'https://x.example/a;b?c']]);
  assert.deepEqual(pairs('/?'), []);
  assert.deepEqual(pairs('/?__proto__=1'), [['__proto__', '1']]);
});

/** Text made of what attackers make targets of. */
const hostile = fc
  .array(
    fc.constantFrom(
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2E',
      '%2f',
      '%5c',
      '%',
      '%25',
      '%252e',
      ';',
      '\\',
      '#',
      '?',
      '&',
      '=',

      'a',
      'V1',
      '%41',
      '%c3%a9',
      '%ff',
      '%00',
      '%0a',
      '+',
      ' ',
      '~',
      '%7e',
      '"',
      'é',
      '%2b',
      '@',
      ':',
    ),
    { maxLength: 12 },
  )
  .map((parts) => `/${parts.join('')}`);

const anything = fc.oneof(
  hostile,
  fc.string({ unit: 'binary' }).map((text) => `/${text}`),
  fc.webPath(),
);

const isTarget = (target: ReturnType<typeof readTarget>): target is Target => !('denied' in target);

test('the canonical text of a target is its own canonical text, and means the same', () => {
  let read = 0;
  fc.assert(
    fc.property(anything, (raw) => {
      const target = readTarget(raw);
      if (!isTarget(target)) return;
      read += 1;
      const again = readTarget(formatTarget(target));
      assert.deepEqual(again, target);
      assert.ok(isTarget(again));
      assert.equal(formatTarget(again), formatTarget(target));
    }),
    { numRuns: 3_000 },
  );
  assert.ok(read > 300, `${read} targets were read`);
});

test('no canonical path holds anything that another reader could take for structure', () => {
  fc.assert(
    fc.property(anything, (raw) => {
      const target = readTarget(raw);
      if (!isTarget(target)) return;
      assert.match(
        target.path,
        /^\/(?:(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+(?:\/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+)*)?$/,
      );
      assert.doesNotMatch(target.path, /%(?:2F|5C|00|3B|23|3F|25|0[0-9A-F]|1[0-9A-F]|7F)/);
      for (const segment of target.segments) assert.ok(!['', '.', '..'].includes(segment));
      assert.equal(target.path, new URL(target.path, 'https://a').pathname);
    }),
    { numRuns: 3_000 },
  );
});

test('whatever the decoded segments and pairs are, writing and reading them gives them back', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\0\ud800-\udfff]/u.test(value));
  const pairs = fc.array(fc.tuple(text, text), { maxLength: 5 });
  fc.assert(
    fc.property(pairs, (query) => {
      const kept = query.filter(([name, value]) => name !== '' || value !== '');
      const target = readTarget(formatTarget({ path: '/a', query: kept }));
      assert.ok(isTarget(target));
      assert.deepEqual(target.query, kept);
    }),
  );
});
