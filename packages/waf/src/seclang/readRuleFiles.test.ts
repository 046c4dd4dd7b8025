import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRuleFiles } from './readRuleFiles.ts';
import { RuleSyntaxError } from './ruleSyntaxError.ts';

const FILES = new Map([
  ['etc/main.conf', 'Include rules/r-?.conf\nIncludeOptional none/*.conf\nSecMarker END'],
  ['etc/rules/r-b.conf', 'SecRule ARGS "@pmFromFile words.data" "id:2"'],
  ['etc/rules/r-a.conf', 'SecAction "id:1"'],
  ['etc/rules/r-10.conf', 'SecAction "id:10"'],
  ['etc/rules/words.data', 'alpha'],
  ['etc/loop.conf', 'Include loop.conf'],
  ['etc/missing.conf', 'Include rules/none.conf'],
]);

const access = {
  read: (path: string): string | null => FILES.get(path) ?? null,
  list: (folder: string): string[] =>
    [...FILES.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1)),
};

function labels(paths: readonly string[]): (number | string)[] {
  return readRuleFiles(paths, access).items.map((item) =>
    item.kind === 'rule' ? item.id : item.label,
  );
}

describe('rule files', () => {
  it('are included by pattern, in the order of their names, data beside them', () => {
    assert.deepEqual(labels(['etc/main.conf']), [1, 2, 'END']);
    assert.deepEqual(labels(['etc/rules/*.conf']), [10, 1, 2]);
  });

  it('keep their path in messages', () => {
    const [item] = readRuleFiles(['etc/rules/r-a.conf'], access).items;
    assert.equal(item?.kind === 'rule' ? item.links[0].location.file : '', 'etc/rules/r-a.conf');
  });

  it('are refused when they include what is missing, or themselves', () => {
    assert.throws(() => labels(['etc/missing.conf']), RuleSyntaxError);
    assert.throws(() => labels(['etc/loop.conf']), /include each other too deeply/);
  });
});
