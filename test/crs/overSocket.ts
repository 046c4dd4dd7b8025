import { connect } from 'node:tls';
import { compile } from '../../packages/waf/src/index.ts';
import type { Rules, Transaction, TransactionInput } from '../../packages/waf/src/index.ts';
import { regressionOptions } from '../../packages/waf/crs/regressionOptions.ts';
import { logLines, type Send, type StageResult } from '../../packages/waf/crs/send.ts';
import { wireRequest } from '../../packages/waf/crs/wireRequest.ts';
import type { AuditEntry } from '../../packages/gateway/src/domain/audit.ts';
import { callBuilder } from '../../packages/gateway/src/edge/call.ts';
import { createExchange } from '../../packages/gateway/src/edge/exchange.ts';
import { createForward } from '../../packages/gateway/src/edge/forward.ts';
import { testAuthority } from '../../packages/gateway/src/http/fixture.ts';
import { createRefuse } from '../../packages/gateway/src/http/problem.ts';
import type { AuditStore } from '../../packages/gateway/src/ports/auditStore.ts';
import { echo } from '../../packages/gateway/src/providers/echo.fixture.ts';
import { systemClock as clock } from '../../packages/gateway/src/system/clock.ts';
import { createUpstream } from '../../packages/gateway/src/upstream/upstream.ts';
import { Inspection } from '../../packages/gateway/src/waf/inspection.ts';
import type { RulesInForce } from '../../packages/gateway/src/waf/ruleSets.ts';
import { openBareListener, rawTargets } from './listener.ts';
import { openReflector } from './reflector.ts';
import { openWay } from './way.ts';

/** The gateway around a reflecting upstream, and the way to send it the bytes of a stage over TLS. */
export interface Harness {
  readonly send: Send;
  readonly close: () => void;
}

/** Of the stage that was sent last. */
interface Seen {
  transaction: Transaction | null;
  entry: AuditEntry | null;
}

const nothingSeen: Seen = { transaction: null, entry: null };

export async function openHarness(rules: Rules): Promise<Harness> {
  const seen: Seen = { ...nothingSeen };
  const main = compile(rules, regressionOptions);
  const observed: RulesInForce = {
    main: {
      ...main,
      begin: (input: TransactionInput) =>
        (seen.transaction = main.begin({ ...input, id: 'regression' })),
    },
    shadow: null,
    facts: {
      crs: null,
      rules: main.rules.length,
      paranoia: 4,
      inboundThreshold: 5,
      outboundThreshold: 4,
      warnings: [],
    },
  };
  const reflector = await openReflector();
  const upstream = createUpstream({
    baseUrl: reflector.url,
    userAgent: 'filmgate',
    connections: 4,
    connectTimeoutMs: 3_000,
    headersTimeoutMs: 10_000,
    bodyTimeoutMs: 10_000,
    clock,
    probePath: '/',
    credential: () => ({ authorization: () => 'Echo 1', renew: async () => false }),
  });
  const audit = {
    append: async (entry: AuditEntry) => void (seen.entry = entry),
  } as unknown as AuditStore;
  const parts = {
    rules: () => observed,
    overrides: [],
    bodyBytesMax: 1024 * 1024,
    targetOf: ({ id }: { readonly id: string }) => rawTargets.get(id)!,
  };
  const exchange = createExchange({
    provider: echo,
    ways: openWay(),
    inspect: (received) => new Inspection(parts, received),
    forward: createForward({
      provider: echo,
      upstream,
      buildCall: callBuilder(echo, { replyBytesMax: 1024 * 1024 }),
      recorder: { record: async () => [] },
      poller: undefined as never,
      listing: undefined as never,
    }),
    tokens: undefined as never,
    keyUses: { note: () => {} } as never,
    audit,
    clock,
    refuse: createRefuse(),
  });
  const { port, server } = await openBareListener(exchange);
  return {
    send: async (input): Promise<StageResult> => {
      Object.assign(seen, nothingSeen);
      const answer = readAnswer(await sendBytes(port, wireRequest(input)));
      const { transaction, entry } = seen;
      const findings = transaction?.findings ?? [];
      return {
        ...answer,
        ruleIds: recorded(
          entry,
          findings.map(({ ruleId }) => ruleId),
        ),
        log: logLines(findings),
      };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      reflector.server.close();
      reflector.server.closeAllConnections();
      void upstream.close();
    },
  };
}

/** What the audit log has is what the engine found; it keeps the first fifty. */
function recorded(entry: AuditEntry | null, ids: readonly number[]): readonly number[] {
  const kept = (entry?.findings ?? []).map(({ rule }) => rule);
  if (
    kept.join() !== ids.slice(0, kept.length).join() ||
    (kept.length < 50 && kept.length < ids.length)
  ) {
    throw new Error(`the entry has ${kept.join()}, the engine found ${ids.join()}`);
  }
  return ids;
}

/** Everything that comes back until the connection ends. */
function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: testAuthority.cert,
      servername: 'localhost',
    });
    let text = '';
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    const timer = setTimeout(end, quietMs);
    socket.on('secureConnect', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', (error) => (socket.connecting ? reject(error) : end()));
  });
}

const quietMs = 3_000;

/** The status and body of an answer; status null when none came. */
function readAnswer(text: string): Pick<StageResult, 'status' | 'response'> {
  const match = /^HTTP\/1\.1 (\d{3}) /.exec(text);
  if (!match) return { status: null, response: '' };
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end).toLowerCase();
  const body = text.slice(end + 4);
  const isChunked = head.includes('transfer-encoding: chunked');
  return { status: Number(match[1]), response: isChunked ? unchunked(body) : body };
}

function unchunked(body: string): string {
  const line = body.indexOf('\r\n');
  const size = Number.parseInt(body.slice(0, line), 16);
  if (line < 0 || !(size > 0)) return '';
  return body.slice(line + 2, line + 2 + size) + unchunked(body.slice(line + 4 + size));
}
