import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestName } from './nearest.ts';

describe('the nearest name', () => {
  it('is the one with the fewest slips, two swapped letters being one', () => {
    const rows = [
      ['egde', ['mode', 'edge'], 'edge'],
      ['statsu', ['start', 'status'], 'status'],
      ['rotat', ['revoke', 'rotate'], 'rotate'],
      ['VideoName', ['videoName'], 'videoName'],
      ['kyes', ['jobs', 'keys'], 'keys'],
      ['ab', ['ba'], 'ba'],
    ] as const;
    for (const [written, known, nearest] of rows)
      assert.equal(nearestName(written, known), nearest, written);
  });

  it('is none where nothing is near', () => {
    assert.equal(nearestName('completely', ['status', 'keys']), null);
    assert.equal(nearestName('status', []), null);
  });

  it('of several equally near ones is the first', () => {
    assert.equal(nearestName('kats', ['cats', 'bats']), 'cats');
  });
});
