import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { releaseManifest } from '../../../../tools/waf/release.ts';
import { readTarGz } from './archive.ts';
import { crsRelease, putInForce, readRelease, rollback, stage } from './install.ts';

const shared = join(import.meta.dirname, '../../../../../shared/crs/v4.28.0');
const skip = existsSync(shared) ? false : 'no Core Rule Set beside the project';

function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-install-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ustar header and its content. */
function tarFile(name: string, content: string, type = '0'): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  head.write(type, 156);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([head, body]);
}

const tarGz = (...files: readonly Buffer[]): Uint8Array =>
  gzipSync(Buffer.concat([...files, Buffer.alloc(1024)]));

describe('an archive', () => {
  it('gives its regular files, under long names too, and no links', () => {
    const long = `${'deep/'.repeat(30)}file`;
    const record = ` path=${long}\n`;
    const length = record.length + 3;
    const bytes = tarGz(
      tarFile('pax_global_header', '10 comment=1\n', 'g'),
      tarFile('top/', '', '5'),
      tarFile('top/a', 'one'),
      tarFile('top/link', '', '2'),
      tarFile('x', `${length}${record}`, 'x'),
      tarFile('short', 'two'),
      tarFile('top/b', 'three'),
    );
    const files = readTarGz(bytes, 1_000_000);
    const texts = Object.fromEntries(
      [...files].map(([name, one]) => [name, String(Buffer.from(one))]),
    );
    assert.deepEqual(texts, { 'top/a': 'one', [long]: 'two', 'top/b': 'three' });
  });

  it('is refused when it is too large, cut, or none', () => {
    const bytes = tarGz(tarFile('a', 'x'.repeat(10_000)));
    assert.throws(() => readTarGz(bytes, 5_000), { name: 'ArchiveUnreadable' });
    assert.throws(() => readTarGz(Buffer.from('no archive'), 5_000), { name: 'ArchiveUnreadable' });
    const cut = gzipSync(tarFile('a', 'x'.repeat(10_000)).subarray(0, 2_048));
    assert.throws(() => readTarGz(cut, 100_000), { name: 'ArchiveUnreadable' });
  });
});

describe('the release that the gateway knows', { skip }, () => {
  it('is the one beside the project', () => {
    const written = readFileSync(join(import.meta.dirname, 'crsRelease.json'), 'utf8');
    assert.equal(releaseManifest(shared, '4.28.0'), written);
    assert.ok(Object.keys(crsRelease.files).length > 40);
  });

  it('is taken from a folder and from an archive alike', (t) => {
    const folder = scratch(t);
    const names = Object.keys(crsRelease.files);
    const fromFolder = readRelease(shared);
    assert.equal(fromFolder.size, names.length);
    const archive = join(folder, 'release.tar.gz');
    writeFileSync(
      archive,
      tarGz(
        ...names.map((name) =>
          tarBytes(`coreruleset-4.28.0/${name}`, readFileSync(join(shared, name))),
        ),
      ),
    );
    assert.deepEqual([...readRelease(archive).keys()], [...fromFolder.keys()]);
  });

  it('is refused with one byte changed, and with one file missing', (t) => {
    const folder = join(scratch(t), 'release');
    mkdirSync(folder);
    cpSync(join(shared, 'rules'), join(folder, 'rules'), { recursive: true });
    for (const name of ['LICENSE', 'crs-setup.conf.example'])
      cpSync(join(shared, name), join(folder, name));
    assert.equal(readRelease(folder).size, Object.keys(crsRelease.files).length);
    const file = join(folder, 'rules/REQUEST-942-APPLICATION-ATTACK-SQLI.conf');
    writeFileSync(file, `${readFileSync(file, 'latin1')}\n`, 'latin1');
    assert.throws(() => readRelease(folder), /REQUEST-942-APPLICATION-ATTACK-SQLI\.conf differs/);
    rmSync(file);
    assert.throws(
      () => readRelease(folder),
      /REQUEST-942-APPLICATION-ATTACK-SQLI\.conf is missing/,
    );
  });
});

function tarBytes(name: string, content: Uint8Array): Buffer {
  const head = tarFile(name, '').subarray(0, 512);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  return Buffer.concat([head, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('rules in force', () => {
  it('are exchanged by a link, and the ones before come back', (t) => {
    const root = scratch(t);
    const folders = { crs: join(root, 'crs'), crsPrevious: join(root, 'crs.previous') };
    const put = (text: string): void =>
      putInForce(stage(new Map([['rules/a.conf', Buffer.from(text)]]), folders), folders);
    const inForce = (): string => readFileSync(join(folders.crs, 'rules/a.conf'), 'utf8');
    assert.equal(rollback(folders), false);
    put('one');
    assert.equal(inForce(), 'one');
    put('two');
    assert.equal(inForce(), 'two');
    put('three');
    assert.equal(rollback(folders), true);
    assert.equal(inForce(), 'two');
    assert.equal(rollback(folders), true);
    assert.equal(inForce(), 'three');
  });

  it('that somebody put there by hand are kept', (t) => {
    const root = scratch(t);
    const folders = { crs: join(root, 'crs'), crsPrevious: join(root, 'crs.previous') };
    mkdirSync(join(folders.crs, 'rules'), { recursive: true });
    writeFileSync(join(folders.crs, 'rules/a.conf'), 'own');
    putInForce(stage(new Map([['rules/a.conf', Buffer.from('new')]]), folders), folders);
    assert.equal(basename(realpathSync(folders.crs)), `crs-${crsRelease.version}`);
    assert.equal(rollback(folders), true);
    assert.equal(readFileSync(join(folders.crs, 'rules/a.conf'), 'utf8'), 'own');
  });
});
