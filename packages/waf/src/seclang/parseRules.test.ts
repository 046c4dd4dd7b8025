import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseExclusions, parseRules } from './parseRules.ts';
import type { Rules } from './parseRules.ts';
import type { Rule } from './rule.ts';
import { RuleSyntaxError } from './ruleSyntaxError.ts';

function parse(text: string): Rules {
  return parseRules([{ name: 'a.conf', text }], (name) =>
    name === 'words.data' ? 'alpha\n' : null,
  );
}

function onlyRule(text: string): Rule {
  const [item] = parse(text).items;
  assert.ok(item?.kind === 'rule');
  return item;
}

function refusal(text: string): RuleSyntaxError {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof RuleSyntaxError);
    return error;
  }
  return assert.fail(`not refused: ${text}`);
}

describe('rule text', () => {
  it('joins lines at a backslash and drops comments', () => {
    const rule = onlyRule(
      '# SecRule x \\\nSecRule ARGS "@rx a\\"b" \\\n    "id:7,\\\n    msg:\'x, y\',\\\n    deny"\n',
    );
    assert.equal(rule.id, 7);
    assert.equal(rule.links[0].test?.argument, 'a"b');
    assert.equal(rule.links[0].message?.source, 'x, y');
    assert.deepEqual(rule.links[0].location, { file: 'a.conf', line: 2 });
  });

  it('reads line ends of either kind', () => {
    assert.equal(onlyRule('SecAction \\\r\n "id:1,pass"\r\n').id, 1);
  });

  it('takes a bare pattern for @rx and an exclamation mark for its negation', () => {
    assert.equal(onlyRule('SecRule ARGS "^a$" "id:1"').links[0].test?.name, 'rx');
    const { test } = onlyRule('SecRule ARGS "!@streq a" "id:1"').links[0];
    assert.deepEqual([test?.isNegated, test?.name, test?.argument], [true, 'streq', 'a']);
  });

  it('reads variables with selectors, counts and exclusions', () => {
    const { targets, exclusions } = onlyRule(
      'SecRule ARGS:A|&ARGS:/a|b,c/|!ARGS:\'x|y\'|XML:/*|XML://@*,TX:/^z/ "@rx a" "id:1"',
    ).links[0];
    assert.deepEqual(
      targets.map(({ variable, isCount }) => [variable.name, isCount]),
      [
        ['ARGS', false],
        ['ARGS', true],
        ['XML', false],
        ['XML', false],
        ['TX', false],
      ],
    );
    assert.deepEqual(targets[0]?.selector, { kind: 'key', key: 'a' });
    assert.equal(targets[1]?.selector?.kind, 'pattern');
    assert.deepEqual(exclusions, [{ variable: 'ARGS', selector: { kind: 'key', key: 'x|y' } }]);
  });

  it('reads setvar in all its forms', () => {
    const effects = onlyRule(
      "SecAction \"id:1,setvar:tx.a=1,setvar:'tx.b=+%{tx.a}',setvar:tx.c=-2,setvar:!tx.d,setvar:tx.e,setvar:'ip.%{REMOTE_ADDR}=x=y'\"",
    ).links[0].effects;
    const read = effects.map(
      (effect) =>
        effect.kind === 'setvar' && [
          effect.collection,
          effect.key.source,
          effect.operation,
          effect.value.source,
        ],
    );
    assert.deepEqual(read, [
      ['TX', 'a', 'set', '1'],
      ['TX', 'b', 'add', '%{tx.a}'],
      ['TX', 'c', 'subtract', '2'],
      ['TX', 'd', 'delete', ''],
      ['TX', 'e', 'set', '1'],
      ['IP', '%{REMOTE_ADDR}', 'set', 'x=y'],
    ]);
  });

  it('inherits from SecDefaultAction of the phase what a rule leaves open', () => {
    const [rule, other] = parse(
      'SecDefaultAction "phase:1,nolog,deny,status:418,t:lowercase"\nSecRule ARGS a "id:1,phase:1,block"\nSecRule ARGS a "id:2,phase:2,block,t:none,t:trim"',
    ).items;
    assert.ok(rule?.kind === 'rule' && other?.kind === 'rule');
    assert.deepEqual([rule.log, rule.disruption], [false, { kind: 'deny', status: 418 }]);
    assert.deepEqual(
      rule.links[0].transformations.map(({ name }) => name),
      ['lowercase'],
    );
    assert.deepEqual([other.log, other.disruption], [true, { kind: 'pass' }]);
  });

  it('lets t:none drop what stands before it', () => {
    const { transformations } = onlyRule('SecRule ARGS a "id:1,t:trim,t:none,t:lowercase"')
      .links[0];
    assert.deepEqual(
      transformations.map(({ name }) => name),
      ['lowercase'],
    );
  });

  it('reads the files of Include in place', () => {
    const rules = parseRules(
      [
        {
          name: 'main.conf',
          text: 'SecMarker A\nInclude "rules/*.conf"\nSecMarker B\nIncludeOptional none.conf',
        },
      ],
      () => null,
      (pattern) =>
        pattern === 'rules/*.conf' ? [{ name: 'x.conf', text: 'SecAction "id:5"' }] : [],
    );
    assert.deepEqual(
      rules.items.map((item) => (item.kind === 'rule' ? item.id : item.label)),
      ['A', 5, 'B'],
    );
  });

  const WRONG: readonly (readonly [text: string, line: number, column: number, reason: string])[] =
    [
      ['SecRul ARGS a "id:1"', 1, 1, 'unknown directive "SecRul"; did you mean "SecRule"?'],
      ['SecRule ARGZ a "id:1"', 1, 9, 'unknown variable "ARGZ"; did you mean "ARGS"?'],
      ['SecRule ARGS "@rxx a" "id:1"', 1, 15, 'unknown operator "@rxx"; did you mean "@rx"?'],
      [
        'SecRule ARGS a \\\n  "id:1,\\\n   dny"',
        3,
        4,
        'unknown action "dny"; did you mean "deny"?',
      ],
      [
        'SecRule ARGS a "id:1,t:lowercas"',
        1,
        24,
        'unknown transformation "lowercas"; did you mean "lowercase"?',
      ],
      [
        'SecRule ARGS a "id:1,ctl:ruleRemoveByld=1"',
        1,
        26,
        'unknown ctl option "ruleRemoveByld"; did you mean "ruleRemoveById"?',
      ],
      ['SecRule ARGS "@rx a(b" "id:1"', 1, 20, ''],
      ['SecRule ARGS:/a(/ a "id:1"', 1, 16, ''],
      ['SecRule ARGS a', 1, 1, 'the rule has no id'],
      ['SecAction "id:1"\nSecAction "pass,id:1"', 2, 17, 'there is another rule with id 1'],
      ['SecRule ARGS a "id:1,chain"', 1, 1, 'a chain that begins here is never completed'],
      [
        'SecRule ARGS a "id:1,chain"\nSecRule ARGS b "id:2"',
        2,
        1,
        'only the first rule of a chain may have id, phase, skip and disruptive actions',
      ],
      [
        'SecRule ARGS a "id:1,chain"\nSecMarker X',
        1,
        1,
        'a chain that begins here is never completed',
      ],
      ['SecAction "id:x"', 1, 15, 'id needs a whole number, not "x"'],
      ['SecAction "id:1,phase:6"', 1, 23, 'phase is 1 to 5, request, response or logging'],
      [
        'SecAction "id:1,severity:CRITICL"',
        1,
        26,
        'unknown severity "CRITICL"; did you mean "CRITICAL"?',
      ],
      ['SecAction "id:1,status:99"', 1, 24, 'status is 100 to 599'],
      ['SecAction "id:1,setvar:a"', 1, 24, 'setvar needs a place such as tx.name, not "a"'],
      [
        'SecAction "id:1,msg:\'%{ARGZ}\'"',
        1,
        22,
        'unknown variable "ARGZ" in a macro; did you mean "ARGS"?',
      ],
      ['SecAction "id:1,msg:\'a\' b"', 1, 25, 'a comma is missing after the quote'],
      ['SecAction "id:1,msg:\'a"', 1, 21, 'a single quote that is opened here is never closed'],
      ['SecAction "id:1', 1, 11, 'a quote " that is opened here is never closed'],
      ['SecRule REQUEST_URI:a b "id:1"', 1, 9, 'REQUEST_URI is no collection, so it has no "a"'],
      ['SecRule XML:/a[1] b "id:1"', 1, 9, ''],
      ['SecRule ARGS "@pmFromFile none.data" "id:1"', 1, 27, 'data file "none.data" is missing'],
      ['SecRule ARGS "@ipMatch 1.2.3" "id:1"', 1, 24, '"1.2.3" is no address or network'],
      ['SecRuleEngine Maybe', 1, 15, '"Maybe" is not allowed here; write On, Off, DetectionOnly'],
      ['SecRequestBodyLimit many', 1, 21, '"many" is not allowed here; write a whole number'],
      ['SecRuleRemoveById x', 1, 19, 'a rule id, a range of ids, or several of them are needed'],
      [
        'SecRuleUpdateTargetById 1',
        1,
        1,
        'SecRuleUpdateTargetById needs a selection of rules and targets',
      ],
      ['SecRuleUpdateActionById 1 "id:2"', 1, 28, 'id, phase and chain cannot be changed'],
      ['SecDefaultAction "deny"', 1, 19, 'SecDefaultAction needs a phase and a disruptive action'],
      ['Include a.conf', 1, 1, 'no file is named "a.conf"'],
      ['SecXmlExternalEntity On', 1, 22, '"On" is not allowed here; write Off'],
      [
        'SecRule ARGS a "id:1,ctl:ruleRemoveTargetById=1"',
        1,
        47,
        'a semicolon and a target are missing',
      ],
      [
        'SecRule ARGS a "id:1,ctl:ruleEngine=Sometimes"',
        1,
        37,
        '"Sometimes" is none of On, Off, DetectionOnly',
      ],
    ];

  it('is refused with the place of what is wrong', () => {
    assert.equal(WRONG.length, 36);
    for (const [text, line, column, reason] of WRONG) {
      const error = refusal(text);
      assert.deepEqual(
        error.position,
        { file: 'a.conf', line, column },
        `${text}: ${error.message}`,
      );
      if (reason !== '') assert.equal(error.reason, reason);
    }
  });

  it('is refused with the line and a caret under the place', () => {
    assert.equal(
      refusal('SecRule ARGZ a "id:1"').message,
      'a.conf:1:9 unknown variable "ARGZ"; did you mean "ARGS"?\n  SecRule ARGZ a "id:1"\n          ^',
    );
  });

  it('warns of what has no effect and of exclusions that mean no rule', () => {
    const { warnings } = parse(
      'SecAuditLog x\nSecRuleRemoveById 9\nSecAction "id:1,expirevar:ip.a=60"',
    );
    assert.deepEqual(warnings, [
      'a.conf:3 expirevar has no effect: collections end with the transaction',
      'a.conf:1 SecAuditLog has no effect here',
      'a.conf:2 no rule is meant by this',
    ]);
  });
});

describe('exclusions', () => {
  const BASE = [
    "SecRule ARGS a \"id:1,tag:'x/y',msg:'first',deny\"",
    "SecRule ARGS|REQUEST_HEADERS a \"id:2,tag:'x',msg:'second',chain\"",
    'SecRule ARGS b',
    'SecAction "id:15,tag:z"',
  ].join('\n');
  const ids = (text: string): (number | string)[] =>
    parse(`${BASE}\n${text}`).items.map((item) => (item.kind === 'rule' ? item.id : item.label));

  it('remove rules by id, range, tag and message', () => {
    assert.deepEqual(ids('SecRuleRemoveById 1 10-20'), [2]);
    assert.deepEqual(ids('SecRuleRemoveById "2"'), [1, 15]);
    assert.deepEqual(ids('SecRuleRemoveByTag x'), [1, 15]);
    assert.deepEqual(ids('SecRuleRemoveByTag "/^x/"'), [15]);
    assert.deepEqual(ids('SecRuleRemoveByMsg first'), [2, 15]);
  });

  it('hold wherever they stand', () => {
    const rules = parse(`SecRuleRemoveById 1\n${BASE}`);
    assert.equal(rules.items.length, 2);
  });

  it('change the targets of rules', () => {
    const [first, second] = parse(
      `${BASE}\nSecRuleUpdateTargetById 1 "!ARGS:p"\nSecRuleUpdateTargetByTag x "!REQUEST_HEADERS:H,REQUEST_URI"\nSecRuleUpdateTargetById 2:1 "!ARGS:q"`,
    ).items;
    assert.ok(first?.kind === 'rule' && second?.kind === 'rule');
    assert.deepEqual(first.links[0].exclusions, [
      { variable: 'ARGS', selector: { kind: 'key', key: 'p' } },
    ]);
    assert.deepEqual(second.links[0].exclusions, [
      { variable: 'REQUEST_HEADERS', selector: { kind: 'key', key: 'h' } },
    ]);
    assert.equal(second.links[0].targets.length, 3);
    assert.deepEqual(second.links[1]?.exclusions, [
      { variable: 'ARGS', selector: { kind: 'key', key: 'q' } },
    ]);
  });

  it('change the actions of rules', () => {
    const [first] = parse(
      `${BASE}\nSecRuleUpdateActionById 1 "pass,nolog,t:lowercase,status:400,tag:n"`,
    ).items;
    assert.ok(first?.kind === 'rule');
    assert.deepEqual(
      [first.disruption, first.log, first.tags],
      [{ kind: 'pass' }, false, ['x/y', 'n']],
    );
    assert.equal(first.links[0].transformations.length, 1);
  });

  it('given alone may hold nothing else', () => {
    assert.equal(
      parseExclusions(['SecRuleRemoveById 1', 'SecRuleUpdateTargetByMsg first "!ARGS:a"']).length,
      2,
    );
    assert.throws(() => parseExclusions(['SecRuleEngine Off']), RuleSyntaxError);
  });
});
