import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestName } from '../../domain/nearest.ts';
import type { Json, Shape } from '../../domain/shape.ts';
import { echo } from '../../providers/echo.fixture.ts';
import { inspect, type InspectionRules } from './inspect.ts';
import { sensitiveMembers } from './sensitive.ts';

const rules: InspectionRules = {
  shapes: echo.shapes,
  sensitive: sensitiveMembers(echo.shapes),
  nearest: nearestName,
};
const ids = new Map([['parent', 'parent']]);
const look = (value: Json, shape: Shape = { ref: 'Note' }) => inspect(rules, shape, value, ids);

/** The violation of a value in one line: code, pointer, hint. */
function said(value: Json, shape?: Shape): string {
  const { violation } = look(value, shape);
  return violation ? `${violation.code} ${violation.pointer} ${violation.hint}` : 'fits';
}

describe('a value that fits its shape', () => {
  it('says nothing', () => {
    const note = {
      title: 'a',
      parent: 7,
      colour: 'red',
      weight: 0.5,
      count: -3,
      pinned: true,
      link: 'https://example.com/',
      voice: 'name',
      replies: [{ title: 'b' }],
      extra: { any: [1, null, { deep: true }] },
      anything: [[]],
    };
    assert.equal(said(note), 'fits');
  });
});

describe('a value that does not fit', () => {
  const rows: readonly (readonly [value: Json, expected: string])[] = [
    ['text', 'field_invalid  must be an object'],
    [[], 'field_invalid  must be an object'],
    [null, 'field_invalid  must be an object'],
    [{}, 'field_missing /title is required'],
    [{ title: 1 }, 'field_invalid /title must be a text from 1 to 40 characters'],
    [{ title: '' }, 'field_invalid /title must be a text from 1 to 40 characters'],
    [{ title: 'x'.repeat(41) }, 'field_invalid /title must be a text from 1 to 40 characters'],
    [{ title: 'a', parent: true }, 'field_invalid /parent must be a text or a whole number'],
    [{ title: 'a', parent: 1.5 }, 'field_invalid /parent must be an id'],
    [{ title: 'a', parent: 2 ** 53 }, 'field_invalid /parent must be an id'],
    [{ title: 'a', count: 2 ** 53 }, 'field_invalid /count must be a whole number'],
    [{ title: 'a', count: 0.5 }, 'field_invalid /count must be a whole number'],
    [{ title: 'a', colour: 'blue' }, 'field_invalid /colour must be one of red, green'],
    [{ title: 'a', weight: 1.01 }, 'field_invalid /weight must be a number from 0 to 1'],
    [{ title: 'a', weight: -0.01 }, 'field_invalid /weight must be a number from 0 to 1'],
    [{ title: 'a', weight: '1' }, 'field_invalid /weight must be a number from 0 to 1'],
    [{ title: 'a', replies: [] }, 'field_invalid /replies must be an array from 1 to 3 items'],
    [
      { title: 'a', replies: [1, 2, 3, 4] },
      'field_invalid /replies must be an array from 1 to 3 items',
    ],
    [{ title: 'a', replies: [{ title: 'b' }, {}] }, 'field_missing /replies/1/title is required'],
    [
      { title: 'a', voice: 'too long a name' },
      'field_invalid /voice must be a whole number or a text of at most 10 characters',
    ],
    [{ title: 'a', titel: 'b' }, 'field_unknown /titel did you mean title?'],
    [{ title: 'a', Title: 'b' }, 'field_unknown /Title did you mean title?'],
    [{ title: 'a', zzzzzzzz: 'b' }, 'field_unknown /zzzzzzzz is not known here'],
    [
      { title: 'a', replies: [{ title: 'b', colr: 1 }] },
      'field_unknown /replies/0/colr did you mean colour?',
    ],
    [{ title: 'a', constructor: 1 }, 'field_unknown /constructor is not known here'],
    [{ title: 'a', toString: 1 }, 'field_unknown /toString is not known here'],
  ];
  for (const [value, expected] of rows) {
    it(`is told: ${expected} (${JSON.stringify(value).slice(0, 60)})`, () =>
      assert.equal(said(value), expected));
  }

  it('is told about the first flaw only', () => {
    assert.equal(said({ weight: 9, count: 'x', zz: 1 }), 'field_missing /title is required');
  });

  it('shows a member name of the caller only where it is an ordinary one', () => {
    assert.equal(said({ title: 'a', '<b>': 1 }), 'field_unknown  is not known here');
    assert.equal(said({ title: 'a', ['x'.repeat(65)]: 1 }), 'field_unknown  is not known here');
    assert.equal(
      said({ title: 'a', replies: [{ title: 'b', 'a/b': 1 }] }),
      'field_unknown /replies/0 is not known here',
    );
    assert.equal(
      said({ title: 'a', ['x'.repeat(64)]: 1 }),
      `field_unknown /${'x'.repeat(64)} is not known here`,
    );
  });
});

describe('a body made to be slow', () => {
  it('is walked once, however deep sensitive members stand in each other', () => {
    let value: Json = {};
    for (let depth = 0; depth < 60; depth += 1) value = { pinned: value, voice: 'a' };
    assert.deepEqual([...look({ title: 'a', extra: value }).uses.keys()], ['pin']);
    assert.deepEqual([...look({ title: 'a', unknown: value }).uses.keys()], ['pin']);
  });

  it('costs one hint, however many of its members are unknown', () => {
    let hints = 0;
    const nearest = () => {
      hints += 1;
      return null;
    };
    const value = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`n${index}`, 1]));
    inspect(
      { ...rules, nearest },
      { types: ['object'], properties: {}, additional: false },
      value,
      ids,
    );
    assert.equal(hints, 1);
  });
});

describe('lengths', () => {
  const shape: Shape = { types: ['string'], lengthMin: 2, lengthMax: 4 };
  it('count characters, not code units', () => {
    for (const text of ['ab', 'abcd', '😀😀', '😀😀😀😀', 'a😀'])
      assert.equal(said(text, shape), 'fits', text);
    for (const text of ['a', 'abcde', '😀', '😀😀😀😀😀', 'abc😀😀'])
      assert.notEqual(said(text, shape), 'fits', text);
    assert.equal(said('', { types: ['string'], lengthMax: 0 }), 'fits');
    assert.equal(said('a', { types: ['string'], lengthMin: 1 }), 'fits');
    assert.equal(
      said('😀', { types: ['string'], lengthMin: 2 }),
      'field_invalid  must be a text of at least 2 characters',
    );
  });
});

describe('other members', () => {
  it('have the shape that is given for them', () => {
    const shape: Shape = { ref: 'Tags' };
    assert.equal(said({ tags: ['abc'], sure: true }, shape), 'fits');
    assert.equal(said({ sure: 'yes' }, shape), 'field_invalid /sure must be true or false');
    assert.equal(
      said({ tags: ['ABC'] }, shape),
      'field_invalid /tags/0 must be a text of the form ^[a-z]{1,8}$',
    );
  });
});

describe('a shape that is not there', () => {
  it('is a bug and not a pass', () => {
    assert.throws(() => look(1, { ref: 'Nothing' }), TypeError);
    assert.throws(() => look(1, { ref: 'toString' }), TypeError);
  });
});

describe('capabilities', () => {
  const uses = (value: Json) => Object.fromEntries(look(value).uses);

  it('are needed by the fields that are used, and by the first of each kind', () => {
    assert.deepEqual(uses({ title: 'a', pinned: true, replies: [{ title: 'b', pinned: true }] }), {
      pin: '/pinned',
    });
  });

  it('are not needed by a field that is false', () => {
    assert.deepEqual(uses({ title: 'a', pinned: false }), {});
  });

  it('depend on the branch that fits', () => {
    assert.deepEqual(uses({ title: 'a', voice: 'name' }), {});
    assert.deepEqual(uses({ title: 'a', voice: 5 }), { voice: '/voice' });
  });

  it('are needed where the form is open too, in any case', () => {
    assert.deepEqual(uses({ title: 'a', extra: { deep: [{ Pinned: true }] } }), {
      pin: '/extra/deep/0/Pinned',
    });
    assert.deepEqual(uses({ title: 'a', extra: { pinned: false } }), {});
    assert.deepEqual(uses({ title: 'a', extra: { voice: 5 } }), { voice: '/extra/voice' });
    assert.deepEqual(uses({ title: 'a', extra: { voice: 'name' } }), {});
    const shapes: Record<string, Shape> = {
      Root: {
        types: ['object'],
        properties: { sinks: { types: ['array'], items: { ref: 'Sink' } } },
      },
      Sink: { types: ['object'], capability: 'sink' },
    };
    const open = { shapes, sensitive: sensitiveMembers(shapes), nearest: nearestName };
    for (const sinks of [[false, {}], {}] as Json[]) {
      const found = inspect(open, { ref: 'Root' }, { x: { sinks } }, ids);
      assert.deepEqual(Object.fromEntries(found.uses), { sink: '/x/sinks' });
    }
    assert.equal(inspect(open, { ref: 'Root' }, { x: { sinks: [] } }, ids).uses.size, 0);
  });

  it('are needed in what does not fit as well', () => {
    assert.deepEqual(uses({ title: 'a', replies: { pinned: true } }), { pin: '/replies/pinned' });
    assert.deepEqual(uses({ title: 'a', unknown: { pinned: true } }), { pin: '/unknown/pinned' });
  });

  it('are not needed inside what the upstream does not look at', () => {
    const inspection = look({
      title: 'a',
      echoed: { pinned: true, url: 'http://10.0.0.1/', parent: 'n' },
    });
    assert.deepEqual(
      [inspection.uses.size, inspection.addresses, inspection.references],
      [0, [], []],
    );
  });
});

describe('addresses', () => {
  const found = (value: Json) =>
    look(value).addresses.map(({ pointer, text }) => `${pointer} ${text}`);

  it('are every text that is described as fetched, whatever it looks like', () => {
    assert.deepEqual(found({ title: 'a', link: 'not an address' }), ['/link not an address']);
  });

  it('are what reads like one where the description leaves it open', () => {
    const inner = [
      'https://a.example',
      'plain',
      '//b',
      ' \u0000file:c',
      'data:text/plain,x',
      'note: d',
    ];
    assert.deepEqual(found({ title: 'a', extra: { list: inner } }), [
      '/extra/list/0 https://a.example',
      '/extra/list/2 //b',
      '/extra/list/3  \u0000file:c',
    ]);
    assert.deepEqual(found({ title: 'a', anything: 'http:10.0.0.1' }), ['/anything http:10.0.0.1']);
    assert.deepEqual(found({ title: 'a', sourceUrl: 'ftp://c' }), ['/sourceUrl ftp://c']);
    assert.deepEqual(found({ title: 'a', sourceUrl: 'draft' }), []);
  });

  it('are not in plain texts', () => {
    assert.deepEqual(found({ title: 'https://a.example' }), []);
  });

  it('are looked for in what does not fit as well', () => {
    assert.deepEqual(found({ title: ['https://a.example'], unknown: 'https://b.example' }), [
      '/title/0 https://a.example',
      '/unknown https://b.example',
    ]);
  });

  it('need their capability wherever they stand', () => {
    assert.equal(look({ title: 'a', link: 'x' }).uses.get('remote-urls'), '/link');
    assert.equal(look({ title: 'a', extra: ['//b'] }).uses.get('remote-urls'), '/extra/0');
    assert.equal(look({ title: 'a', extra: ['b'] }).uses.size, 0);
  });
});

describe('references', () => {
  const found = (value: Json) =>
    look(value).references.map(({ member, text, pointer, described }) =>
      [member, text, pointer, described].join(' '),
    );

  it('are the ids of described members and of members of that name elsewhere', () => {
    assert.deepEqual(
      found({ title: 'a', parent: 'n1', extra: { Parent: 7, x: [{ parent: 'n2' }] } }),
      [
        'parent n1 /parent true',
        'parent 7 /extra/Parent false',
        'parent n2 /extra/x/0/parent false',
      ],
    );
  });

  it('are texts and whole numbers only', () => {
    assert.deepEqual(found({ title: 'a', extra: { parent: { parent: null } } }), []);
    assert.deepEqual(
      found({ title: 'a', extra: { parent: ['n1', [7, null, { parent: 'n2' }]] } }),
      [
        'parent n1 /extra/parent/0 false',
        'parent 7 /extra/parent/1/0 false',
        'parent n2 /extra/parent/1/2/parent false',
      ],
    );
    for (const name of ['PARENT', 'par_ent', 'Par-Ent'])
      assert.deepEqual(found({ title: 'a', extra: { [name]: 'n' } }), [
        `parent n /extra/${name} false`,
      ]);
    assert.equal(
      said({ title: 'a', extra: { parent: 1.5 } }),
      'field_invalid /extra/parent must be an id',
    );
  });

  it('are kept from the branch that fits', () => {
    const shape: Shape = { anyOf: [{ types: ['string'] }, { ref: 'Note' }] };
    const inspection = look(
      { title: 'a', parent: 'n', link: 'https://a.example', pinned: true },
      shape,
    );
    assert.deepEqual(inspection.references.length, 1);
    assert.deepEqual(inspection.addresses.length, 1);
    assert.deepEqual([...inspection.uses.keys()], ['remote-urls', 'pin']);
  });
});
