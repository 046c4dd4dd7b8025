import { networkRule } from '../credentials/subjects.ts';
import { Tokens } from '../credentials/tokens.ts';
import { parseCidr } from '../domain/network.ts';
import { callBuilder } from '../edge/call.ts';
import { createExchange, type Exchange } from '../edge/exchange.ts';
import { createForward, type Forward } from '../edge/forward.ts';
import { createWays, type Ways } from '../edge/ways.ts';
import { createRefuse } from '../http/problem.ts';
import { createCursors } from '../jobs/cursors.ts';
import { createPoller } from '../jobs/polling.ts';
import { createRecorder } from '../jobs/recorder.ts';
import { replyJson } from '../jobs/replyJson.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import { pictory as provider } from '../providers/pictory/provider.ts';
import { MemoryCounters } from '../storage/memory/counters.ts';
import { systemClock as clock } from '../system/clock.ts';
import { systemResolver } from '../system/resolver.ts';
import { systemTimers as timers } from '../system/timers.ts';
import { Inspection } from '../waf/inspection.ts';
import type { Core } from './core.ts';
import { jsonLimits, type Waf } from './waf.ts';

const finishedKeepMs = 30_000;
const finishedBytesMax = 16 * 1024 * 1024;

/** The request's way with everything that it needs. */
export function createEdge(
  core: Core,
  waf: Waf,
): { readonly exchange: Exchange; readonly ways: Ways } {
  const ways = makeWays(core);
  const exchange = createExchange({
    provider,
    ways,
    inspect: (received) => new Inspection(waf.inspection, received),
    forward: makeForward(core),
    tokens: new Tokens({
      store: core.stores.tokens,
      lifetimeMs: core.loaded.config.keys.token_lifetime,
    }),
    keyUses: core.keyUses,
    audit: core.audit,
    clock,
    refuse: createRefuse(),
  });
  return { ways, exchange };
}

function makeWays({ loaded, stores, verifier, exposure }: Core): Ways {
  const { edge, guards, networks, limits, addresses, upstream } = loaded.config;
  const { waf: wafMode, ...modes } = guards;
  return createWays({
    provider,
    trustedProxies: edge.trusted_proxies.map((cidr) => parseCidr(cidr)!),
    globalNetworks: networkRule(loaded.where('networks', 'allow'), networks.allow),
    verifier,
    expose: (text, where) => exposure.report(text, where),
    counters: new MemoryCounters(),
    rateOptions: {
      concurrencyMax: limits.concurrency,
      pacedOperationId: provider.jobCall?.operationId ?? null,
    },
    bodyLimits: { ...jsonLimits, jsonBytesMax: limits.body, uploadBytesMax: limits.upload },
    tokenBodyLimits: { ...jsonLimits, jsonBytesMax: 4_096, uploadBytesMax: 0 },
    addressOptions: {
      ports: addresses.ports,
      resolver: (addresses.resolve ?? !upstream.allow_loopback) ? systemResolver : null,
      exemptOrigins: upstream.allow_loopback ? [new URL(upstream.base_url!).origin] : [],
    },
    resources: stores.resources,
    modes,
    wafMode,
  });
}

function makeForward({ loaded, stores, upstream, peppers }: Core): Forward {
  const { limits, polling } = loaded.config;
  return createForward({
    provider,
    upstream,
    buildCall: callBuilder(provider, { replyBytesMax: limits.reply }),
    recorder: createRecorder({ provider, resources: stores.resources, clock }),
    poller: createPoller({
      clock,
      timers,
      intervalMs: polling.interval,
      holdMsMax: 25_000,
      isFinished,
      finishedKeepMs,
      finishedBytesMax,
    }),
    listing: {
      resources: stores.resources,
      cursors: createCursors(peppers.derive('page cursors')),
    },
  });
}

/** Whether a reply is a job's last word. */
function isFinished(reply: UpstreamReply): boolean {
  const json = reply.status === 200 ? replyJson(reply) : undefined;
  return json !== undefined && provider.jobCall?.state(json).finished === true;
}
