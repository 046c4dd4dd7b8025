import { networkRule } from '../credentials/subjects.ts';
import { Tokens } from '../credentials/tokens.ts';
import { parseCidr } from '../domain/network.ts';
import { callBuilder } from '../edge/call.ts';
import { createExchange, type Exchange } from '../edge/exchange.ts';
import { createForward } from '../edge/forward.ts';
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
  const { loaded, stores, verifier, upstream, keyUses, audit } = core;
  const { config } = loaded;
  const { waf: wafMode, ...guardModes } = config.guards;
  const ways = createWays({
    provider,
    trustedProxies: config.edge.trusted_proxies.map((cidr) => parseCidr(cidr)!),
    globalNetworks: networkRule(loaded.where('networks', 'allow'), config.networks.allow),
    verifier,
    expose: (text, where) => core.exposure.report(text, where),
    counters: new MemoryCounters(),
    rateOptions: {
      concurrencyMax: config.limits.concurrency,
      pacedOperationId: provider.jobCall?.operationId ?? null,
    },
    bodyLimits: {
      ...jsonLimits,
      jsonBytesMax: config.limits.body,
      uploadBytesMax: config.limits.upload,
    },
    tokenBodyLimits: { ...jsonLimits, jsonBytesMax: 4_096, uploadBytesMax: 0 },
    addressOptions: {
      ports: config.addresses.ports,
      resolver:
        (config.addresses.resolve ?? !config.upstream.allow_loopback) ? systemResolver : null,
      exemptOrigins: config.upstream.allow_loopback
        ? [new URL(config.upstream.base_url!).origin]
        : [],
    },
    resources: stores.resources,
    modes: guardModes,
    wafMode,
  });
  const forward = createForward({
    provider,
    upstream,
    buildCall: callBuilder(provider, { replyBytesMax: config.limits.reply }),
    recorder: createRecorder({ provider, resources: stores.resources, clock }),
    poller: createPoller({
      clock,
      timers,
      intervalMs: config.polling.interval,
      holdMsMax: 25_000,
      isFinished,
      finishedKeepMs,
      finishedBytesMax,
    }),
    listing: {
      resources: stores.resources,
      cursors: createCursors(core.peppers.derive('page cursors')),
    },
  });
  const tokens = new Tokens({
    store: stores.tokens,
    lifetimeMs: config.keys.token_lifetime,
  });
  const refuse = createRefuse();
  return {
    ways,
    exchange: createExchange({
      provider,
      ways,
      inspect: (received) => new Inspection(waf.inspection, received),
      forward,
      tokens,
      keyUses,
      audit,
      clock,
      refuse,
    }),
  };
}

/** Whether a reply is a job's last word. */
function isFinished(reply: UpstreamReply): boolean {
  const json = reply.status === 200 ? replyJson(reply) : undefined;
  return json !== undefined && provider.jobCall?.state(json).finished === true;
}
