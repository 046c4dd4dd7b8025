import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadRules, loadTests, sharedCorpus } from '../packages/waf/crs/corpus.ts';
import { runTests } from '../packages/waf/crs/runTests.ts';
import { openHarness } from './crs/overSocket.ts';
import { overrides } from './crs/overrides.ts';

const corpus = sharedCorpus();
const skip = corpus === null ? 'no Core Rule Set beside the project' : false;

describe('the Core Rule Set through the gateway', { skip }, () => {
  it('passes its regression tests over TLS, but for what is refused before any rule', async () => {
    if (corpus === null) return;
    const harness = await openHarness(loadRules(corpus.rulesFolder));
    try {
      const { tests } = loadTests(corpus.testsFolder);
      const result = await runTests(tests, harness.send, new Set(overrides.keys()));
      assert.deepEqual(result.failures, []);
      assert.ok(overrides.size <= 15, `${overrides.size} overrides`);
      assert.equal(result.skipped, overrides.size);
      assert.equal(result.passed + result.skipped, 3831);
    } finally {
      harness.close();
    }
  });
});
