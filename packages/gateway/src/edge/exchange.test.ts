import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aSubject } from '../credentials/subject.fixture.ts';
import type { Verifier } from '../credentials/verifier.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { deny, isDenial } from '../domain/denial.ts';
import type { Answer, Received } from '../domain/received.ts';
import { createRefuse } from '../http/problem.ts';
import { createCursors } from '../jobs/cursors.ts';
import { createRecorder } from '../jobs/recorder.ts';
import { AuditUnavailable, type AuditStore } from '../ports/auditStore.ts';
import { StoreUnavailable, type ResourceStore } from '../ports/stores.ts';
import type { Upstream, UpstreamReply } from '../ports/upstream.ts';
import { echo } from '../providers/echo.fixture.ts';
import { testWaf } from '../waf/waf.fixture.ts';
import { callBuilder } from './call.ts';
import { createExchange } from './exchange.ts';
import { createForward } from './forward.ts';
import { createWays, type WayParts } from './ways.ts';

/** The whole way over an imaginary provider; each test breaks one part of it. */
interface World {
  readonly entries: AuditEntry[];
  readonly calls: string[];
  readonly answer: Answer;
}

interface Breakage {
  readonly verify?: Verifier['verify'];
  readonly enter?: () => boolean;
  readonly readBody?: () => Promise<Uint8Array>;
  readonly resolve?: () => Promise<readonly string[]>;
  readonly findResource?: () => Promise<never>;
  readonly recordResource?: () => Promise<never>;
  readonly append?: (entry: AuditEntry, durable: boolean) => Promise<void>;
  readonly send?: () => Promise<UpstreamReply>;
}

const subject = aSubject({
  policy: { scopes: ['notes:read', 'notes:write'], capabilities: ['remote-urls'] },
});
const verified = { subject, via: 'key' as const, secretNumber: 1, replaced: null };
const clock = { nowMs: () => 1_000, monotonicMs: () => 1_000 };
const reply = (json: unknown, status = 201): UpstreamReply => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(JSON.stringify(json)),
  headMs: 1,
});

const { inspect } = testWaf();

const note = { title: 'hello', parent: 'n0', link: 'https://example.com/a' };

function received(body: unknown, readBytes?: Breakage['readBody']): Received {
  const bytes = Buffer.from(JSON.stringify(body));
  const pairs = [
    ['authorization', 'key'],
    ['content-type', 'application/json'],
    ['x-forwarded-for', '10.0.0.1'],
  ] as const;
  return {
    id: 'req_1',
    receivedAtMs: 1_000,
    method: 'POST',
    path: '/echo/notes',
    segments: ['echo', 'notes'],
    query: [],
    headers: { pairs, get: (name) => pairs.find(([one]) => one === name)?.[1] },
    socket: { address: '192.0.2.1', port: 1, encrypted: true },
    body: {
      bytesDeclared: bytes.length,
      read: readBytes ?? (async () => bytes),
      stream: () => assert.fail('not streamed'),
    },
    gone: new AbortController().signal,
  };
}

async function run(broken: Breakage = {}, changes: Partial<Received> = {}): Promise<World> {
  const entries: AuditEntry[] = [];
  const calls: string[] = [];
  const resources = {
    find:
      broken.findResource ?? (async (kind: string, id: string) => ({ kind, id, clientId: 'cl_1' })),
    record: broken.recordResource ?? (async () => {}),
    list: async () => ({ rows: [], next: null }),
    setState: async () => {},
    remove: async () => {},
  } as unknown as ResourceStore;
  const parts: WayParts = {
    provider: echo,
    trustedProxies: [],
    globalNetworks: [],
    verifier: { verify: broken.verify ?? (() => verified) } as unknown as Verifier,
    expose: () => {},
    counters: {
      take: () => assert.fail('no rate'),
      enter: broken.enter ?? (() => true),
      leave: () => {},
    },
    rateOptions: { concurrencyMax: 10, pacedOperationId: null },
    bodyLimits: { jsonBytesMax: 10_000, uploadBytesMax: 0, depthMax: 10, valuesMax: 100 },
    tokenBodyLimits: { jsonBytesMax: 10_000, uploadBytesMax: 0, depthMax: 10, valuesMax: 100 },
    addressOptions: {
      ports: [443],
      resolver: { resolve: broken.resolve ?? (async () => ['93.184.215.14']) },
      exemptOrigins: [],
    },
    resources,
    modes: {},
    wafMode: 'enforce',
  };
  const upstream = {
    send: async ({ method, path }: { method: string; path: string }) => {
      calls.push(`${method} ${path} after ${entries.map(({ phase }) => phase).join(' ')}`);
      return broken.send ? broken.send() : reply({ id: 'n1' });
    },
  } as unknown as Upstream;
  const audit = {
    append: async (entry: AuditEntry, options?: { durable: boolean }) => {
      await broken.append?.(entry, options?.durable === true);
      entries.push(entry);
    },
  } as unknown as AuditStore;
  const exchange = createExchange({
    provider: echo,
    ways: createWays(parts),
    inspect,
    forward: createForward({
      provider: echo,
      upstream,
      buildCall: callBuilder(echo, { replyBytesMax: 1_000 }),
      recorder: createRecorder({ provider: echo, resources, clock }),
      poller: { read: () => assert.fail('no poll'), forget: () => {}, size: () => 0 },
      listing: { resources, cursors: createCursors(new Uint8Array(32)) },
    }),
    tokens: undefined as never,
    keyUses: { note: () => {} } as never,
    audit,
    clock,
    refuse: createRefuse(),
  });
  const answer = await exchange({ ...received(note, broken.readBody), ...changes });
  return { entries, calls, answer };
}

const codeOf = ({ answer }: World): string =>
  (JSON.parse(String(answer.body)) as { code: string }).code;
const bug = async (): Promise<never> => {
  throw new RangeError('a bug with secret-text');
};

describe('a paid call', () => {
  it('leaves after its durable intent, and is answered after its entry', async () => {
    const durable: string[] = [];
    const world = await run({
      append: async (entry, isDurable) => void durable.push(`${entry.phase} ${isDurable}`),
    });
    assert.equal(world.answer.status, 201);
    assert.deepEqual(durable, ['intent true', 'final false']);
    assert.deepEqual(world.calls, ['POST /notes after intent']);
    const entry = world.entries.at(-1)!;
    assert.equal(entry.decision, 'allowed');
    assert.deepEqual(entry.created, ['note n1']);
    assert.equal(entry.actor.clientId, 'cl_1');
    assert.equal(entry.upstreamStatus, 201);
    assert.deepEqual(
      entry.trail.map(({ result }) => result),
      entry.trail.map(() => 'passed'),
    );
  });

  it('does not leave when its intent cannot be written', async () => {
    const world = await run({ append: () => Promise.reject(new AuditUnavailable('disk full')) });
    assert.equal(codeOf(world), 'audit_unavailable');
    assert.equal(world.answer.status, 503);
    assert.deepEqual(world.calls, []);
  });

  it('is not answered as done when its entry cannot be written', async () => {
    const world = await run({
      append: async ({ phase }) => {
        if (phase === 'final') throw new AuditUnavailable('disk full');
      },
    });
    assert.equal(codeOf(world), 'audit_unavailable');
  });

  it('whose owner cannot be written down is answered 503, and the entry tells of the call', async () => {
    const world = await run({ recordResource: () => Promise.reject(new StoreUnavailable('down')) });
    assert.equal(codeOf(world), 'store_unavailable');
    assert.equal(world.entries.at(-1)!.decision, 'failed');
    assert.equal(world.calls.length, 1);
  });

  it('whose sending throws is refused and recorded', async () => {
    const world = await run({ send: bug });
    assert.equal(codeOf(world), 'guard_failed');
    assert.equal(world.entries.at(-1)!.code, 'guard_failed');
  });
});

describe('whatever throws on the way refuses the request, records it, and nothing is forwarded', () => {
  const down = (): Promise<never> => Promise.reject(new StoreUnavailable('down'));
  const breakages: readonly (readonly [
    where: string,
    broken: Breakage,
    guard: string,
    code: string,
  ])[] = [
    ['authentication', { verify: bug }, 'authenticate', 'guard_failed'],
    ['the store of keys', { verify: down }, 'authenticate', 'store_unavailable'],
    [
      'the counters',
      {
        enter: () => {
          throw new Error('counters');
        },
      },
      'rate',
      'guard_failed',
    ],
    ['reading the body', { readBody: bug }, 'readBody', 'guard_failed'],
    ['name resolution', { resolve: bug }, 'addresses', 'guard_failed'],
    ['ownership', { findResource: bug }, 'ownership', 'guard_failed'],
    ['the store of ownership', { findResource: down }, 'ownership', 'store_unavailable'],
  ];
  for (const [where, broken, guard, code] of breakages) {
    it(`in ${where}`, async () => {
      const world = await run(broken);
      assert.equal(codeOf(world), code);
      assert.ok(world.answer.status >= 500);
      assert.deepEqual(world.calls, []);
      assert.equal(world.entries.length, 1);
      const entry = world.entries[0]!;
      assert.equal(entry.decision, 'failed');
      assert.deepEqual(entry.trail.at(-1)?.guard, guard);
      assert.equal(entry.trail.at(-1)?.result, 'failed');
      assert.doesNotMatch(String(world.answer.body), /secret-text/);
    });
  }

  it('in the search for the operation', async () => {
    const world = await run({}, { segments: null as unknown as readonly string[] });
    assert.equal(codeOf(world), 'guard_failed');
    assert.equal(world.entries[0]!.trail.at(-1)?.guard, 'operation');
    assert.deepEqual(world.calls, []);
  });
});

describe('a denial', () => {
  it('is recorded with what was known by then', async () => {
    const world = await run({
      verify: () => deny('credential_unknown', { detail: { reason: 'no key has this id' } }),
    });
    assert.equal(world.answer.status, 401);
    const entry = world.entries[0]!;
    assert.equal(entry.decision, 'denied');
    assert.equal(entry.actor.kind, 'anonymous');
    assert.equal(entry.action, 'createNote');
    assert.equal(entry.sourceIp, '192.0.2.1');
    assert.equal(entry.trail.at(-1)?.detail?.reason, 'no key has this id');
    assert.doesNotMatch(String(world.answer.body), /no key has this id/);
  });

  it('of an endless path is recorded with its beginning', async () => {
    const path = `/echo/${'x'.repeat(8_000)}`;
    const world = await run({}, { segments: path.slice(1).split('/'), path });
    assert.equal(world.entries[0]!.path, path.slice(0, 300));
  });

  it('of an unknown route has no operation', async () => {
    const world = await run({}, { segments: ['echo', 'other'], path: '/echo/other' });
    assert.equal(codeOf(world), 'operation_unknown');
    assert.equal(world.entries[0]!.action, 'unknown');
    assert.ok(!isDenial(world.answer));
  });
});
