import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RawHeaderList } from './headerList.ts';

test('names are in lower case, values as they came, all in the order of arrival', () => {
  const list = new RawHeaderList(['Host', 'A', 'X-B', 'One', 'x-b', 'Two']);
  assert.deepEqual(list.pairs, [
    ['host', 'A'],
    ['x-b', 'One'],
    ['x-b', 'Two'],
  ]);
  assert.equal(list.get('x-b'), 'One');
  assert.equal(list.get('absent'), undefined);
});

test('names of the prototype are only names', () => {
  const list = new RawHeaderList(['__proto__', 'a', 'constructor', 'b']);
  assert.equal(list.get('__proto__'), 'a');
  assert.equal(list.get('constructor'), 'b');
  assert.equal(list.get('toString'), undefined);
});

test('the first doubled name of a set is found, others may repeat', () => {
  const names = new Map([
    ['host', 1],
    ['dpop', 2],
  ]);
  const find = (...flat: string[]) => new RawHeaderList(flat).findDuplicate(names);
  assert.equal(find('Host', 'a', 'A', 'b', 'A', 'c', 'DPoP', 'd'), null);
  assert.equal(find('DPoP', 'a', 'Host', 'b', 'dpop', 'c', 'host', 'd'), 'dpop');
});
