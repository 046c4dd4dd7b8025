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
    capabilities: [
      await pinged('store', core.stores.ping(), 'the database answers'),
      await pinged('audit', core.audit.ping(), 'the audit log can be written'),
      firewall(core, waf),
      upstream(core),
    ],
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

/** Something that answers or does not, and that nothing works without. */
function pinged(name: string, ping: Promise<void>, good: string): Promise<Capability> {
  const capability = (state: Capability['state'], detail: string): Capability => ({
    name,
    state,
    needed: true,
    detail,
  });
  return ping.then(
    () => capability('ok', good),
    (error: unknown) => capability('down', reasonOf(error)),
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
