import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RecordCache } from './recordCache.ts';

describe('a cache of records', () => {
  it('tells that a text comes again from the second time on', () => {
    const cache = new RecordCache();
    const answers = Array.from({ length: 3 }, () => cache.comesAgain('keep-alive'));
    assert.deepEqual(answers, [false, true, true]);
  });

  it('is not driven out by texts that come once', () => {
    const cache = new RecordCache();
    const ids = Array.from({ length: 50_000 }, (_, number) => `20261124${number}`);
    const kept = ids.filter((id) => cache.comesAgain(id));
    assert.deepEqual(kept, []);
  });
});
