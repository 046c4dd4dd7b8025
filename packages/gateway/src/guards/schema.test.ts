import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDenial } from '../domain/denial.ts';
import type { Json } from '../domain/shape.ts';
import { echo, echoOperation } from '../providers/echo.fixture.ts';
import { schema } from './schema.ts';

const guard = schema(echo);

interface Sent {
  readonly json?: Json;
  readonly query?: readonly (readonly [string, string])[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly string[];
}

const factsOf = (operationId: string, sent: Sent) => ({
  operation: echoOperation(operationId),
  parameters: sent.parameters ?? {},
  query: sent.query ?? [],
  content: { bytes: null, json: sent.json, stream: null },
  grant: {
    scopes: new Set<string>(),
    capabilities: new Set(sent.capabilities ?? []),
    remoteHosts: [],
  },
});

const check = (operationId: string, sent: Sent) => {
  const outcome = guard.check(factsOf(operationId, sent));
  assert.ok(!(outcome instanceof Promise));
  return outcome;
};

function denialOf(operationId: string, sent: Sent) {
  const outcome = check(operationId, sent);
  assert.ok(isDenial(outcome), 'it was let through');
  return { code: outcome.code, pointer: outcome.pointer, hint: outcome.hint };
}

function inputOf(operationId: string, sent: Sent) {
  const outcome = check(operationId, sent);
  assert.ok(!isDenial(outcome), JSON.stringify(outcome));
  return outcome.input;
}

describe('a body', () => {
  it('that fits is handed on with its addresses and references', () => {
    const json = { title: 'a', parent: 'n1', link: 'https://a.example/' };
    const input = inputOf('createNote', { json, capabilities: ['remote-urls'] });
    assert.deepEqual(input.addresses, [{ pointer: '/link', text: 'https://a.example/' }]);
    assert.deepEqual(input.references, [
      { member: 'parent', described: true, pointer: '/parent', text: 'n1' },
    ]);
  });

  it('that does not fit is refused with pointer and hint', () => {
    assert.deepEqual(denialOf('createNote', { json: { title: 'a', colr: 'red' } }), {
      code: 'field_unknown',
      pointer: '/colr',
      hint: 'did you mean colour?',
    });
  });

  it('that is refused is not reflected', () => {
    const outcome = check('createNote', { json: { title: 'a', colour: 'p4ssw0rd' } });
    assert.ok(isDenial(outcome));
    assert.ok(!JSON.stringify(outcome).includes('p4ssw0rd'));
  });

  it('may use what was granted and nothing else', () => {
    const json = { title: 'a', pinned: true };
    const outcome = check('createNote', { json, capabilities: ['voice'] });
    assert.ok(isDenial(outcome));
    assert.equal(outcome.code, 'capability_missing');
    assert.equal(outcome.pointer, '/pinned');
    assert.deepEqual(outcome.extensions, { capability: 'pin' });
    assert.ok(inputOf('createNote', { json, capabilities: ['pin'] }));
  });

  it('that is absent or opaque holds nothing', () => {
    for (const operationId of ['annotate', 'uploadFile', 'listNotes']) {
      const input = inputOf(operationId, { parameters: { note: 'n1' } });
      assert.deepEqual([input.addresses, input.references, input.proven().size], [[], [], 0]);
    }
  });
});

describe('the path', () => {
  it('has values of their shape', () => {
    assert.ok(inputOf('readNote', { parameters: { note: 'n1' } }));
    for (const parameters of [{ note: 'x'.repeat(65) }, {}]) {
      assert.deepEqual(denialOf('readNote', { parameters }), {
        code: 'parameter_invalid',
        pointer: 'path:note',
        hint: 'must be a text of at most 64 characters',
      });
    }
  });
});

describe('the query', () => {
  const query = (...pairs: (readonly [string, string])[]) => ({ query: pairs });

  it('has described parameters only', () => {
    assert.deepEqual(denialOf('listNotes', query(['limti', '5'])), {
      code: 'parameter_unknown',
      pointer: undefined,
      hint: 'did you mean limit?',
    });
    assert.equal(
      denialOf('listNotes', query(['zzzzzzzz', '5'])).hint,
      'there is no such query parameter',
    );
    assert.equal(
      denialOf('readNote', { parameters: { note: 'n' }, ...query(['a', 'b']) }).code,
      'parameter_unknown',
    );
  });

  it('has each of them once', () => {
    assert.deepEqual(denialOf('listNotes', query(['limit', '5'], ['limit', '6'])), {
      code: 'parameter_invalid',
      pointer: 'query:limit',
      hint: 'may be given once',
    });
  });

  it('has numbers in plain digits and within their range', () => {
    for (const value of ['1', '50']) assert.ok(inputOf('listNotes', query(['limit', value])));
    const bad = ['0', '51', '-1', '01', '+5', '5.0', '5e0', ' 5', '', 'five', '0x5', '１'];
    for (const value of bad) {
      const denial = denialOf('listNotes', query(['limit', value]));
      assert.equal(denial.hint, 'must be a whole number from 1 to 50', value);
    }
  });

  it('has the required ones', () => {
    const shape = { types: ['string'] } as const;
    const required = {
      ...echoOperation('listNotes'),
      query: [
        { name: 'limit', required: true, shape },
        { name: 'after', required: true, shape },
      ],
    };
    const outcome = guard.check({
      ...factsOf('listNotes', query(['limit', '5'])),
      operation: required,
    });
    assert.ok(isDenial(outcome));
    assert.deepEqual([outcome.code, outcome.pointer], ['parameter_invalid', 'query:after']);
  });
});

describe('proven values', () => {
  it('are those of query and body together, and computed once', () => {
    const input = inputOf('listNotes', {
      query: [
        ['limit', '5'],
        ['after', 'x'],
      ],
    });
    assert.deepEqual([...input.proven()], ['limit']);
    assert.equal(input.proven(), input.proven());
    const body = inputOf('createNote', { json: { title: 'a', weight: 1 } });
    assert.deepEqual([...body.proven()], ['json.weight']);
  });
});

describe('the guard when it is off', () => {
  it('still finds addresses and references for the guards behind it', () => {
    const json = { parent: 'n1', link: 'https://a.example/', unknown: { pinned: true } };
    const { input } = guard.otherwise!(factsOf('createNote', { json }));
    assert.equal(input.addresses.length, 1);
    assert.equal(input.references.length, 1);
  });
});
