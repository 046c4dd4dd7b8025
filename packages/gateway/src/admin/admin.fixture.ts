import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { KeyLife } from '../credentials/keyLife.ts';
import { Peppers } from '../credentials/peppers.ts';
import { Subjects } from '../credentials/subjects.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { plainOperation } from '../domain/operation.fixture.ts';
import type { Operation } from '../domain/operation.ts';
import { createRefuse } from '../http/problem.ts';
import { AuditUnavailable, type AuditStore } from '../ports/auditStore.ts';
import type { Stores } from '../ports/stores.ts';
import type { UpstreamCall, UpstreamReply } from '../ports/upstream.ts';
import type { Provider } from '../providers/provider.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { newAdminOf } from './admins.ts';
import { createAdmin, inventory, type AdminApp } from './app.ts';
import type { AdminContext, Capability } from './context.ts';
import type { Endpoint } from './endpoint.ts';
import type { Role } from './roles.ts';
import { Tails } from './tail.ts';

const listOperation = (id: string, path: string): Operation => ({
  ...plainOperation,
  id,
  method: 'GET',
  path,
  summary: id,
  scope: 'notes:read',
  accountWide: true,
  lists: {
    items: 'items',
    owned: [{ kind: 'note', pointers: ['/id'] }],
    page: { member: 'next', parameter: 'after' },
  },
});

/** A provider of notes: the admin API knows no particular provider. */
const echo: Provider = {
  name: 'echo',
  prefix: '/echo',
  baseUrl: 'https://echo.example/echo',
  operations: [listOperation('listNotes', '/v1/notes')],
  shapes: {},
  scopes: {
    'notes:read': 'Read notes.',
    'notes:write': 'Write notes.',
    'notes:delete': 'Delete notes.',
  },
  capabilities: { colour: 'Colour notes.', 'remote-urls': 'Name addresses to fetch.' },
  presets: {
    'read-only': { scopes: ['notes:read'], capabilities: [] },
    full: {
      scopes: ['notes:read', 'notes:write', 'notes:delete'],
      capabilities: ['colour', 'remote-urls'],
    },
  },
  unknownResource: () => ({ status: 404, body: '{}' }),
  tokenCall: null,
  jobCall: {
    operationId: 'readNote',
    kind: 'note',
    parameter: 'id',
    state: () => ({ word: 'done', finished: true }),
    yields: [],
  },
  addressKind: null,
  isRefusal: () => false,
  clientHeaders: () => [],
  requestHeaders: [],
  credentials: {
    isApiKey: () => false,
    authorization: (text) => text,
    exchange: { path: '/token', body: () => ({}), read: () => null },
  },
  probeOperationId: 'listNotes',
};

/** An audit log in memory whose disk can be taken away. */
class MemoryAudit implements AuditStore {
  readonly entries: AuditEntry[] = [];
  readonly durable: boolean[] = [];
  isBroken = false;
  readonly #listeners = new Set<(entry: AuditEntry) => void>();

  async append(entry: AuditEntry, options?: { readonly durable: boolean }): Promise<void> {
    if (this.isBroken) throw new AuditUnavailable('the disk is gone');
    this.entries.push(entry);
    this.durable.push(options?.durable ?? false);
    for (const listener of this.#listeners) listener(entry);
  }

  async find(id: string): Promise<AuditEntry | null> {
    return this.entries.findLast((entry) => entry.id === id) ?? null;
  }

  async list(): Promise<{ rows: readonly AuditEntry[]; next: null }> {
    return { rows: this.entries.filter(({ phase }) => phase === 'final').toReversed(), next: null };
  }

  follow(listener: (entry: AuditEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async ping(): Promise<void> {
    if (this.isBroken) throw new AuditUnavailable('the disk is gone');
  }

  async close(): Promise<void> {}
}

const wafFacts = {
  crs: null,
  rules: 60,
  paranoia: 1,
  inboundThreshold: 5,
  outboundThreshold: 4,
  warnings: [],
};

/** Whatever JSON held: tests say what they expect in it. */
export type Parsed = ReturnType<typeof JSON.parse>;

interface Call {
  readonly body?: unknown;
  readonly token?: string | null;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or null. */
  readonly body: Parsed;
}

/** In order, whoever came first. */
export const statusesOf = (answers: readonly Answered[]): readonly number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

/** The whole admin API over a real database in a folder of its own. */
export interface Bench {
  readonly app: AdminApp;
  readonly stores: Stores;
  readonly audit: MemoryAudit;
  readonly context: AdminContext;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly clock: { wallMs: number };
  readonly capabilities: Capability[];
  readonly upstream: { readonly calls: UpstreamCall[]; readonly replies: UpstreamReply[] };
  /** Sends a request as the owner, unless `token` says otherwise. */
  readonly call: (method: string, path: string, call?: Call) => Promise<Answered>;
  /** Creates a policy, a client and a key, and returns them. */
  readonly makeKey: (
    name?: string,
  ) => Promise<{ policy: Parsed; client: Parsed; key: Parsed; text: string }>;
}

const year = 365 * 86_400_000;

export async function createBench(test: TestContext): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgate-admin-'));
  const stores = await openSqlite({ file: join(folder, 'filmgate.db') });
  test.after(async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  });
  const wall = { wallMs: Date.parse('2026-11-24T12:00:00Z') };
  const clock = { nowMs: () => wall.wallMs, monotonicMs: () => wall.wallMs };
  const audit = new MemoryAudit();
  const capabilities: Capability[] = [
    { name: 'store', state: 'ok', needed: true, detail: 'answers' },
    { name: 'upstream', state: 'ok', needed: false, detail: 'answers' },
  ];
  const upstream = { calls: [] as UpstreamCall[], replies: [] as UpstreamReply[] };
  const nextReply = (): UpstreamReply => {
    const reply = upstream.replies.shift();
    if (!reply) throw new Error('the test gave no reply');
    return reply;
  };
  const subjects = new Subjects({ stores, clock, freshMs: 5_000 });
  const peppers = Peppers.create(join(folder, 'pepper'));
  const context: AdminContext = {
    stores,
    audit,
    clock,
    provider: echo,
    credentials: new KeyLife({ keys: stores.keys, peppers, clock, subjects }),
    upstream: {
      send: async (call) => {
        upstream.calls.push(call);
        return nextReply();
      },
      probe: async () => nextReply(),
    },
    changed: () => subjects.forget(),
    status: () => ({
      version: '0.1.0',
      runtime: 'v26.0.0',
      mode: 'production',
      startedAtMs: wall.wallMs,
      listeners: [{ name: 'edge', address: 'https://127.0.0.1:8443' }],
      capabilities,
    }),
    refuse: createRefuse(),
    guards: ['peer', 'operation', 'authenticate', 'authorize', 'rate'],
    waf: {
      mode: 'enforce',
      overrideCount: 0,
      exclusionsFile: join(folder, 'waf-exclusions.conf'),
      facts: () => wafFacts,
      reload: () => wafFacts,
      alarm: () => {},
    },
    config: { file: null, effective: { version: 1, storage: { postgres: { env: 'DATABASE' } } } },
    hosts: ['localhost', '127.0.0.1', '::1'],
    defaults: {
      environment: 'live',
      keyLifetimeMs: 90 * 86_400_000,
      overlapMs: 86_400_000,
      adminLifetimeMs: year,
    },
  };
  const tokens = await createAdmins(stores, wall.wallMs);
  const app = createAdmin(context, '0.1.0');
  test.after(() => app.close());
  const call = caller(app, tokens.owner, inventory(context, new Tails(context), '0.1.0'));
  const makeKey = keyMaker(call);
  return {
    app,
    stores,
    audit,
    context,
    tokens,
    clock: wall,
    capabilities,
    upstream,
    call,
    makeKey,
  };
}

async function createAdmins(stores: Stores, nowMs: number): Promise<Record<Role, string>> {
  const tokens = { owner: '', operator: '', auditor: '', viewer: '' };
  for (const role of Object.keys(tokens) as Role[]) {
    const { admin, token } = newAdminOf(`the-${role}`, role, nowMs + year, nowMs);
    await stores.admins.create(admin);
    tokens[role] = token;
  }
  return tokens;
}

let requests = 0;
/** As the transport makes them. */
const nextRequestId = (): string => `req_${String((requests += 1)).padStart(26, '0')}`;

/** Every answer is held against the form that the API's description promises. */
function caller(app: AdminApp, owner: string, endpoints: readonly Endpoint[]): Bench['call'] {
  return async (method, path, { body, token = owner, ifMatch, headers } = {}) => {
    const hasBody = method === 'POST' || method === 'PATCH';
    const request = new Request(`https://127.0.0.1:9443${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(hasBody && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...headers,
      },
      ...(hasBody && { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) }),
    });
    const response = await app.fetch(request, { ip: '127.0.0.1', requestId: nextRequestId() });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answered =
      isJson && text !== '' && !text.includes('}\n') ? JSON.parse(text) : text || null;
    if (response.ok && answered?.dry_run !== true) {
      promised(endpoints, method, path)?.reply?.parse(answered);
    }
    return { status: response.status, headers: response.headers, body: answered };
  };
}

const promised = (endpoints: readonly Endpoint[], method: string, path: string) =>
  endpoints.find(
    (endpoint) =>
      endpoint.method === method.toLowerCase() &&
      new RegExp(`^${endpoint.path.replace('{id}', '[^/]+')}$`).test(path.split('?')[0]!),
  );

function keyMaker(call: Bench['call']): Bench['makeKey'] {
  return async (name = 'crm') => {
    const policy = await call('POST', '/v1/policies', { body: { name, preset: 'read-only' } });
    const client = await call('POST', '/v1/clients', {
      body: { name, owner: 'team', policy_id: policy.body.id },
    });
    const key = await call('POST', '/v1/keys', { body: { client_id: client.body.id } });
    return { policy: policy.body, client: client.body, key: key.body.key, text: key.body.text };
  };
}
