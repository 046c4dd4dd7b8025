import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { baseRules, compile, parseRules, type Finding } from 'filmgate-waf';
import { RuleMessages, toRuleFinding } from './findings.ts';
import { redactValue } from './redactValue.ts';

it('no more than eight characters of a value are written down, and none of what may be a credential', () => {
  const value = fc.string({ minLength: 9, maxLength: 200, unit: 'grapheme' });
  fc.assert(
    fc.property(value, (text) => {
      const bytes = Buffer.from(text).toString('latin1');
      const shown = redactValue('ARGS:json.a', bytes);
      const kept = shown.slice(0, shown.lastIndexOf(' ('));
      assert.ok([...kept].length <= 9, kept);
      for (const secret of [
        'REQUEST_HEADERS:authorization',
        'REQUEST_HEADERS:Cookie',
        'REQUEST_COOKIES:sid',
        'ARGS:json.client_secret',
        'ARGS:access_token',
        'REQUEST_HEADERS:x-api-key',
      ]) {
        assert.equal(redactValue(secret, bytes), `(${bytes.length} bytes)`);
      }
    }),
  );
});

it('a message is the rule’s own words, without what the rule matched', () => {
  const ruleset = compile(
    parseRules([
      baseRules,
      {
        name: 'quoting',
        text: `SecRule ARGS "@contains evil" "id:50001,phase:1,pass,log,msg:'found %{MATCHED_VAR} there',logdata:'%{MATCHED_VAR}',setvar:'tx.inbound_anomaly_score_pl1=+5'"`,
      },
    ]),
  );
  const transaction = ruleset.begin({
    method: 'GET',
    uri: '/?a=evil-secret-thing',
    protocol: 'HTTP/1.1',
    headers: [],
  });
  transaction.evaluate(1);
  const found = transaction.findings.map((one: Finding) =>
    toRuleFinding(one, new RuleMessages(ruleset)),
  );
  assert.deepEqual(found, [
    {
      rule: 50_001,
      phase: 1,
      message: 'found … there',
      severity: null,
      tags: [],
      source: 'quoting:1',
      matched: [{ variable: 'ARGS:a', value: 'evil-sec… (17 bytes)' }],
      score: 5,
    },
  ]);
});
