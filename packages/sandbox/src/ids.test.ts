import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededIds } from './ids.ts';

describe('seeded ids', () => {
  it('are the same for the same seed and order', () => {
    const make = (seed: string) => {
      const ids = seededIds(seed);
      return [ids.uuid('job'), ids.uuid('job'), ids.text('key', 40)];
    };
    assert.deepEqual(make('one'), make('one'));
    assert.notDeepEqual(make('one'), make('two'));
  });

  it('of one kind do not depend on how many of another were made', () => {
    const [first, second] = [seededIds('seed'), seededIds('seed')];
    first.uuid('project');
    assert.equal(first.uuid('job'), second.uuid('job'));
  });

  it('look like version 4 UUIDs', () => {
    const ids = seededIds('seed');
    for (let count = 0; count < 100; count += 1)
      assert.match(
        ids.uuid('job'),
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      );
  });

  it('have the length asked for', () =>
    assert.match(seededIds('seed').text('token', 64), /^[A-Za-z0-9]{64}$/));
});
