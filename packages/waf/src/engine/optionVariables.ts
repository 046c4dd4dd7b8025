import type { Effect } from '../seclang/effect.ts';
import type { RuleItem } from '../seclang/rule.ts';
import type { RulesetOptions } from './options.ts';

/** The TX variables by which the Core Rule Set (3.3 and 4) knows the options. Names are lower-case. */
export function optionVariables(options: RulesetOptions): Map<string, string> {
  const variables = new Map<string, string>();
  const set = (value: unknown, ...names: string[]): void => {
    if (value !== undefined) for (const name of names) variables.set(name, String(value));
  };
  const { allowedContentTypes, paranoiaLevel, detectionParanoiaLevel = paranoiaLevel } = options;
  set(paranoiaLevel, 'blocking_paranoia_level', 'paranoia_level');
  set(detectionParanoiaLevel, 'detection_paranoia_level', 'executing_paranoia_level');
  set(options.inboundThreshold, 'inbound_anomaly_score_threshold');
  set(options.outboundThreshold, 'outbound_anomaly_score_threshold');
  set(options.allowedMethods?.join(' '), 'allowed_methods');
  set(
    allowedContentTypes?.map((type) => `|${type.toLowerCase()}|`).join(' '),
    'allowed_request_content_type',
  );
  set(options.samplingPercentage, 'sampling_percentage');
  for (const [name, value] of Object.entries(options.variables ?? {}))
    set(value, name.toLowerCase());
  return variables;
}

/** The rules without what their unconditional first-phase actions would set over the given variables. */
export function withoutSettings(
  items: readonly RuleItem[],
  names: ReadonlyMap<string, string>,
): RuleItem[] {
  const isOverridden = (effect: Effect): boolean =>
    effect.kind === 'setvar' &&
    effect.collection === 'TX' &&
    effect.operation === 'set' &&
    names.has((effect.key.constant ?? '').toLowerCase());
  return items.map((item) => {
    if (item.kind === 'marker' || item.phase !== 1 || item.links.length > 1) return item;
    const [link] = item.links;
    if (link.test !== null || !link.effects.some(isOverridden)) return item;
    return {
      ...item,
      links: [{ ...link, effects: link.effects.filter((effect) => !isOverridden(effect)) }],
    };
  });
}
