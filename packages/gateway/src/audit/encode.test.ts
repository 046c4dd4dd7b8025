import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { formatKey, newKeyId, newSecret } from '../credentials/keyText.ts';
import { newToken } from '../credentials/tokenText.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { decodeEntry, readHead } from './decode.ts';
import { encodeEntry, lineStart, settledLineStart } from './encode.ts';
import { entry } from './samples.fixture.ts';

const full: AuditEntry = entry({
  target: 'job 1',
  code: 'rate_limited',
  created: ['job 1'],
  reason: 'asked for',
  changes: { name: ['a', 'b'], nested: { deep: null, flag: true } },
  trail: [
    { guard: 'rate', result: 'denied', code: 'rate_limited', detail: { reason: 'r', max: 3 } },
  ],
});

test('an entry comes back as it was written', () => {
  for (const each of [entry(), full, entry({ phase: 'intent', actor: { kind: 'anonymous' } })]) {
    assert.deepEqual(decodeEntry(encodeEntry(each)), each);
  }
});

test('whatever text is in it, the line is one line that shows nothing but itself', () => {
  const nasty = fc.constantFrom(
    '\u202e',
    '\u001b[31m',
    '\u009b',
    '\n',
    '\r',
    '\u2028',
    '\u{e0041}',
  );
  const text = fc.array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 8 });
  fc.assert(
    fc.property(text, text, (some, other) => {
      const [path, reason] = [some.join(''), other.join('')];
      const line = encodeEntry(entry({ path, reason, changes: { [path]: reason } }));
      assert.equal(line.indexOf('\n'), line.length - 1);
      // Control, format, line and paragraph separators: nothing that has no shape of its own.
      assert.doesNotMatch(
        line.slice(0, -1),
        /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\p{Zl}\p{Zp}\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u,
      );
      const back = decodeEntry(line);
      assert.equal(back?.path, path.toWellFormed() === path ? path : back?.path);
      assert.equal(back?.reason, reason.toWellFormed() === reason ? reason : back?.reason);
    }),
  );
});

test('only the members of an entry are written, whatever the object holds', () => {
  const secret = 'pa55word';
  const wide = {
    ...entry(),
    authorization: secret,
    actor: { ...entry().actor, digest: secret },
    trail: [{ guard: 'peer', result: 'passed', headers: { cookie: secret } }],
  } as unknown as AuditEntry;
  assert.doesNotMatch(encodeEntry(wide), new RegExp(secret));
});

test('free-form values lose what is not JSON and keep a bounded size', () => {
  const cycle: Record<string, unknown> = { name: 'x'.repeat(100_000) };
  cycle['self'] = cycle;
  const line = encodeEntry(
    entry({
      changes: {
        cycle,
        big: 10n,
        code: () => 1,
        map: new Map([['secret', 1]]),
        error: new Error('secret'),
        many: Array.from({ length: 10_000 }, (_, index) => index),
      },
    }),
  );
  assert.ok(line.length < 40_000, `${line.length} characters`);
  const { changes } = decodeEntry(line)!;
  assert.deepEqual(Object.keys(changes!), ['cycle', 'many']);
  assert.doesNotMatch(line, /secret/);
});

test('credentials that stand in an address or a name are cut down to what is public', () => {
  const id = newKeyId();
  const secret = newSecret();
  const key = formatKey({ environment: 'live', id, secret });
  const token = newToken();
  const line = encodeEntry(
    entry({ path: `/v1/${key}/x`, reason: `Bearer ${token}`, target: `fga_${secret}` }),
  );
  assert.ok(line.includes(`/v1/fg_live_${id}_[redacted]/x`));
  assert.ok(!line.includes(secret) && !line.includes(token.slice(4)));
});

test('the head of a line is told without parsing it, and foreign lines have none', () => {
  const line = encodeEntry(full);
  assert.deepEqual(readHead(line), { id: full.id, phase: full.phase, atMs: full.atMs });
  assert.ok(line.startsWith(lineStart(full.id)) && line.startsWith(settledLineStart(full.id)));
  for (const foreign of [
    '',
    '{}',
    'x',
    '{"id":"a","phase":"other","atMs":1,"x":1}',
    line.slice(9),
  ]) {
    assert.equal(readHead(foreign), null);
    assert.equal(decodeEntry(foreign), null);
  }
  assert.equal(decodeEntry(line.slice(0, -9)), null);
});
