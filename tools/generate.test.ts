import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { denials } from '../packages/gateway/src/domain/denial.ts';
import { drifted, generated } from './generate.ts';

it('every generated file is what its source gives', () => {
  assert.deepEqual(drifted(), []);
  assert.ok(generated().length >= 5);
});

it('the page of denials and the table name the same codes', () => {
  const page = readFileSync('docs/reference/denials.md', 'utf8');
  const onPage = [...page.matchAll(/<a id="([a-z_]+)">/g)].map(([, code]) => code);
  assert.deepEqual(onPage, Object.keys(denials));
});
