import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from '../config/dataFolder.ts';
import type { WafOverride } from '../config/config.ts';
import type { LoadedConfig } from '../config/load.ts';
import { pictory as provider } from '../providers/pictory/provider.ts';
import type { InspectionParts } from '../waf/inspection.ts';
import { toOverrides } from '../waf/overrides.ts';
import type { RuleSets, WafOptions } from '../waf/ruleSets.ts';

/** A transcript has some ten values a word: room for more than two hours of speech. */
export const jsonLimits = { depthMax: 64, valuesMax: 250_000 };

/** The web application firewall of one gateway. */
export interface Waf {
  readonly inspection: InspectionParts;
  /** null: it is off, and no rules were read. */
  readonly ruleSets: RuleSets | null;
  /** Where reviewed exclusions stand. */
  readonly exclusionsFile: string;
}

/**
 * Reads the rules that the configuration names.
 * @throws ConfigError, with file and line, for rules that the engine refuses
 */
export async function openWaf(
  loaded: LoadedConfig,
  folder: DataFolder,
  alarm: (message: string) => void,
): Promise<Waf> {
  const options = wafOptions(loaded, folder, alarm);
  const ruleSets = loaded.config.guards.waf === 'off' ? null : await createRuleSets(options);
  return {
    inspection: {
      rules: () => ruleSets!.inForce,
      overrides: options.overrides,
      bodyBytesMax: loaded.config.waf.inspect,
    },
    ruleSets,
    exclusionsFile: options.places().exclusions,
  };
}

/** The engine is loaded only where it is used. */
async function createRuleSets(options: WafOptions): Promise<RuleSets> {
  const { RuleSets } = await import('../waf/ruleSets.ts');
  return new RuleSets(options);
}

/** @throws ConfigError for an override of an operation that there is not */
export function wafOptions(
  loaded: LoadedConfig,
  folder: DataFolder,
  alarm: (message: string) => void,
): WafOptions {
  const { waf, guards, upstream } = loaded.config;
  const exclusions =
    waf.exclusions === undefined ? folder.wafExclusions : loaded.path(waf.exclusions);
  const written = upstream.allow_loopback
    ? [...linksOfThisMachine(crsFolder(loaded, folder) !== null), ...waf.overrides]
    : waf.overrides;
  return {
    places: () => ({ crs: crsFolder(loaded, folder), exclusions }),
    overrides: toOverrides(written, provider, loaded.where('waf', 'overrides')),
    prefix: provider.prefix,
    limits: { bodyDepthMax: jsonLimits.depthMax + 1, valuesMax: jsonLimits.valuesMax },
    engine: {
      mode: guards.waf === 'enforce' ? 'On' : 'DetectionOnly',
      paranoiaLevel: waf.paranoia,
      inboundThreshold: waf.inbound_threshold,
      outboundThreshold: waf.outbound_threshold,
      allowedMethods: [...new Set(provider.operations.map(({ method }) => method))],
      allowedContentTypes: mediaTypes(),
      requestBodyBytesMax: waf.inspect,
      responseBodyBytesMax: waf.inspect_reply,
      ...(waf.budget_steps !== undefined && { budgetSteps: waf.budget_steps }),
    },
    soundFile: join(folder.root, 'waf-rules.sound'),
    alarm,
  };
}

/**
 * An upstream on this machine gives out links that name it by its address. Rules against such addresses know no
 * exception; the guard of addresses does, and goes on to refuse every other one.
 */
const linksOfThisMachine = (withCrs: boolean): readonly WafOverride[] =>
  [270_100, ...(withCrs ? [931_100] : [])].map((rule) => ({ rule, mode: 'off' }));

/** The folder that the configuration names, else the one of `filmgate waf update`; null: no Core Rule Set. */
export function crsFolder({ config, path }: LoadedConfig, folder: DataFolder): string | null {
  if (config.waf.rules !== undefined) return path(config.waf.rules);
  return existsSync(folder.crs) ? folder.crs : null;
}

const mediaTypes = (): readonly string[] => [
  ...new Set(provider.operations.flatMap(({ body }) => body?.mediaType ?? [])),
];
