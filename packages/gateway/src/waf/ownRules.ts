import type { RuleSource } from 'filmgate-waf';

export interface OwnLimits {
  readonly bodyDepthMax: number;
  readonly valuesMax: number;
}

/** What the gateway has made sure of before a rule runs, and the bounds that its own reading of bodies has. */
export const ownRules = ({ bodyDepthMax, valuesMax }: OwnLimits): RuleSource => ({
  name: 'gateway',
  text: `
SecRequestBodyJsonDepthLimit ${bodyDepthMax}
SecArgumentsLimit ${valuesMax}
# A Host that is an address: only the hosts of the configuration are served, whatever their form.
SecRuleRemoveById 920350
`,
});
