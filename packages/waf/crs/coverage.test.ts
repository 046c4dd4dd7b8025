import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { OPERATOR_NAMES } from '../src/operators/operators.ts';
import { TRANSFORMATION_NAMES } from '../src/transformations/transformations.ts';
import { coveragePage, readHeader } from './coverage.ts';

describe('the coverage page', () => {
  it('is what the tables of the engine say', () => {
    const page = join(import.meta.dirname, '../../../docs/reference/waf-coverage.md');
    assert.equal(readFileSync(page, 'utf8'), coveragePage());
  });

  it('has a header to read for every operator and transformation', () => {
    const elements = [
      ...OPERATOR_NAMES.map((name) => ['operators', name] as const),
      ...TRANSFORMATION_NAMES.map((name) => ['transformations', name] as const),
    ];
    assert.ok(elements.length >= 60);
    for (const [folder, name] of elements) {
      assert.deepEqual(
        [...readHeader(folder, name).keys()],
        ['Description', 'Arguments', 'Returns', 'Example'],
        name,
      );
    }
  });
});
