import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compile } from '../src/index.ts';
import type { Ruleset, RulesetOptions, TransactionInput } from '../src/index.ts';
import { loadRules, loadTests, sharedCorpus } from './corpus.ts';
import { inProcess, runPhases } from './inProcess.ts';
import { regressionOptions } from './regressionOptions.ts';
import { runTests } from './runTests.ts';
import { receive } from './strictHttp.ts';
import { wireRequest } from './wireRequest.ts';

const corpus = sharedCorpus();
const skip = corpus === null ? 'no Core Rule Set beside the project' : false;

describe('the Core Rule Set 4.28.0', { skip }, () => {
  if (corpus === null) return;
  const rules = loadRules(corpus.rulesFolder);
  const { tests, fileCount } = loadTests(corpus.testsFolder);
  const requests = tests.flatMap(({ stages }) =>
    stages.map(({ input }) => receive(wireRequest(input))),
  );
  const received = requests.flatMap((one) => (one.kind === 'refused' ? [] : [one.request]));

  // Log texts are put together when read, at the expense of the work allowance: here all of them are read.
  const budgetSteps = 1_000_000_000;
  const both = (options: RulesetOptions): readonly [fast: Ruleset, naive: Ruleset] => [
    compile(rules, { ...regressionOptions, budgetSteps, ...options }),
    compile(rules, { ...regressionOptions, budgetSteps, ...options, naive: true }),
  ];
  const agree = ([fast, naive]: readonly [Ruleset, Ruleset], request: TransactionInput): void => {
    const expected = runPhases(naive, request).transaction;
    const actual = runPhases(fast, request).transaction;
    assert.deepEqual(actual.matchedRuleIds, expected.matchedRuleIds, JSON.stringify(request));
    assert.deepEqual(actual.findings, expected.findings);
  };

  it('passes all of its regression tests that are here', async () => {
    assert.equal(fileCount, 259);
    assert.equal(tests.length, 3831);
    const { failures, passed } = await runTests(
      tests,
      inProcess(compile(rules, regressionOptions)),
    );
    assert.deepEqual(failures, []);
    assert.equal(passed, 3831);
  });

  it('gives the same matches fast and naive on every test', () => {
    assert.ok(received.length > 3800);
    const rulesets = both({});
    for (const request of received) agree(rulesets, request);
  });

  it('gives the same matches fast and naive at paranoia level 1, blocking', () => {
    const rulesets = both({ mode: 'On', paranoiaLevel: 1 });
    for (const request of received) agree(rulesets, request);
  });

  it('gives the same matches fast and naive on mixtures of attacks', () => {
    const values = received.flatMap(({ uri, body }) =>
      [uri, body].filter((text) => text.length < 300),
    );
    const part = fc.oneof(
      fc.constantFrom(...values),
      fc.constantFrom(...values).map(encodeURIComponent),
      fc.constantFrom(...values).map((text) => Buffer.from(text, 'latin1').toString('base64')),
      fc.constantFrom(
        '%',
        '%25',
        '+',
        ' ',
        '  ',
        '/*',
        '*/',
        '--',
        '\\',
        '&lt;',
        '\0',
        '\xc3\xa9',
        '\xff',
        '//',
        '/./',
        '"',
        "'",
        '%u0041',
        '\\x41',
      ),
      fc.string({ maxLength: 10 }),
    );
    const text = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const latin1 = text.map((one) => Buffer.from(one, 'utf8').toString('latin1'));
    const types = [
      'application/x-www-form-urlencoded',
      'application/json',
      'text/xml',
      'text/plain',
      'multipart/form-data; boundary=X',
    ];
    const request = fc.record({
      uri: latin1,
      header: latin1,
      body: latin1,
      type: fc.constantFrom(...types),
      level: fc.constantFrom(1, 4),
    });
    const rulesets = { 1: both({ paranoiaLevel: 1 }), 4: both({}) };
    fc.assert(
      fc.property(request, ({ uri, header, body, type, level }) => {
        agree(rulesets[level], {
          method: 'POST',
          uri: `/a?x=${uri}`,
          protocol: 'HTTP/1.1',
          headers: [
            ['Host', 'localhost'],
            ['User-Agent', header],
            ['Cookie', header],
            ['Referer', header],
            ['Content-Type', type],
          ],
          body: type === 'application/json' ? JSON.stringify({ a: body, [header]: [uri] }) : body,
        });
      }),
      { numRuns: 600 },
    );
  });
});

const DEBIAN = {
  rules: '/usr/share/modsecurity-crs/rules',
  setup: '/etc/modsecurity/crs/crs-setup.conf',
};
const hasDebian = existsSync(DEBIAN.rules) && existsSync(DEBIAN.setup);

describe(
  'the Core Rule Set 3.3 of Debian',
  { skip: hasDebian ? false : 'modsecurity-crs is not installed' },
  () => {
    if (!hasDebian) return;
    const ruleset = compile(loadRules(DEBIAN.rules, DEBIAN.setup), { paranoiaLevel: 1 });
    const verdict = (uri: string): number | undefined => {
      const transaction = ruleset.begin({
        method: 'GET',
        uri,
        protocol: 'HTTP/1.1',
        headers: [
          ['Host', 'example.org'],
          ['User-Agent', 'test'],
          ['Accept', '*/*'],
        ],
        remoteAddress: '192.0.2.1',
      });
      transaction.evaluate(1);
      return transaction.evaluate(2).interruption?.ruleId;
    };

    it('loads and blocks attacks', () => {
      assert.ok(ruleset.rules.length > 500);
      assert.equal(verdict('/?a=1%27%20or%20%271%27=%271'), 949110);
      assert.equal(verdict('/?a=%3Cscript%3Ealert(1)%3C/script%3E'), 949110);
      assert.equal(verdict('/?f=../../../../etc/passwd'), 949110);
    });

    it('passes harmless requests', () => {
      assert.equal(verdict('/?name=O%27Brien&text=a+calm+morning'), undefined);
    });
  },
);
