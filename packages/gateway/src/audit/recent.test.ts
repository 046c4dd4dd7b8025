import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Recent } from './recent.ts';

const written = (...lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''));

describe('what was written last', () => {
  it('is found by the beginning of its line, and the later of two lines counts', () => {
    const recent = new Recent(1_000);
    recent.add(written('{"id":"a",1}', '{"id":"b",1}', '{"id":"b",2}'));
    recent.add(written('{"id":"a",2}', '{"id":"ä",1}'));
    assert.equal(recent.find('{"id":"a",'), '{"id":"a",2}');
    assert.equal(recent.find('{"id":"b",'), '{"id":"b",2}');
    assert.equal(recent.find('{"id":"ä",'), '{"id":"ä",1}');
    assert.equal(recent.find('{"id":"c",'), null);
  });

  it('is not mistaken for the same text inside a line', () => {
    const recent = new Recent(1_000);
    recent.add(written('{"id":"a",1}', '{"id":"b","changes":{"id":"a",2}}'));
    recent.add(written('{"x":{"id":"a",3}}'));
    assert.equal(recent.find('{"id":"a",'), '{"id":"a",1}');
  });

  it('goes when its room is needed, the oldest first, and one write may be too large', () => {
    const recent = new Recent(30);
    recent.add(written('{"id":"a",1}'));
    recent.add(written('{"id":"b",1}'));
    recent.add(written('{"id":"c",1}'));
    assert.equal(recent.find('{"id":"a",'), null);
    assert.equal(recent.find('{"id":"b",'), '{"id":"b",1}');
    recent.add(written(`{"id":"d",${'1'.repeat(30)}}`));
    assert.equal(recent.find('{"id":"d",'), null);
    recent.add(written('{"id":"e",1}'));
    assert.equal(recent.find('{"id":"e",'), '{"id":"e",1}');
  });
});
