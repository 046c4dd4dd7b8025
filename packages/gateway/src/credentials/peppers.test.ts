import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { openPeppers, PepperError, Peppers } from './peppers.ts';

const folder = mkdtempSync(join(tmpdir(), 'peppers-'));
after(() => rmSync(folder, { recursive: true }));
const line = (id: string, fill: number) => `${id} ${Buffer.alloc(32, fill).toString('base64')}\n`;
const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text, { mode });
  return path;
};

describe('the pepper file', () => {
  it('is made with mode 0600 and never made over an existing one', () => {
    const path = join(folder, 'fresh');
    const peppers = Peppers.create(path);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const before = readFileSync(path, 'utf8');
    assert.throws(() => Peppers.create(path), /EEXIST/);
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.deepEqual(Peppers.read(path).digest('secret'), peppers.digest('secret'));
  });

  it('hashes under the newest and still verifies under the older ones', () => {
    const old = Peppers.read(file('old', line('p1', 1)));
    const both = Peppers.read(file('both', line('p1', 1) + line('p2', 2)));
    const digest = old.digest('secret');
    assert.equal(both.currentId, 'p2');
    assert.notDeepEqual(both.digest('secret'), digest);
    assert.equal(both.fits('secret', digest, 'p1'), true);
    assert.equal(both.fits('secret', digest, 'p2'), false);
    assert.equal(both.fits('other', digest, 'p1'), false);
  });

  it('refuses a pepper that it does not hold', () => {
    const peppers = Peppers.read(file('one', line('p1', 1)));
    assert.throws(() => peppers.fits('secret', Buffer.alloc(32), 'p9'), PepperError);
  });

  it('refuses to be read when missing, open to others, empty or malformed', () => {
    const open = file('open', line('p1', 1));
    chmodSync(open, 0o640);
    for (const [path, message] of [
      [join(folder, 'missing'), /is missing; restore it/],
      [open, /readable by others/],
      [file('empty', '\n'), /holds no pepper/],
      [file('short', 'p1 AAAA\n'), /short:1 is not a line/],
      [file('long', `${line('p1', 1).trim()} more\n`), /long:1 is not a line/],
      [file('twice', line('p1', 1) + line('p1', 2)), /twice:2 is not a line/],
    ] as const) {
      assert.throws(
        () => Peppers.read(path),
        (error: Error) => error instanceof PepperError && message.test(error.message),
      );
    }
  });
});

describe('opening the peppers', () => {
  it('makes the file only where no key exists yet', async () => {
    const path = join(folder, 'opened');
    await assert.rejects(
      openPeppers(path, async () => true),
      /is missing; restore it/,
    );
    const made = await openPeppers(path, async () => false);
    const again = await openPeppers(path, () => assert.fail('not asked'));
    assert.deepEqual(again.digest('secret'), made.digest('secret'));
  });

  it('derives keys that differ by purpose and by pepper, 32 bytes each', () => {
    const one = Peppers.read(file('derive-one', line('p1', 1)));
    const two = Peppers.read(file('derive-two', line('p1', 2)));
    const keys = [one.derive('a'), one.derive('b'), two.derive('a')].map((key) =>
      key.toString('hex'),
    );
    assert.equal(new Set(keys).size, 3);
    assert.ok(keys.every((key) => key.length === 64));
    assert.deepEqual(one.derive('a'), Peppers.read(file('derive-same', line('p1', 1))).derive('a'));
  });
});
