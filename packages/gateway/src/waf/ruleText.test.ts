import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseRules, compile, parseRules } from 'filmgate-waf';
import { echoOperation } from '../providers/echo.fixture.ts';
import { isField } from './overrides.ts';
import { exclusionText, pathPattern, targetOf, type RuleScope } from './ruleText.ts';

const watch = {
  name: 'watch',
  text: `
SecRule ARGS|REQUEST_HEADERS:User-Agent "@contains evil" "id:50001,phase:2,deny,log,tag:'attack-x',msg:'evil'"
SecRule ARGS "@contains vile" "id:50002,phase:2,deny,log,tag:'attack-y',msg:'vile'"
`,
};

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly body: unknown;
  readonly agent?: string;
}

function stopping(scope: RuleScope, { method = 'POST', path = '/echo/notes', body, agent }: Sent) {
  const text = exclusionText(scope, '/echo', 10_000);
  const rules = compile(parseRules([baseRules, { name: 'excluded', text }, watch]));
  const transaction = rules.begin({
    method,
    uri: path,
    protocol: 'HTTP/1.1',
    headers: [
      ['content-type', 'application/json'],
      ['user-agent', agent ?? 'test'],
    ],
    body: JSON.stringify(body),
  });
  transaction.evaluate(1);
  return transaction.evaluate(2).interruption?.ruleId ?? null;
}

const createNote = echoOperation('createNote');
const inLists = { a: [{ text: 'evil' }] };

const cases: readonly (readonly [
  what: string,
  scope: RuleScope,
  sent: Sent,
  stops: number | null,
])[] = [
  [
    'a rule everywhere',
    { select: { rule: 50_001 }, operation: null, field: null },
    { body: inLists },
    null,
  ],
  [
    'a rule everywhere, and no other rule',
    { select: { rule: 50_001 }, operation: null, field: null },
    { body: { a: 'vile' } },
    50_002,
  ],
  [
    'a tag everywhere',
    { select: { tag: 'attack-x' }, operation: null, field: null },
    { body: inLists },
    null,
  ],
  [
    'a field of lists everywhere',
    { select: { rule: 50_001 }, operation: null, field: 'json.a.*.text' },
    { body: inLists },
    null,
  ],
  [
    'a field, and not the one beside it',
    { select: { rule: 50_001 }, operation: null, field: 'json.a.*.text' },
    { body: { a: [{ title: 'evil' }] } },
    50_001,
  ],
  [
    'a field, and not a longer one',
    { select: { rule: 50_001 }, operation: null, field: 'json.a.*' },
    { body: inLists },
    50_001,
  ],
  [
    'a header',
    { select: { rule: 50_001 }, operation: null, field: 'header:user-agent' },
    { body: {}, agent: 'evil' },
    null,
  ],
  [
    'a rule at an operation',
    { select: { rule: 50_001 }, operation: createNote, field: null },
    { body: inLists },
    null,
  ],
  [
    'a rule at an operation, and not at a path that is longer',
    { select: { rule: 50_001 }, operation: createNote, field: null },
    { path: '/echo/notes/1', body: inLists },
    50_001,
  ],
  [
    'a rule at an operation, and not with another method',
    { select: { rule: 50_001 }, operation: createNote, field: null },
    { method: 'PUT', body: inLists },
    50_001,
  ],
  [
    'a tag in a field at an operation',
    { select: { tag: 'attack-x' }, operation: createNote, field: 'json.a.*.text' },
    { body: inLists },
    null,
  ],
  [
    'a tag in a field at an operation, and not in another field',
    { select: { tag: 'attack-x' }, operation: createNote, field: 'json.a.*.text' },
    { body: { a: [{ text: 'fine' }], b: 'evil' } },
    50_001,
  ],
];

describe('an exclusion takes out', () => {
  for (const [what, scope, sent, stops] of cases) {
    it(what, () => assert.equal(stopping(scope, sent), stops));
  }

  it('in all of the cases above', () => assert.equal(cases.length, 12));
});

it('the path of an operation matches its parameters as one segment each', () => {
  const pattern = new RegExp(pathPattern(echoOperation('annotate'), '/echo'));
  assert.match('/echo/notes/n%201/tags', pattern);
  for (const path of [
    '/echo/notes/a/b/tags',
    '/echo/notes//tags',
    '/echo/notes/a/tagsx',
    '/x/echo/notes/a/tags',
  ])
    assert.doesNotMatch(path, pattern);
});

it('a field and the variable that it names agree', () => {
  assert.equal(targetOf('json.title'), 'ARGS:json.title');
  assert.equal(targetOf('header:x-note'), 'REQUEST_HEADERS:x-note');
  assert.equal(targetOf('REQUEST_FILENAME'), 'REQUEST_FILENAME');
  assert.equal(isField('json.a.*.text', 'ARGS:json.a.17.text'), true);
  assert.equal(isField('json.a.*.text', 'ARGS:json.a.17.title'), false);
  assert.equal(isField('json.a.*', 'ARGS:json.a.17.title'), false);
  assert.equal(isField('header:x-note', 'REQUEST_HEADERS:X-Note'), true);
  assert.equal(isField('header:x-note', 'ARGS:x-note'), false);
});
