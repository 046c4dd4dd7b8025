import type { Capability, StatusReport } from '../admin/context.ts';
import { version } from '../config/version.ts';
import { systemClock as clock } from '../system/clock.ts';
import type { Core } from './core.ts';
import type { OpenListeners } from './listeners.ts';
import { credentialFlaw } from './upstream.ts';
import type { Waf } from './waf.ts';

/** Makes the report of what works now, asked anew each time. */
export function statusReporter(
  core: Core,
  waf: Waf,
  listeners: Partial<OpenListeners>,
): () => Promise<StatusReport> {
  const startedAtMs = clock.nowMs();
  return async () => ({
    version,
    runtime: `Node ${process.versions.node}`,
    mode: core.loaded.config.mode,
    startedAtMs,
    listeners: Object.entries(listeners).map(([name, { address }]) => ({
      name,
      address: `${address.host}:${address.port}`,
    })),
    capabilities: [await store(core), await audit(core), firewall(core, waf), upstream(core)],
  });
}

/** Down: every request is refused, since none can be inspected. */
function firewall({ loaded }: Core, { ruleSets }: Waf): Capability {
  const { waf: mode } = loaded.config.guards;
  if (ruleSets === null) {
    return { name: 'waf', state: 'degraded', needed: false, detail: 'guards.waf is off' };
  }
  try {
    const { rules, crs } = ruleSets.inForce.facts;
    const detail = `${rules} rules, ${crs?.signature ?? 'the built-in ones alone'}, ${mode}`;
    return { name: 'waf', state: mode === 'enforce' ? 'ok' : 'degraded', needed: true, detail };
  } catch (error) {
    return { name: 'waf', state: 'down', needed: true, detail: reasonOf(error) };
  }
}

async function store({ stores }: Core): Promise<Capability> {
  return stores.ping().then(
    () => ({ name: 'store', state: 'ok', needed: true, detail: 'the database answers' }) as const,
    (error: unknown) =>
      ({ name: 'store', state: 'down', needed: true, detail: reasonOf(error) }) as const,
  );
}

async function audit({ audit: log }: Core): Promise<Capability> {
  return log.ping().then(
    () =>
      ({
        name: 'audit',
        state: 'ok',
        needed: true,
        detail: 'the audit log can be written',
      }) as const,
    (error: unknown) =>
      ({ name: 'audit', state: 'down', needed: true, detail: reasonOf(error) }) as const,
  );
}

function upstream({ upstream: way, loaded }: Core): Capability {
  const flaw = credentialFlaw(loaded);
  if (flaw !== null) return { name: 'upstream', state: 'down', needed: false, detail: flaw };
  const { circuit, inFlight } = way.state();
  const detail = `circuit ${circuit}, ${inFlight} calls in flight`;
  return {
    name: 'upstream',
    state: circuit === 'closed' ? 'ok' : 'degraded',
    needed: false,
    detail,
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unknown failure';
