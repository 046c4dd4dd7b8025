import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { usage, wrap } from './usage.ts';

test('every page of help fits into 80 columns, and every command has one', () => {
  const pages = [
    [],
    ...commands.map(({ path }) => [path[0]!]),
    ...commands.map(({ path }) => path),
  ];
  for (const path of pages) {
    const lines = usage(path, commands);
    assert.ok(lines.length > 3, path.join(' '));
    for (const line of lines) assert.ok(line.length <= 80, `${path.join(' ')}: ${line}`);
  }
  assert.ok(pages.length > 60);
});

test('the overview names every command', () => {
  const entries = new Map<string, string>();
  let last = '';
  for (const line of usage([], commands)) {
    last = /^ {2}(\S+)/.exec(line)?.[1] ?? last;
    entries.set(last, `${entries.get(last) ?? ''}${line} `);
  }
  for (const { path } of commands) {
    const [noun, verb] = path;
    const entry = entries.get(noun!) ?? assert.fail(noun);
    if (verb !== undefined) assert.match(entry, new RegExp(`\\b${verb}\\b`));
  }
});

test('every command can be loaded', async () => {
  for (const { path, load } of commands) {
    assert.equal(typeof (await load()), 'function', path.join(' '));
  }
});

test('text is broken at blanks', () => {
  assert.deepEqual(wrap('one two three', 7, ''), ['one two', 'three']);
  assert.deepEqual(wrap('a-word-without-any-blank', 5, ''), ['a-word-without-any-blank']);
});

test('every command that the gateway advises exists', () => {
  const folder = new URL('..', import.meta.url).pathname;
  assert.ok(existsSync(folder));
  const sources = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.includes('.test.'));
  let advised = 0;
  for (const file of sources) {
    const text = readFileSync(folder + file, 'utf8');
    for (const [shown, noun, verb] of text.matchAll(/[`'"( ]filmgate ([a-z]+)(?: ([a-z]+))?/g)) {
      if (noun === undefined) continue;
      const ofNoun = commands.filter(({ path }) => path[0] === noun);
      assert.ok(ofNoun.length > 0, `${file} advises${shown}`);
      const verbs = ofNoun.flatMap(({ path }) => path[1] ?? []);
      const needsVerb = verbs.length > 0 && ofNoun.every(({ path }) => path.length > 1);
      if (needsVerb && verb !== undefined) {
        assert.ok(verbs.includes(verb), `${file} advises${shown}`);
      }
      advised += 1;
    }
  }
  assert.ok(advised >= 40, `only ${advised} were found`);
});
