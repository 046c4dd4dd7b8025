import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrangeRules } from './arrangeRules.ts';

const files = (...names: string[]) => names.map((name) => ({ name, text: '' }));
const builtIn = files('10-setup.conf', '20-sql.conf', '90-evaluation.conf');
const names = (core: string[], tuning: string[] = []) =>
  arrangeRules({ core: files(...core), builtIn, tuning: files(...tuning) }).map(({ name }) => name);

describe('arrangeRules', () => {
  it('leaves the built-in rules as they are when they are alone', () => {
    assert.deepEqual(names([]), ['10-setup.conf', '20-sql.conf', '90-evaluation.conf']);
  });

  it('puts them before the evaluation of the Core Rule Set, and tuning last', () => {
    const core = [
      'crs-setup.conf',
      'REQUEST-901-A.conf',
      'REQUEST-949-B.conf',
      'RESPONSE-950-C.conf',
    ];
    assert.deepEqual(names(core, ['balanced.conf']), [
      'crs-setup.conf',
      'REQUEST-901-A.conf',
      '10-setup.conf',
      '20-sql.conf',
      'REQUEST-949-B.conf',
      'RESPONSE-950-C.conf',
      'balanced.conf',
    ]);
  });
});
