import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IpCounts } from './ipCounts.ts';

test('one IPv4 address in all spellings is one place, and so is an IPv6 network of 64 bits', () => {
  const place = (text: string) => IpCounts.placeOf(text);
  assert.equal(place('::ffff:192.0.2.1'), place('192.0.2.1'));
  assert.equal(place('2001:db8:1:2::1'), place('2001:db8:1:2:ffff::9'));
  assert.notEqual(place('2001:db8:1:2::1'), place('2001:db8:1:3::1'));
  assert.equal(place('fe80::1%eth0'), place('fe80::1'));
});

test('a place is full at its limit and free again when one leaves', () => {
  const counts = new IpCounts();
  assert.equal(counts.enter('a', 2), true);
  assert.equal(counts.enter('a', 2), true);
  assert.equal(counts.enter('a', 2), false);
  assert.equal(counts.enter('b', 2), true);
  counts.leave('a');
  assert.equal(counts.enter('a', 2), true);
});
