import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Shape } from '../../packages/gateway/src/domain/shape.ts';
import {
  operations,
  shapes,
} from '../../packages/gateway/src/providers/pictory/catalogue.generated.ts';
import { withBodyIds } from './bodyIds.ts';
import { type ApiDocument, readDocument, type Node, Untranslatable } from './document.ts';
import { drifted } from './generate.ts';
import { toOperations } from './operations.ts';
import { printModule } from './print.ts';
import { namedShapes, toShape } from './shapes.ts';

const description = readDocument(
  new URL('../../packages/gateway/src/providers/pictory/openapi.yaml', import.meta.url),
);

/** Every mark of that name in the description's schemas. */
function marks(node: unknown, name: string): number {
  if (typeof node !== 'object' || node === null) return 0;
  const own = Object.hasOwn(node, name) ? 1 : 0;
  return own + Object.values(node).reduce<number>((sum, inner) => sum + marks(inner, name), 0);
}

describe('the catalogue', () => {
  it('is what the description gives', () => {
    assert.deepEqual(
      drifted().map(({ pathname }) => pathname),
      [],
      'run node tools/catalogue/generate.ts',
    );
  });

  it('has all 60 operations, each of its own, and all 34 scopes', () => {
    assert.equal(operations.length, 60);
    assert.equal(new Set(operations.map(({ id }) => id)).size, 60);
    assert.equal(new Set(operations.map(({ method, path }) => `${method} ${path}`)).size, 60);
    assert.equal(new Set(operations.map(({ scope }) => scope)).size, 34);
  });

  it('has every one of the 44 marks of fetched addresses, and each with a capability', () => {
    const found: Shape[] = [];
    const visit = (shape: Shape): void => {
      if (shape.fetched === 'always') found.push(shape);
      const inner = [...Object.values(shape.properties ?? {}), ...(shape.anyOf ?? [])];
      for (const one of shape.items ? [...inner, shape.items] : inner) visit(one);
    };
    for (const shape of Object.values(shapes)) visit(shape);
    assert.equal(marks(description.schemas, 'x-ssrf'), 44);
    assert.equal(found.length, 44);
    const capabilities = Object.groupBy(found, (shape) => shape.capability ?? 'none');
    assert.deepEqual(Object.keys(capabilities).sort(), ['remote-urls', 'webhook']);
    assert.equal(capabilities['webhook']!.length, 11);
  });

  it('has every capability and secret that requests mark', () => {
    const text = JSON.stringify(shapes);
    assert.equal(text.split('"secret":true').length - 1, 8);
    const marked = [
      'ai-visual',
      'avatar',
      'premium-voice',
      'story-copilot',
      'aws',
      'vimeo',
      'destinations',
      'save-project',
    ];
    for (const name of marked) assert.ok(text.includes(`"capability":"${name}"`), name);
  });

  it('marks what is destructive, what shows the whole account, and what is paid', () => {
    const ids = (pick: (one: (typeof operations)[number]) => boolean) =>
      operations.filter(pick).map(({ id }) => id);
    assert.equal(ids((one) => one.destructive).length, 5);
    assert.equal(ids((one) => one.accountWide).length, 9);
    assert.deepEqual(
      ids((one) => one.accountWide && one.lists === null),
      ['getQuota', 'listAiCreditUsage'],
    );
    assert.deepEqual(
      ids((one) => one.anyCase),
      ['createUploadUrl'],
    );
    assert.equal(ids((one) => one.cost !== 'free-read' && one.cost !== 'free-write').length, 16);
  });

  it('says of every path parameter whose id it is', () => {
    for (const { id, path, pathParameters, ids } of operations) {
      const named = ids.filter((one) => one.in === 'path').map(({ at }) => at);
      assert.deepEqual(
        named,
        pathParameters.map(({ name }) => name),
        id,
      );
      assert.equal(path.split('{').length - 1, named.length, id);
    }
  });

  it('closes every object whose members are known, but for those that the description leaves open', () => {
    const open = Object.entries(shapes).filter(
      ([, shape]) => shape.properties && shape.additional === undefined,
    );
    assert.deepEqual(
      open.map(([name]) => name),
      [
        'Destination',
        'FromTemplateRequest',
        'HighlightsRequest',
        'Project',
        'RenderOverrides',
        'RenderParams',
        'SceneElement',
        'TemplateScene',
        'TemplateUpdate',
        'UpdateElement',
        'V1RenderScene',
        'V1StoryboardRequest',
        'V1StoryboardScene',
        'V1TranscriptionRequest',
      ],
    );
  });
});

const schemaOf = (schema: Node) => () => toShape(schema, 'member', 'here');

describe('the generator', () => {
  const refused: readonly (readonly [name: string, schema: Node, message: RegExp])[] = [
    [
      'an unknown keyword',
      { type: 'string', minProperties: 1 },
      /here: the keyword minProperties is not known/,
    ],
    ['an unknown extension', { type: 'string', 'x-new': 1 }, /x-new/],
    ['oneOf', { oneOf: [] }, /oneOf/],
    ['allOf', { allOf: [] }, /allOf/],
    ['not', { not: {} }, /not/],
    ['patternProperties', { type: 'object', patternProperties: {} }, /patternProperties/],
    [
      'a schema for other members',
      { type: 'object', additionalProperties: { type: 'string' } },
      /additionalProperties/,
    ],
    [
      'additionalProperties: false, which is the rule',
      { type: 'object', additionalProperties: false },
      /additionalProperties/,
    ],
    ['a keyword beside a reference', { $ref: '#/components/schemas/A', maxLength: 3 }, /maxLength/],
    ['a reference to elsewhere', { $ref: 'other.yaml#/A' }, /reference/],
    ['a format that checks nothing', { type: 'string', format: 'date' }, /format/],
    ['a fetched field without its format', { type: 'string', 'x-ssrf': true }, /format: uri/],
    ['a pattern that is open at an end', { type: 'string', pattern: '^a' }, /anchored/],
    ['a pattern with open repetition', { type: 'string', pattern: '^a+$' }, /anchored/],
    ['a pattern with an open count', { type: 'string', pattern: '^a{2,}$' }, /anchored/],
    ['a pattern with an escape', { type: 'string', pattern: String.raw`^\s$` }, /anchored/],
    [
      'an unknown keyword deep inside',
      { type: 'object', properties: { a: { items: { x: 1 } } } },
      /here\/a\/items: the keyword x/,
    ],
  ];
  for (const [name, schema, message] of refused) {
    it(`stops at ${name}`, () => {
      assert.throws(schemaOf(schema), (error: Error) => {
        assert.ok(error instanceof Untranslatable);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('marks texts that are called addresses, where the description does not', () => {
    assert.deepEqual(toShape({ type: 'string' }, 'visualUrl', ''), {
      types: ['string'],
      fetched: 'perhaps',
    });
    assert.deepEqual(toShape({ type: 'string' }, 'curly', ''), { types: ['string'] });
    assert.deepEqual(toShape({ type: 'integer' }, 'url', ''), { types: ['integer'] });
  });

  const withOperation = (change: Node, path = '/v1/jobs/{jobid}'): ApiDocument => ({
    ...description,
    paths: {
      ...description.paths,
      [path]: { get: { ...description.paths['/v1/jobs/{jobid}']!['get'], ...change } },
    },
  });

  const broken: readonly (readonly [name: string, document: ApiDocument, message: RegExp])[] = [
    ['an unknown member of an operation', withOperation({ servers: [] }), /servers/],
    ['an unknown cost', withOperation({ 'x-cost': 'cheap' }), /cost cheap/],
    ['no scope', withOperation({ 'x-scope': undefined }), /x-scope is missing/],
    ['an unknown flag', withOperation({ 'x-flags': ['odd'] }), /flag odd/],
    [
      'a header that it does not know',
      withOperation({ parameters: [{ name: 'X-Odd', in: 'header', schema: {} }] }),
      /X-Odd/,
    ],
    ['a path that differs from its parameters', withOperation({ parameters: [] }), /differ/],
    [
      'an id of unknown kind',
      withOperation({ parameters: [{ name: 'x', in: 'path', schema: {} }] }, '/v9/{x}'),
      /does not say what x names/,
    ],
    [
      'two media types',
      withOperation({ requestBody: { content: { 'a/b': {}, 'c/d': {} } } }),
      /one media type/,
    ],
    ['an overlay that names what is gone', { ...description, paths: {} }, /is not there/],
  ];
  for (const [name, document, message] of broken) {
    it(`stops at ${name}`, () => assert.throws(() => toOperations(document), message));
  }

  it('stops at a reference to nothing', () => {
    assert.throws(() => namedShapes(description, [{ ref: 'Nothing' }]), /no such schema/);
  });

  it('stops when the overlay changes a schema that no request uses', () => {
    assert.throws(() => namedShapes(description, [{ ref: 'TokenRequest' }]), /no request uses/);
  });

  it('looks for ids in a body only where they may stand', () => {
    const operation = operations.find(({ id }) => id === 'createUploadUrl')!;
    const idsIn = (shape: Shape) =>
      withBodyIds(
        { ...operation, ids: [], body: { mediaType: 'application/json', required: true, shape } },
        {},
      ).ids.map(({ at }) => at);
    const closed = (properties: Shape['properties']): Shape => ({
      types: ['object'],
      properties: properties!,
      additional: false,
    });
    assert.deepEqual(idsIn(closed({ a: { types: ['string'] } })), []);
    assert.deepEqual(idsIn(closed({ templateId: { types: ['string'] } })), ['templateId']);
    assert.deepEqual(
      idsIn(closed({ a: { types: ['array'], items: closed({ jobId: { types: ['string'] } }) } })),
      ['jobId'],
    );
    assert.equal(idsIn(closed({ a: { types: ['object'] } })).length, 7);
    assert.equal(idsIn(closed({ a: {} })).length, 7);
  });

  it('prints texts so that they mean the same', async () => {
    const summary = `it's "quoted" \\ and\nbroken`;
    const source = printModule([{ ...operations[0]!, summary }], {})
      .replaceAll(/import type .*\n/g, '')
      .replaceAll(/: readonly Operation\[\]|: Readonly<Record<string, Shape>>/g, '');
    const module = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
      operations: { summary: string }[];
    };
    assert.equal(module.operations[0]!.summary, summary);
  });
});
