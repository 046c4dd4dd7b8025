import type { AdminContext, StatusReport } from '../admin/context.ts';
import { offerBootstrap } from '../admin/offer.ts';
import { environment } from '../config/environment.ts';
import { newSecret } from '../credentials/keyText.ts';
import { answerStep } from '../edge/inspectAnswer.ts';
import type { Ways } from '../edge/ways.ts';
import { createRefuse } from '../http/problem.ts';
import { pictory as provider } from '../providers/pictory/provider.ts';
import { systemClock as clock } from '../system/clock.ts';
import type { Core } from './core.ts';
import type { Waf } from './waf.ts';

const adminLifetimeMs = 365 * 86_400_000;

export function adminContext(
  core: Core,
  ways: Ways,
  waf: Waf,
  status: () => Promise<StatusReport>,
): AdminContext {
  const { config, file } = core.loaded;
  return {
    stores: core.stores,
    audit: core.audit,
    clock,
    provider,
    credentials: core.credentials,
    upstream: core.upstream,
    changed: () => core.subjects.forget(),
    status,
    refuse: createRefuse(),
    guards: [...ways.entrance.names, ...ways.call.names, answerStep],
    waf: {
      mode: config.guards.waf,
      overrideCount: config.waf.overrides.length,
      exclusionsFile: waf.exclusionsFile,
      facts: () => waf.ruleSets?.inForce.facts ?? null,
      reload: () => waf.ruleSets?.reload() ?? null,
      alarm: core.alarm,
    },
    config: { file, effective: config },
    hosts: config.admin.hosts,
    defaults: {
      environment: core.environment,
      keyLifetimeMs: config.keys.lifetime,
      overlapMs: config.keys.overlap,
      adminLifetimeMs,
    },
  };
}

/**
 * Where nobody administers the gateway yet, a one-time token may make the first owner: the one from the environment, or a
 * fresh one, which is returned to be shown once.
 */
export async function offerFirstOwner({ stores }: Core): Promise<string | null> {
  const given = environment['FILMGATE_BOOTSTRAP_TOKEN'];
  const token = given ?? `fgb_${newSecret()}`;
  const offered = await offerBootstrap(token, { admins: stores.admins, clock });
  return offered && given === undefined ? token : null;
}
