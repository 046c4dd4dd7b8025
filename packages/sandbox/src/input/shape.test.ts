import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exclusive, needs, someOf, together } from './rules.ts';
import {
  choice,
  either,
  flag,
  list,
  number,
  object,
  Problems,
  text,
  url,
  type Shape,
} from './shape.ts';

function read<T>(shape: Shape<T>, value: unknown) {
  const problems = new Problems();
  const result = shape(value, '', problems);
  return {
    result,
    problems: problems.fields().map(({ name, errors }) => `${name}: ${errors.join()}`),
  };
}

const film = object({
  required: { name: text({ max: 5 }) },
  optional: { scenes: list(object({ optional: { loud: flag } }), { min: 1, max: 2 }) },
});

describe('a shape', () => {
  it('drops unknown fields without a word, at every depth', () => {
    const { result, problems } = read(film, {
      name: 'a',
      nam: 1,
      scenes: [{ loud: true, lud: 2 }],
    });
    assert.deepEqual(result, { name: 'a', scenes: [{ loud: true }] });
    assert.deepEqual(problems, []);
  });

  it('keeps unknown fields when it is open, even one named like the prototype', () => {
    const open = object({ optional: { name: text() }, open: true });
    const { result } = read(open, JSON.parse('{"name":"a","more":1,"__proto__":{"evil":1}}'));
    assert.equal((result as Record<string, unknown>)['evil'], undefined);
    assert.equal((result as Record<string, unknown>)['more'], 1);
    assert.deepEqual(Object.keys(result!).sort(), ['__proto__', 'more', 'name']);
  });

  it('names every broken field by its place', () => {
    const { problems } = read(film, { scenes: [{ loud: 'yes' }, {}, 3] });
    assert.deepEqual(problems, [
      'name: is required',
      'scenes: must have at most 2 item(s)',
      'scenes[0].loud: must be true or false',
      'scenes[2]: must be an object',
    ]);
  });

  it('holds texts, numbers, choices and addresses to their limits', () => {
    const cases: [Shape<unknown>, unknown][] = [
      [text({ min: 2 }), 'a'],
      [text({ pattern: /^\d+$/ }), 'a'],
      [number({ min: 1 }), 0],
      [number({ max: 1 }), 2],
      [number({ whole: true }), 1.5],
      [number(), '1'],
      [choice('a', 'b'), 'c'],
      [url(), 'not an address'],
      [url({ max: 10 }), 'https://long.example/'],
      [list(text()), 'a'],
      [object({}), null],
      [either(text(), number()), true],
    ];
    for (const [shape, value] of cases)
      assert.equal(read(shape, value).problems.length, 1, JSON.stringify(value));
    assert.deepEqual(read(either(text(), number()), 4).result, 4);
  });
});

describe('a rule between fields', () => {
  const checked = (...rules: Parameters<typeof object>[0]['rules'] & {}) =>
    object({ optional: { a: flag, b: flag }, rules });
  const both = { a: true, b: true };

  it('can exclude fields from each other', () => {
    assert.deepEqual(read(checked(exclusive('a', 'b')), both).problems, [
      'b: cannot be given together with a',
    ]);
    assert.deepEqual(read(checked(exclusive('a', 'b')), { b: true }).problems, []);
  });

  it('can ask for all or none, for some, and for one because of another', () => {
    assert.deepEqual(read(checked(together('a', 'b')), { a: true }).problems, [
      'b: is required with a',
    ]);
    assert.deepEqual(read(checked(together('a', 'b')), {}).problems, []);
    assert.deepEqual(read(checked(someOf('a', 'b')), {}).problems, ['a: needs one of a, b']);
    assert.deepEqual(read(checked(needs('a', 'b')), { a: true }).problems, [
      'b: is required with a',
    ]);
    assert.deepEqual(read(checked(needs('a', 'b')), { b: true }).problems, []);
  });
});
