import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequestIds } from './requestId.ts';

test('ids have the documented form and are unique', () => {
  const newId = createRequestIds({ nowMs: () => 1_795_560_000_000 });
  const ids = new Set(Array.from({ length: 10_000 }, newId));
  assert.equal(ids.size, 10_000);
  for (const id of ids) assert.match(id, /^req_[0-9A-HJKMNP-TV-Z]{26}$/);
});

test('ids of a later millisecond sort behind', () => {
  let nowMs = 1_795_560_000_000;
  const newId = createRequestIds({ nowMs: () => nowMs });
  let last = newId();
  for (let step = 0; step < 2_000; step += 1) {
    nowMs += 1 + step;
    const id = newId();
    assert.ok(id > last, `${id} > ${last}`);
    last = id;
  }
});

test('the time can be read back', () => {
  const id = createRequestIds({ nowMs: () => 0x0123_4567_89ab })();
  let timeMs = 0;
  for (const character of id.slice(4, 14)) {
    timeMs = timeMs * 32 + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(character);
  }
  assert.equal(timeMs, 0x0123_4567_89ab);
});
