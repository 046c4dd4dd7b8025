import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nearestName } from '../domain/nearest.ts';
import { parseDurationMs, parseSizeBytes } from './units.ts';

it('durations need a unit that is one', () => {
  for (const [text, value] of [
    ['250ms', 250],
    ['10s', 10_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['90d', 7_776_000_000],
    ['0s', 0],
  ] as const) {
    assert.equal(parseDurationMs(text), value);
  }
  for (const text of ['', '10', 's', '10 s', '-1s', '1.5h', '10S', '10KB', '9999999999s', '10ss']) {
    assert.equal(parseDurationMs(text), null, text);
  }
});

it('sizes count in units of 1,024', () => {
  for (const [text, value] of [
    ['512B', 512],
    ['16KB', 16_384],
    ['10MB', 10_485_760],
    ['2GB', 2_147_483_648],
  ] as const) {
    assert.equal(parseSizeBytes(text), value);
  }
  for (const text of ['', '10', 'MB', '1.5MB', '10mb', '10 MB'])
    assert.equal(parseSizeBytes(text), null, text);
});

it('the nearest name is a slip away, or none', () => {
  assert.equal(nearestName('video:rendr', ['video:render', 'video:read']), 'video:render');
  assert.equal(nearestName('HOSTS', ['hosts']), 'hosts');
  assert.equal(nearestName('ab', ['ba', 'zzzz']), 'ba');
  assert.equal(nearestName('completely-different', ['hosts', 'listen']), null);
  assert.equal(nearestName('x', []), null);
});
