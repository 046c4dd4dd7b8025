import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile, parseRules } from '../index.ts';
import type { RulesetOptions, Transaction, TransactionInput } from '../index.ts';

const REQUEST: TransactionInput = {
  method: 'POST',
  uri: '/a/b.php?x=one&y=TWO&x=three',
  protocol: 'HTTP/1.1',
  headers: [
    ['Host', 'example.org'],
    ['User-Agent', 'test'],
    ['Cookie', 'sid=1; Theme=dark'],
    ['Content-Type', 'application/x-www-form-urlencoded'],
  ],
  body: 'p=1&q=%41',
  remoteAddress: '192.0.2.7',
  id: 'u-1',
};

function start(
  text: string,
  request: Partial<TransactionInput> = {},
  options: RulesetOptions = {},
): Transaction {
  const rules = parseRules([{ name: 'a.conf', text }]);
  return compile(rules, options).begin({ ...REQUEST, ...request });
}

/** The ids of the rules that matched in both request phases, the naive and the fast evaluator agreeing. */
function matched(
  text: string,
  request: Partial<TransactionInput> = {},
  options: RulesetOptions = {},
): number[] {
  const [fast = [], naive = []] = [false, true].map((isNaive) => {
    const transaction = start(text, request, { ...options, naive: isNaive });
    transaction.evaluate(1);
    transaction.evaluate(2);
    return [...transaction.matchedRuleIds];
  });
  assert.deepEqual(fast, naive);
  return fast;
}

describe('a rule', () => {
  it('looks at the variables that it names', () => {
    const CASES: readonly (readonly [variable: string, value: string])[] = [
      ['REQUEST_METHOD', 'POST'],
      ['REQUEST_URI', '/a/b.php?x=one&y=TWO&x=three'],
      ['REQUEST_FILENAME', '/a/b.php'],
      ['REQUEST_BASENAME', 'b.php'],
      ['QUERY_STRING', 'x=one&y=TWO&x=three'],
      ['REQUEST_PROTOCOL', 'HTTP/1.1'],
      ['REQUEST_LINE', 'POST /a/b.php?x=one&y=TWO&x=three HTTP/1.1'],
      ['ARGS:Y', 'TWO'],
      ['ARGS_POST:q', 'A'],
      ['&ARGS', '5'],
      ['&ARGS:x', '2'],
      ['&ARGS_GET', '3'],
      ['&ARGS:/^[xy]$/', '3'],
      ['ARGS_NAMES:p', 'p'],
      ['ARGS_COMBINED_SIZE', '18'],
      ['REQUEST_HEADERS:user-agent', 'test'],
      ['REQUEST_HEADERS_NAMES:HOST', 'Host'],
      ['REQUEST_COOKIES:theme', 'dark'],
      ['REQUEST_COOKIES_NAMES:sid', 'sid'],
      ['REQUEST_BODY', 'p=1&q=%41'],
      ['REQUEST_BODY_LENGTH', '9'],
      ['REMOTE_ADDR', '192.0.2.7'],
      ['UNIQUE_ID', 'u-1'],
      ['REQBODY_PROCESSOR', 'URLENCODED'],
      ['REQBODY_ERROR', '0'],
      ['SERVER_NAME', 'example.org'],
      ['&TX:none', '0'],
      ['FULL_REQUEST_LENGTH', '168'],
    ];
    assert.equal(CASES.length, 28);
    for (const [variable, value] of CASES) {
      const text = `SecRule ${variable} "@streq ${value}" "id:1,phase:2,pass"`;
      assert.deepEqual(matched(text), [1], `${variable} is ${value}`);
    }
  });

  it('does not look at what is excluded', () => {
    assert.deepEqual(matched('SecRule ARGS|!ARGS:x "@rx one|three" "id:1"'), []);
    assert.deepEqual(matched('SecRule ARGS|!ARGS:/^X$/ "@rx one|three" "id:1"'), []);
    assert.deepEqual(matched('SecRule ARGS|!ARGS "@rx ." "id:1"'), []);
    assert.deepEqual(matched('SecRule &ARGS|!ARGS:x "@eq 3" "id:1"'), [1]);
  });

  it('matches every value for which a negated operator does not hold', () => {
    assert.deepEqual(matched('SecRule ARGS:x "!@streq one" "id:1"'), [1]);
    assert.deepEqual(matched('SecRule ARGS:none "!@streq one" "id:1"'), []);
  });

  it('does its actions once for every match', () => {
    const text = 'SecRule ARGS "@rx ." "id:1,setvar:tx.n=+1"\nSecRule TX:n "@eq 5" "id:2"';
    assert.deepEqual(matched(text), [1, 2]);
  });

  it('applies transformations in order', () => {
    assert.deepEqual(matched('SecRule ARGS:y "@streq two" "id:1,t:lowercase"'), [1]);
    assert.deepEqual(matched('SecRule ARGS:y "@streq 3" "id:1,t:lowercase,t:length"'), [1]);
  });

  it('with multiMatch looks at every value on the way', () => {
    const text =
      'SecRule ARGS:z "@rx a" "id:1,t:lowercase,t:urlDecodeUni,multiMatch,setvar:tx.n=+1"\nSecRule TX:n "@eq 2" "id:2"';
    assert.deepEqual(matched(text, { uri: '/?z=%2541a', body: '' }), [1, 2]);
    assert.deepEqual(
      matched('SecRule ARGS:z "@streq %41" "id:1,t:urlDecodeUni,multiMatch"', { uri: '/?z=%2541' }),
      [1],
    );
    assert.deepEqual(
      matched('SecRule ARGS:z "@streq %41" "id:1,t:urlDecodeUni"', { uri: '/?z=%2541' }),
      [],
    );
  });

  it('captures groups and forgets those of a longer capture', () => {
    const text = [
      'SecRule ARGS:x "@rx ^(t)(h)ree$" "id:1,capture,setvar:tx.a=%{tx.1}%{tx.2}"',
      'SecRule ARGS:y "@rx ^T" "id:2,capture"',
      'SecRule TX:a "@streq th" "id:3"',
      'SecRule TX:0 "@streq T" "id:4"',
      'SecRule &TX:2 "@eq 0" "id:5"',
    ].join('\n');
    assert.deepEqual(matched(text), [1, 2, 3, 4, 5]);
  });

  it('finds variables of TX by pattern without regard to case', () => {
    const text =
      'SecAction "id:1,setvar:\'tx.Score_%{REQUEST_METHOD}=7\'"\nSecRule TX:/^SCORE_p/ "@eq 7" "id:2"';
    assert.deepEqual(matched(text), [1, 2]);
  });

  it('adds, subtracts and deletes', () => {
    const text = [
      'SecAction "id:1,setvar:tx.a=5,setvar:tx.a=+%{tx.a},setvar:tx.a=-3,setvar:tx.b=1,setvar:!tx.b"',
      'SecRule TX:a "@eq 7" "id:2"',
      'SecRule &TX:b "@eq 0" "id:3"',
    ].join('\n');
    assert.deepEqual(matched(text), [1, 2, 3]);
  });
});

describe('a chain', () => {
  it('matches when all its rules do', () => {
    assert.deepEqual(
      matched('SecRule ARGS:x "@streq one" "id:1,chain"\nSecRule ARGS:y "@streq TWO"'),
      [1],
    );
    assert.deepEqual(
      matched('SecRule ARGS:x "@streq one" "id:1,chain"\nSecRule ARGS:y "@streq two"'),
      [],
    );
  });

  it('does the actions of its first rule before the rest is tried', () => {
    const text =
      'SecRule ARGS:x "@streq one" "id:1,setvar:tx.a=1,chain"\nSecRule ARGS:y "@streq none"\nSecRule TX:a "@eq 1" "id:2"';
    assert.deepEqual(matched(text), [2]);
  });

  it('hands on what was matched', () => {
    const text = [
      'SecRule ARGS:x "@rx ." "id:1,chain"',
      'SecRule MATCHED_VARS "@streq one" "chain"',
      'SecRule MATCHED_VARS_NAMES "@streq ARGS:x" "chain"',
      'SecRule MATCHED_VAR_NAME "@rx ^MATCHED_VARS_NAMES:"',
      'SecRule ARGS:x "@rx ." "id:2,chain"',
      'SecRule MATCHED_VAR "@streq three"',
      'SecRule ARGS:y "@rx ." "id:3,chain"',
      'SecRule MATCHED_VARS "@streq one"',
    ].join('\n');
    assert.deepEqual(matched(text), [1, 2]);
  });
});

describe('the course of a phase', () => {
  it('goes on after a marker, a rule id or a number of rules', () => {
    const text = [
      'SecAction "id:1,skipAfter:END"',
      'SecAction "id:2"',
      'SecMarker END',
      'SecAction "id:3,skip:1"',
      'SecAction "id:4"',
      'SecAction "id:5,skipAfter:6"',
      'SecAction "id:6"',
      'SecAction "id:7"',
      'SecAction "id:8,skipAfter:NOWHERE"',
      'SecAction "id:9"',
    ].join('\n');
    assert.deepEqual(matched(text), [1, 3, 5, 7, 8]);
  });

  it('counts skipped rules of its own phase only', () => {
    const text =
      'SecAction "id:1,skip:1"\nSecAction "id:2,phase:1"\nSecAction "id:3"\nSecAction "id:4"';
    assert.deepEqual(matched(text), [2, 1, 4]);
  });

  it('ends at allow: this phase, both request phases, or all', () => {
    const text = (scope: string): string =>
      `SecAction "id:1,phase:1,${scope}"\nSecAction "id:2,phase:1"\nSecAction "id:3,phase:2"`;
    assert.deepEqual(matched(text('allow:phase')), [1, 3]);
    assert.deepEqual(matched(text('allow:request')), [1]);
    assert.deepEqual(matched(text('allow')), [1]);
  });

  it('is interrupted by deny, drop and redirect, and phase 5 runs all the same', () => {
    for (const [action, status] of [
      ['deny', 403],
      ['deny,status:406', 406],
      ['drop', 403],
      ['redirect:/x', 302],
    ] as const) {
      const transaction = start(
        `SecAction "id:1,phase:1,${action}"\nSecAction "id:2,phase:1"\nSecAction "id:3,phase:5"`,
      );
      const { interruption } = transaction.evaluate(1);
      assert.deepEqual(
        [interruption?.status, interruption?.ruleId, interruption?.reason],
        [status, 1, 'rule'],
      );
      assert.equal(transaction.evaluate(2).interruption, interruption);
      transaction.evaluate(5);
      assert.deepEqual(transaction.matchedRuleIds, [1, 3]);
    }
  });

  it('is not interrupted in detection mode, but the verdict tells', () => {
    const transaction = start(
      'SecRuleEngine DetectionOnly\nSecAction "id:1,phase:1,deny"\nSecAction "id:2,phase:1"',
    );
    const { interruption, wouldInterrupt } = transaction.evaluate(1);
    assert.deepEqual([interruption, wouldInterrupt?.ruleId], [null, 1]);
    assert.deepEqual(transaction.matchedRuleIds, [1, 2]);
  });

  it('does nothing when the engine is off', () => {
    assert.deepEqual(matched('SecRuleEngine Off\nSecAction "id:1,deny"'), []);
  });
});

describe('ctl', () => {
  const after = (ctl: string): number[] =>
    matched(
      `SecAction "id:1,phase:1,ctl:${ctl}"\nSecRule ARGS "@rx three" "id:20,tag:t,msg:'m'"\nSecRule ARGS_NAMES|ARGS "@rx q" "id:30,tag:u/v"`,
    );

  it('takes rules out for the rest of the transaction', () => {
    assert.deepEqual(after('auditEngine=Off'), [1, 20, 30]);
    assert.deepEqual(after('ruleRemoveById=20'), [1, 30]);
    assert.deepEqual(after('ruleRemoveById=10-40'), [1]);
    assert.deepEqual(after('ruleRemoveByTag=t'), [1, 30]);
    assert.deepEqual(after('ruleRemoveByTag=u'), [1, 20, 30]);
    assert.deepEqual(after('ruleRemoveByTag=/^u/'), [1, 20]);
    assert.deepEqual(after('ruleRemoveByMsg=m'), [1, 30]);
  });

  it('takes targets out for the rest of the transaction', () => {
    assert.deepEqual(after('ruleRemoveTargetById=20;ARGS:x'), [1, 30]);
    assert.deepEqual(after('ruleRemoveTargetById=20;ARGS:y'), [1, 20, 30]);
    assert.deepEqual(after('ruleRemoveTargetByTag=t;ARGS'), [1, 30]);
    assert.deepEqual(after('ruleRemoveTargetByMsg=m;ARGS:/^x$/'), [1, 30]);
    assert.deepEqual(after('ruleRemoveTargetById=30;ARGS_NAMES'), [1, 20]);
  });

  it('changes how the body is read', () => {
    const text = (ctl: string): string =>
      `SecAction "id:1,phase:1,ctl:${ctl}"\nSecRule ARGS_POST "@rx ." "id:2"\nSecRule REQUEST_BODY "@rx ." "id:3"`;
    const plain = { headers: [['Content-Type', 'text/plain']] as const };
    assert.deepEqual(matched(text('auditEngine=Off'), plain), [1]);
    assert.deepEqual(matched(text('forceRequestBodyVariable=On'), plain), [1, 2, 3]);
    assert.deepEqual(matched(text('requestBodyProcessor=URLENCODED'), plain), [1, 2, 3]);
    assert.deepEqual(matched(text('requestBodyAccess=Off')), [1]);
  });

  it('changes the mode', () => {
    const transaction = start(
      'SecAction "id:1,phase:1,ctl:ruleEngine=DetectionOnly"\nSecAction "id:2,phase:1,deny"',
    );
    assert.equal(transaction.evaluate(1).interruption, null);
  });
});

describe('a body', () => {
  it('that cannot be parsed raises REQBODY_ERROR', () => {
    const text = 'SecRule REQBODY_ERROR "@eq 1" "id:1,phase:2"';
    for (const [type, body] of [
      ['application/json', '{'],
      ['text/xml', '<a>'],
      ['multipart/form-data', 'x'],
      ['application/vnd.a+json', '['],
    ] as const) {
      assert.deepEqual(matched(text, { headers: [['Content-Type', type]], body }), [1], type);
    }
    assert.deepEqual(matched(text), []);
    assert.deepEqual(
      matched('SecArgumentsLimit 2\nSecRule REQBODY_ERROR "@eq 1" "id:1,phase:2"', { body: '' }),
      [1],
    );
  });

  it('becomes arguments, files and XML', () => {
    const json = {
      headers: [['Content-Type', 'application/json']] as const,
      body: '{"a":[{"b":"v"}]}',
    };
    assert.deepEqual(matched('SecRule ARGS:json.a.0.b "@streq v" "id:1,phase:2"', json), [1]);
    const xml = { headers: [['Content-Type', 'application/xml']] as const, body: '<a b="c">d</a>' };
    assert.deepEqual(
      matched(
        'SecRule XML:/* "@streq d" "id:1"\nSecRule XML://@* "@streq c" "id:2"\nSecRule XML:/*|!XML:/* d "id:3"',
        xml,
      ),
      [1, 2],
    );
    const body =
      '--X\r\nContent-Disposition: form-data; name="f"; filename="n.txt"\r\n\r\ndata\r\n--X--\r\n';
    const multipart = {
      headers: [['Content-Type', 'multipart/form-data; boundary=X']] as const,
      body,
    };
    const text =
      'SecRule FILES:f "@streq n.txt" "id:1"\nSecRule FILES_COMBINED_SIZE "@eq 4" "id:2"\nSecRule MULTIPART_PART_HEADERS:f "@rx filename" "id:3"\nSecRule MULTIPART_STRICT_ERROR "@eq 0" "id:4"';
    assert.deepEqual(matched(text, multipart), [1, 2, 3, 4]);
  });

  it('larger than the limit is refused, and in detection mode cut', () => {
    const refused = start('SecRequestBodyLimit 4\nSecAction "id:1,phase:2"').evaluate(2);
    assert.deepEqual(
      [refused.interruption?.status, refused.interruption?.reason],
      [413, 'body_limit'],
    );
    const text =
      'SecRuleEngine DetectionOnly\nSecRequestBodyLimit 4\nSecRule REQUEST_BODY "@streq p=1&" "id:1,phase:2"\nSecRule INBOUND_DATA_ERROR "@eq 1" "id:2"';
    assert.deepEqual(matched(text), [1, 2]);
  });

  it('of a response is read up to its limit when its type is to be read', () => {
    const text =
      'SecResponseBodyAccess On\nSecResponseBodyLimit 4\nSecRule RESPONSE_BODY "@streq 1234" "id:1,phase:4"\nSecRule RESPONSE_STATUS "@eq 500" "id:2,phase:3"';
    const seen = (type: string): readonly number[] => {
      const transaction = start(text);
      transaction.setResponse({ status: 500, headers: [['Content-Type', type]] });
      transaction.evaluate(3);
      transaction.setResponseBody('123456');
      transaction.evaluate(4);
      return transaction.matchedRuleIds;
    };
    assert.deepEqual(seen('text/html; charset=utf-8'), [2, 1]);
    assert.deepEqual(seen('image/png'), [2]);
  });
});

describe('a finding', () => {
  it('tells rule, place, values and scores', () => {
    const transaction = start(
      'SecRule ARGS "@rx (t)" "id:9,phase:1,capture,t:lowercase,severity:CRITICAL,tag:a,tag:b,msg:\'Found %{tx.1}\',\\\nlogdata:\'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}\',setvar:tx.score=+5"',
      { uri: '/?k=aT%0d%0ab' },
    );
    transaction.evaluate(1);
    assert.deepEqual(transaction.findings, [
      {
        ruleId: 9,
        phase: 1,
        message: 'Found t',
        logData: 'ARGS:k=at\\x0d\\x0ab',
        severity: 'CRITICAL',
        tags: ['a', 'b'],
        version: '',
        file: 'a.conf',
        line: 1,
        matches: [
          {
            variable: 'ARGS:k',
            value: 'at\r\nb',
            message: 'Found t',
            logData: 'ARGS:k=at\\x0d\\x0ab',
          },
        ],
        scores: [{ variable: 'tx.score', added: 5 }],
      },
    ]);
  });

  it('is kept of logged rules only', () => {
    const transaction = start('SecAction "id:1,phase:1,nolog"\nSecAction "id:2,phase:1,log"');
    transaction.evaluate(1);
    assert.deepEqual(
      transaction.findings.map(({ ruleId }) => ruleId),
      [2],
    );
    assert.deepEqual(transaction.matchedRuleIds, [1, 2]);
  });
});

describe('the options', () => {
  const SETUP =
    'SecAction "id:1,phase:1,nolog,setvar:tx.blocking_paranoia_level=1,setvar:tx.other=1"\nSecRule &TX:blocking_paranoia_level "@eq 0" "id:2,phase:1,setvar:tx.blocking_paranoia_level=1"';

  it('go before what the set-up rules say', () => {
    const text = `${SETUP}\nSecRule TX:blocking_paranoia_level "@eq 3" "id:3,phase:1"\nSecRule TX:other "@eq 1" "id:4,phase:1"`;
    assert.deepEqual(matched(text, {}, { paranoiaLevel: 3 }), [1, 3, 4]);
  });

  it('exclude rules and targets', () => {
    const text = 'SecRule ARGS "@rx one" "id:1"\nSecRule ARGS "@rx TWO" "id:2"';
    assert.deepEqual(
      matched(
        text,
        {},
        { exclusions: ['SecRuleRemoveById 1', 'SecRuleUpdateTargetById 2 "!ARGS:y"'] },
      ),
      [],
    );
  });

  it('bound the work; a transaction that needs more is interrupted', () => {
    for (const naive of [true, false]) {
      const options = { budgetSteps: 2000, naive };
      const request = { body: `p=${'a'.repeat(5000)}` };
      const transaction = start('SecRule ARGS "@rx b$" "id:1,phase:2"', request, options);
      const { interruption, budgetExceeded } = transaction.evaluate(2);
      assert.deepEqual(
        [interruption?.reason, interruption?.status, budgetExceeded],
        ['budget', 503, true],
      );
    }
  });
});

describe('a fault of the engine', () => {
  it('interrupts', () => {
    const rules = parseRules([{ name: 'a.conf', text: 'SecRule ARGS "@rx one" "id:1,phase:1"' }]);
    for (const item of rules.items) {
      if (item.kind === 'rule' && item.links[0].test !== null) {
        item.links[0].test.operator.evaluate = () => assert.fail('broken');
      }
    }
    const { interruption } = compile(rules).begin(REQUEST).evaluate(1);
    assert.deepEqual([interruption?.reason, interruption?.status], ['internal', 500]);
  });
});
