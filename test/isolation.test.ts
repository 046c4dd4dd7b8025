import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Listing, Operation } from '../packages/gateway/src/domain/operation.ts';
import { pictory } from '../packages/gateway/src/providers/pictory/provider.ts';
import type { Json } from './clients/sampleClient.ts';
import { createBelongings, call } from './isolation/belongings.ts';
import { describedPlaces, openPlaces, resolve, smallest, type Place } from './isolation/shapes.ts';
import { makeClient, type TestClient } from './process/clients.ts';
import { databases, type Database } from './process/databases.ts';
import { offline } from './process/ground.ts';
import type { Reply } from './process/https.ts';
import type { Stage } from './process/stage.ts';

const { operations, unknownResource } = pictory;
const kinds = [
  'job',
  'project',
  'template',
  'upload',
  'aws-connection',
  'vimeo-connection',
] as const;

type Things = Readonly<Record<string, string>>;

/** A client and one thing of each kind that is its own. */
interface Party extends TestClient {
  readonly things: Things;
}

interface Scene {
  readonly stage: Stage;
  readonly owner: Party;
  readonly stranger: Party;
}

async function openScene(stage: Stage): Promise<Scene> {
  stage.sandbox.fault({ kind: 'drop-webhook', times: 'unlimited' });
  const party = async (name: string): Promise<Party> => {
    const client = await makeClient(stage, name);
    const own = createBelongings(stage, client);
    const things: Record<string, string> = {};
    for (const kind of kinds) things[kind] = await own[kind]();
    return { ...client, things };
  };
  return { stage, owner: await party('owner'), stranger: await party('stranger') };
}

/** The provider's own words for what does not exist, and nothing sent on. */
function checkUnknown({ stage }: Scene, reply: Reply, kind: string): void {
  const { status, body } = unknownResource(kind, '');
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.text, body);
  assert.deepEqual(stage.sandbox.requests(), []);
}

const inPath = operations.flatMap((operation) =>
  operation.ids.filter((id) => id.in === 'path').map(({ kind }) => ({ operation, kind })),
);

/** Places of bodies where an id may stand, by operation. */
function placesOf({ body, ids }: Operation): readonly (Place & { readonly kind: string })[] {
  const shape = body?.shape;
  if (!shape) return [];
  return ids
    .filter((id) => id.in === 'body')
    .flatMap(({ at, kind }) => [
      ...[...describedPlaces(shape, (name) => name === at)].map((place) => ({ ...place, kind })),
      ...[...openPlaces(shape, at)].map((place) => ({ ...place, kind })),
    ]);
}

const inBody = operations.flatMap((operation) =>
  placesOf(operation).map((place) => ({ operation, ...place })),
);

/** Places where the service would fetch what somebody uploaded. */
const fetched = operations.flatMap((operation) =>
  operation.body?.shape
    ? [...describedPlaces(operation.body.shape, (_, { fetched }) => fetched !== undefined)].map(
        (place) => ({ operation, ...place }),
      )
    : [],
);

/** A call with things of the caller's own wherever the operation wants some, but for the one place. */
function callWith(
  { stage }: Scene,
  { key, things }: Party,
  operation: Operation,
  written: Written,
) {
  const { method, ids, body: described } = operation;
  const required = (described?.shape && resolve(described.shape).required) ?? [];
  let { path } = operation;
  const body = structuredClone(written.body) as Json;
  for (const { in: place, at, kind } of ids) {
    if (place === 'path') path = path.replace(`{${at}}`, written.path ?? things[kind]!);
    else if (required.includes(at) && written.pointer !== `/${at}`) body[at] = things[kind];
  }
  return call(stage, key, method, path, { body });
}

interface Written {
  readonly path?: string;
  readonly body?: unknown;
  /** Where in the body somebody else's id stands. */
  readonly pointer?: string;
}

function checkIds(database: Database): void {
  let stage: Stage;
  let scene: Scene;
  before(async () => {
    stage = await database.openStage({ config: offline, speed: 1 });
    scene = await openScene(stage);
  });
  after(() => stage.dispose());

  for (const { operation, kind } of inPath) {
    it(`in the path of ${operation.id} is as unknown as one that there is not`, async () => {
      const { owner, stranger } = scene;
      const id = owner.things[kind]!;
      const shape = operation.body?.shape;
      const body = shape ? smallest(shape) : undefined;
      const encoded = `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`;
      stage.sandbox.clearRequests();
      for (const path of [id, encoded, 'no-such-id'])
        checkUnknown(scene, await callWith(scene, stranger, operation, { path, body }), kind);
    });
  }

  for (const { operation, pointer, kind, bodyWith } of inBody) {
    it(`at ${pointer} of ${operation.id} is unknown, and its owner may send it`, async () => {
      const { owner, stranger } = scene;
      const written = { body: bodyWith(owner.things[kind]!), pointer };
      stage.sandbox.clearRequests();
      checkUnknown(scene, await callWith(scene, stranger, operation, written), kind);
      const reply = await callWith(scene, owner, operation, written);
      assert.equal(reply.headers['filmgate-error'], undefined, reply.text);
      assert.equal(stage.sandbox.requests().length, 1);
    });
  }

  for (const { operation, pointer, bodyWith } of fetched) {
    it(`of an upload at ${pointer} of ${operation.id} is unknown, and its owner may send it`, async () => {
      const { owner, stranger } = scene;
      const written = { body: bodyWith(owner.things['upload']!), pointer };
      stage.sandbox.clearRequests();
      checkUnknown(scene, await callWith(scene, stranger, operation, written), 'upload');
      const reply = await callWith(scene, owner, operation, written);
      assert.equal(reply.headers['filmgate-error'], undefined, reply.text);
      assert.equal(stage.sandbox.requests().length, 1);
    });
  }

  it('of an upload is unknown however its address is written', async () => {
    const { owner, stranger } = scene;
    const url = new URL(owner.things['upload']!);
    const last = url.pathname.at(-1)!;
    const spellings = [
      url.href.replace('https:', 'HTTPS:'),
      `${url.href}?x=1`,
      `${url.href}#x`,
      `${url.href.slice(0, -1)}%${last.charCodeAt(0).toString(16)}`,
      `${url.origin}/./${url.pathname.slice(1)}`,
      `${url.origin}/x/..${url.pathname}`,
    ];
    stage.sandbox.clearRequests();
    for (const fileUrl of spellings) {
      const body = { fileUrl };
      const reply = await call(stage, stranger.key, 'POST', '/v2/transcription', { body });
      checkUnknown(scene, reply, 'upload');
    }
  });

  it('is tried in every place', () => {
    assert.equal(inPath.length, 19);
    assert.ok(inBody.length >= 300, `${inBody.length} places of ids`);
    assert.ok(fetched.length >= 60, `${fetched.length} places of addresses`);
  });
}

function checkLists(database: Database): void {
  let stage: Stage;
  let scene: Scene;
  before(async () => {
    stage = await database.openStage({ config: offline, speed: 1 });
    scene = await openScene(stage);
  });
  after(() => stage.dispose());
  const lists = operations.filter(
    (one): one is Operation & { lists: Listing } => one.lists !== null,
  );

  const read = async (operation: Operation, { key }: TestClient, query = ''): Promise<Json> => {
    const { status, json, text } = await call(stage, key, 'GET', operation.path + query);
    assert.equal(status, 200, text);
    return json;
  };
  const idsOf = ({ lists }: Operation & { lists: Listing }, page: Json): readonly string[] =>
    page[lists.items].map((item: Json) => {
      const pointers = lists.owned.flatMap(({ pointers }) => pointers);
      const values = pointers.map((pointer) =>
        pointer
          .split('/')
          .slice(1)
          .reduce((value: Json, name) => value?.[name], item),
      );
      return String(values.find((value) => value !== undefined));
    });

  it('of somebody who owns nothing is empty, and nobody is asked', async () => {
    const newcomer = await makeClient(stage, 'newcomer');
    stage.sandbox.clearRequests();
    for (const operation of lists)
      assert.deepEqual(idsOf(operation, await read(operation, newcomer)), [], operation.id);
    assert.deepEqual(stage.sandbox.requests(), []);
    assert.equal(lists.length, 7);
  });

  it("shows one's own things and neither another client's nor what the account had before", async () => {
    const { owner, stranger } = scene;
    const makers = {
      owner: createBelongings(stage, owner),
      stranger: createBelongings(stage, stranger),
    };
    const { apiKey: key, url: origin } = stage.sandbox;
    const account = createBelongings({ ...stage, origin }, { key });
    for (const [kind, listId] of [
      ['job', 'listJobs'],
      ['project', 'listProjects'],
      ['template', 'listTemplates'],
      ['aws-connection', 'listAwsConnections'],
      ['vimeo-connection', 'listVimeoConnections'],
    ] as const) {
      const operation = lists.find(({ id }) => id === listId)!;
      const already = idsOf(operation, await read(operation, owner));
      const [own, foreign] = [await makers.owner[kind](), await makers.stranger[kind]()];
      await account[kind]();
      const listed = idsOf(operation, await read(operation, owner));
      assert.deepEqual(listed.toSorted(), [...already, own].toSorted(), listId);
      const theirs = idsOf(operation, await read(operation, stranger));
      assert.ok(theirs.includes(foreign), listId);
      assert.deepEqual(
        theirs.filter((id) => listed.includes(id)),
        [],
        listId,
      );
    }
  });

  it('of generated pictures and clips shows the own ones', async () => {
    const { owner, stranger } = scene;
    for (const [path, listId] of [
      ['/v1/aistudio/images', 'listAiImages'],
      ['/v1/aistudio/videos', 'listAiVideos'],
    ] as const) {
      const operation = lists.find(({ id }) => id === listId)!;
      for (const { key } of [owner, stranger]) {
        const body = { prompt: 'a quiet sea at dawn' };
        const { json } = await call(stage, key, 'POST', path, { body });
        const { jobId } = (json as Json).data;
        assert.ok(stage.sandbox.finishJob(jobId));
        await call(stage, key, 'GET', `/v1/jobs/${jobId}`);
      }
      const [own, theirs] = [
        idsOf(operation, await read(operation, owner)),
        idsOf(operation, await read(operation, stranger)),
      ];
      assert.equal(own.length, 1, listId);
      assert.equal(theirs.length, 1, listId);
      assert.notDeepEqual(own, theirs);
    }
  });

  it("is paged by keys that are nobody else's", async () => {
    const { owner, stranger } = scene;
    const operation = lists.find(({ id }) => id === 'listJobs')!;
    const whole = idsOf(operation, await read(operation, owner));
    stage.sandbox.account.settings.jobsPageSize = 2;
    const paged: string[] = [];
    let page = await read(operation, owner);
    const firstKey = page.nextPageKey as string;
    for (
      ;
      page.nextPageKey !== null;
      page = await read(operation, owner, `?nextPageKey=${encodeURIComponent(page.nextPageKey)}`)
    )
      paged.push(...idsOf(operation, page));
    paged.push(...idsOf(operation, page));
    assert.deepEqual(paged, whole);
    stage.sandbox.clearRequests();
    const query = `?nextPageKey=${encodeURIComponent(firstKey)}`;
    const { status } = await call(stage, stranger.key, 'GET', operation.path + query);
    assert.equal(status, 400);
    assert.deepEqual(stage.sandbox.requests(), []);
  });
}

for (const database of databases) {
  const { name, missing } = database;
  if (missing === null) {
    describe(`another client's id, on ${name}`, () => checkIds(database));
    describe(`a list, on ${name}`, () => checkLists(database));
  } else it(`another client's ids and lists, on ${name}`, (context) => context.skip(missing));
}
