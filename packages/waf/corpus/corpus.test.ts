import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ATTACK_CLASSES } from './attacks/payloads.ts';
import { attackRequests } from './attacks/attacks.ts';
import { BENIGN_COUNT, benignRequests } from './benign/benign.ts';
import { LANGUAGES } from './benign/texts.ts';
import { measure, percent, total } from './measure.ts';
import type { Measurement } from './measure.ts';
import { parseRequestLine } from './requestLine.ts';
import { bestChoice, compileChoice } from './rules.ts';
import type { RulesChoice } from './rules.ts';

const FALSE_ALARMS_PERCENT_MAX = 0.2;
const RECALL_PERCENT_MIN: Readonly<Record<string, number>> = {
  sqli: 99,
  xss: 99,
  rce: 96,
  lfi: 99,
  ssrf: 99,
  ssti: 99,
  nosqli: 97,
  ldapi: 98,
  header: 90,
};

function checkTargets(choice: RulesChoice): Measurement {
  const measurement = measure(compileChoice(choice), true);
  const { benign, falseAlarms, byClass } = measurement;
  assert.equal(benign, BENIGN_COUNT);
  const listed = falseAlarms.map(
    ({ request, reasons }) => `${request.kind}: ${reasons.join(', ')}`,
  );
  assert.ok(percent(falseAlarms.length, benign) <= FALSE_ALARMS_PERCENT_MAX, listed.join('\n'));
  for (const [name, minimum] of Object.entries(RECALL_PERCENT_MIN)) {
    const recall = byClass.get(name) ?? { attacks: 0, refused: 0 };
    assert.ok(
      percent(recall.refused, recall.attacks) >= minimum,
      `${name}: ${recall.refused} of ${recall.attacks}`,
    );
  }
  return measurement;
}

describe('the benign corpus', () => {
  it('holds at least 2,000 different bodies in at least 12 languages, the same for the same seed', () => {
    const bodies = [...benignRequests()].filter(({ body }) => body !== '').map(({ body }) => body);
    assert.ok(new Set(bodies).size >= 2_000);
    assert.ok(LANGUAGES.length >= 12);
    assert.deepEqual([...benignRequests(7, 50)], [...benignRequests(7, 50)]);
    assert.notDeepEqual([...benignRequests(7, 50)], [...benignRequests(8, 50)]);
  });

  it('speaks of what makes firewalls stumble', () => {
    const text = [...benignRequests()].map(({ body }) => String(body)).join('\n');
    for (const word of [
      "O'Brien",
      'SELECT',
      'UNION ALL',
      '<b>',
      'DROP',
      'drop your logo',
      '$1,000,000',
      'https://',
      '“',
      'echo',
      'p < 0.05',
    ]) {
      assert.ok(text.includes(word) || text.toLowerCase().includes(word.toLowerCase()), word);
    }
  });

  it('proves no text of people', () => {
    for (const { body, proven } of benignRequests()) {
      if (body === '') continue;
      for (const name of proven ?? [])
        assert.doesNotMatch(name, /\.(?:story|text|caption|description|title|prompt|query|word)$/);
    }
  });
});

describe('the attack corpus', () => {
  it('holds thousands of attacks of all classes', () => {
    const kinds = new Map<string, number>();
    for (const { kind } of attackRequests()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    assert.equal(ATTACK_CLASSES.length, 9);
    for (const { name } of ATTACK_CLASSES) assert.ok((kinds.get(name) ?? 0) >= 250, name);
  });
});

describe('recall and false alarms', () => {
  it('meet their targets with the built-in rules alone', () => {
    const { attacks, refused } = total(checkTargets('built-in').byClass);
    assert.ok(percent(refused, attacks) >= 98);
  });

  it('meet their targets together with the Core Rule Set', (test) => {
    if (bestChoice() === 'built-in') return test.skip('no Core Rule Set is beside the project');
    const { attacks, refused } = total(checkTargets('balanced').byClass);
    assert.ok(percent(refused, attacks) >= 99);
  });
});

describe('a line of a corpus file', () => {
  it('is read into a request', () => {
    const body = Buffer.from('{"a":1}').toString('base64');
    assert.deepEqual(parseRequestLine(`POST\t/a?b=1\tapplication/json\t${body}`, 1), {
      method: 'POST',
      target: '/a?b=1',
      contentType: 'application/json',
      body: Buffer.from('{"a":1}'),
    });
    assert.equal(parseRequestLine('GET\t/', 1).contentType, '');
  });

  it('is refused with its number when it has another form', () => {
    assert.throws(() => parseRequestLine('GET /', 3), /line 3/);
    assert.throws(() => parseRequestLine('GET\t/\t\tnot base64!', 4), /line 4/);
  });
});
