import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { benignRequests } from '../corpus/benign/benign.ts';
import { storyTexts } from './prose.ts';
import { toWire } from '../corpus/corpusRequest.ts';
import { bestChoice, compileChoice } from '../corpus/rules.ts';
import type { Ruleset, Transaction, TransactionInput } from '../src/index.ts';

const ruleset = compileChoice(bestChoice());

function post(body: string): TransactionInput {
  return {
    method: 'POST',
    uri: '/pictoryapis/v2/video/storyboard',
    protocol: 'HTTP/1.1',
    headers: [
      ['Host', 'gateway.example'],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ],
    body,
    remoteAddress: '192.0.2.1',
  };
}

function inspect(rules: Ruleset, input: TransactionInput): Transaction {
  const transaction = rules.begin(input);
  transaction.evaluate(1);
  transaction.evaluate(2);
  return transaction;
}

const share = ({ stepsSpent, budgetSteps }: Transaction): number => stepsSpent / budgetSteps;

describe('the work allowance at paranoia level 1', () => {
  it('is not half spent by any request of the benign corpus', () => {
    let count = 0;
    inspect(ruleset, post('{"a":"warm"}'));
    for (const { body } of benignRequests()) {
      const transaction = inspect(ruleset, post(toWire(body)));
      assert.ok(share(transaction) < 0.5, `${share(transaction)} of it for ${toWire(body)}`);
      count++;
    }
    assert.ok(count >= 2_600, `only ${count} requests`);
  });

  it('is enough for scenes of 60 KB in every language', () => {
    for (const texts of storyTexts(60 * 1024)) {
      const body = toWire(JSON.stringify({ scenes: texts.map((story) => ({ story })) }));
      assert.ok(share(inspect(ruleset, post(body))) < 0.8);
    }
  });
});
