import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const filmgate = new URL('./filmgate.ts', import.meta.url).pathname;

describe('the kept code', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'filmgate-cache-'));
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const version = (): string =>
    execFileSync(process.execPath, [filmgate, '--version'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, XDG_CACHE_HOME: home },
    });

  it('stands in a folder that only its user can enter', () => {
    const first = version();
    assert.ok(readdirSync(join(home, 'filmgate', 'code')).length > 0);
    assert.equal(version(), first);
  });

  it('is not taken from a folder that others can write to', () => {
    mkdirSync(join(home, 'filmgate', 'code'), { recursive: true });
    chmodSync(join(home, 'filmgate', 'code'), 0o777);
    version();
    assert.deepEqual(readdirSync(join(home, 'filmgate', 'code')), []);
  });

  it('is done without where there is no place for it', () => {
    writeFileSync(join(home, 'filmgate'), '');
    assert.match(version(), /^\d+\.\d+\.\d+/);
  });
});
