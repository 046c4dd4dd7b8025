import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseRules } from 'filmgate-waf';
import type { RuleFinding } from '../domain/audit.ts';
import { echoOperation } from '../providers/echo.fixture.ts';
import { addExclusions, exclusionsText, fieldOf, proposeExclusions } from './exclusions.ts';

const finding = (rule: number, variable: string, score = 5): RuleFinding => ({
  rule,
  phase: 2,
  message: '',
  severity: null,
  tags: [],
  source: '',
  matched: [{ variable, value: '' }],
  score,
});

const operation = echoOperation('createNote');
const review = { by: 'ada', at: '2026-11-24T12:00:00.000Z', requestId: 'req_1', reason: 'fine' };

describe('what is proposed for a request', () => {
  it('is every rule that counted, with its field, places in lists left open', () => {
    const findings = [
      finding(1, 'ARGS:json.scenes.0.story'),
      finding(1, 'ARGS:json.scenes.7.story'),
      finding(2, 'REQUEST_HEADERS:user-agent'),
      finding(3, 'ARGS:json.title', 0),
      { ...finding(4, 'ARGS:json.title'), reported: true as const },
    ];
    assert.deepEqual(proposeExclusions({ findings }, { operation }), [
      { rule: 1, field: 'json.scenes.*.story', operation },
      { rule: 2, field: 'header:user-agent', operation },
    ]);
  });

  it('is nothing for a rule that found nothing, or for a name that no rule can carry', () => {
    const findings = [finding(1, 'ARGS:json.a"b')];
    assert.match(String(proposeExclusions({ findings }, { rules: [2], operation })), /rule 2/);
    assert.match(String(proposeExclusions({ findings }, { operation })), /name the field/);
    assert.match(String(proposeExclusions({}, { operation })), /no rule/);
  });
});

it('whatever the reason and the names are, the text holds the exclusions and nothing else', () => {
  const awkward = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\\', 'x \\', '"', "'", '${a}', 'SecRuleEngine Off', '%{tx.a}'),
  );
  // As the admin API takes it: one line.
  const reason = awkward.map((text) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ''));
  fc.assert(
    fc.property(reason, fc.oneof(awkward, fc.constantFrom('title', 'a.0.b')), (why, name) => {
      const field = fieldOf(`ARGS:json.${name}`);
      if (field === null) return;
      const text = exclusionsText(
        [{ rule: 1, field, operation }],
        { ...review, reason: why },
        '/echo',
        '',
      );
      const bytes = Buffer.from(text).toString('latin1');
      const rules = parseRules([{ name: 'exclusions', text: bytes }]);
      assert.equal(rules.items.length, 1);
      assert.equal(rules.settings.ruleEngine, 'On');
    }),
  );
});

it('a file keeps what it had, gets ids that it has not, and can be put back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-exclusions-'));
  try {
    const file = join(folder, 'waf-exclusions.conf');
    writeFileSync(file, 'SecAction "id:10007,phase:1,pass,nolog"\n');
    const text = exclusionsText(
      [{ rule: 1, field: null, operation }],
      review,
      '/echo',
      readFileSync(file, 'utf8'),
    );
    const undo = addExclusions(file, text);
    const rules = parseRules([{ name: 'exclusions', text: readFileSync(file, 'latin1') }]);
    const ids = rules.items.map((item) => (item.kind === 'rule' ? item.id : 0));
    assert.deepEqual(ids, [10_007, 10_008]);
    undo();
    assert.equal(readFileSync(file, 'utf8'), 'SecAction "id:10007,phase:1,pass,nolog"\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
