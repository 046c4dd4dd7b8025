import type { RuleSource } from 'filmgate-waf';

export interface OwnLimits {
  readonly bodyDepthMax: number;
  readonly valuesMax: number;
}

/** The bounds that the gateway's own reading of bodies has. */
export const ownRules = ({ bodyDepthMax, valuesMax }: OwnLimits): RuleSource => ({
  name: 'gateway',
  text: `
SecRequestBodyJsonDepthLimit ${bodyDepthMax}
SecArgumentsLimit ${valuesMax}
`,
});

/** Rules of the Core Rule Set for what the gateway has made sure of before a rule runs. */
export const settledRules: RuleSource = {
  name: 'gateway-and-crs',
  text: `
# A Host that is an address: only the hosts of the configuration are served, whatever their form.
SecRuleRemoveById 920350
`,
};
