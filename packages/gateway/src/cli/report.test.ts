import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Failure } from './failure.ts';
import { report } from './report.ts';

function said(error: unknown): { code: number; text: string } {
  const lines: string[] = [];
  const code = report(error, { note: (line) => lines.push(line), paint: (_, text) => text });
  return { code, text: lines.join('\n') };
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

test('a failure is said with its hints', () => {
  assert.deepEqual(said(new Failure('no such thing', ['try this'])), {
    code: 1,
    text: 'error: no such thing\n  try this',
  });
});

test('what is wrong with files and settings ends with 78 and blames nobody', () => {
  for (const name of ['PepperError', 'SchemaFromFuture', 'StoreUnusable', 'TlsMaterialUnusable']) {
    assert.deepEqual(said(named(name, 'x is y; do z')), { code: 78, text: 'error: x is y; do z' });
  }
  const config = said(named('ConfigError', 'filmgate.yaml:1:1 bad\n    bad\n    ^^^'));
  assert.deepEqual(config, { code: 78, text: 'filmgate.yaml:1:1 bad\n    bad\n    ^^^' });
});

test('an address in use is said to be so', () => {
  const error = Object.assign(new Error('listen EADDRINUSE'), {
    code: 'EADDRINUSE',
    address: '127.0.0.1',
    port: 8443,
  });
  const { code, text } = said(error);
  assert.equal(code, 1);
  assert.match(text, /127\.0\.0\.1:8443 is in use/);
});

test('a file where a folder is wanted is no fault of our own', () => {
  for (const code of ['EEXIST', 'ENOTDIR', 'EISDIR']) {
    const error = Object.assign(new Error(code), { code, path: './data' });
    const { code: exit, text } = said(error);
    assert.equal(exit, 1);
    assert.match(text, /\.\/data is in the way/);
    assert.doesNotMatch(text, /please report/);
  }
});

test('a fault of our own asks to be reported', () => {
  assert.match(said(new TypeError('x')).text, /TypeError: x\n {2}this is a fault of filmgate/);
  assert.equal(said('text').code, 1);
});

test('every error of the gateway by which a start may end is known here by name', () => {
  const folder = new URL('..', import.meta.url).pathname;
  const source = readFileSync(new URL('report.ts', import.meta.url), 'utf8');
  const inner = new Set([
    'ArchiveUnreadable',
    'BodyRefused',
    'CallerGone',
    'CursorInvalid',
    'Failure',
    'ReleaseRefused',
    'StoreConflict',
    'TooLarge',
    'Unresolvable',
  ]);
  let found = 0;
  for (const file of globSync('**/*.ts', { cwd: folder })) {
    if (file.includes('.test.')) continue;
    for (const [, name] of readFileSync(folder + file, 'utf8').matchAll(
      /class (\w+) extends Error/g,
    )) {
      found += 1;
      if (!inner.has(name!)) assert.ok(source.includes(`'${name}'`), `${file}: ${name}`);
    }
  }
  assert.ok(found >= 12, `only ${found} were found`);
});
