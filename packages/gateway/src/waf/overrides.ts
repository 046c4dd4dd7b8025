import { ConfigError } from '../config/load.ts';
import type { WafOverride } from '../config/config.ts';
import type { RuleFinding } from '../domain/audit.ts';
import type { Provider } from '../providers/provider.ts';
import { exclusionText, type RuleScope } from './ruleText.ts';

/** An override of the configuration with the operation that it names. */
export interface Override extends RuleScope {
  readonly mode: WafOverride['mode'];
}

/** Ids of the rules that overrides become: from the range for local use. */
const firstId = 1_000;

/** @throws ConfigError for an operation that the provider does not have */
export function toOverrides(
  written: readonly WafOverride[],
  { operations, name }: Pick<Provider, 'operations' | 'name'>,
  where: string,
): readonly Override[] {
  return written.map(({ rule, tag, operation: id, field = null, mode }) => {
    const operation = id === undefined ? null : (operations.find((one) => one.id === id) ?? null);
    if (id !== undefined && operation === null) {
      throw new ConfigError(`${where} waf.overrides: the ${name} API has no operation "${id}"`);
    }
    return { select: rule === undefined ? { tag: tag! } : { rule }, operation, field, mode };
  });
}

/** Off or report, the rules do not act there; what reporting ones would find, a second look tells. */
export function overridesText(overrides: readonly Override[], prefix: string): string {
  return overrides
    .map((override, index) => `${exclusionText(override, prefix, firstId + index)}\n`)
    .join('');
}

/** Whether what a rule found lies in the scope of an override. */
export function covers(
  { select, operation, field }: RuleScope,
  finding: Pick<RuleFinding, 'rule' | 'tags' | 'matched'>,
  operationId: string,
): boolean {
  if (operation !== null && operation.id !== operationId) return false;
  if ('rule' in select ? select.rule !== finding.rule : !finding.tags.includes(select.tag)) {
    return false;
  }
  return field === null || finding.matched.some(({ variable }) => isField(field, variable));
}

/** Names of variables compare without regard to case, as rules do. */
export function isField(field: string, variable: string): boolean {
  const colon = variable.indexOf(':');
  const collection = colon < 0 ? variable : variable.slice(0, colon);
  const name = colon < 0 ? '' : variable.slice(colon + 1).toLowerCase();
  if (field === variable) return true;
  if (field.startsWith('header:')) {
    return collection === 'REQUEST_HEADERS' && name === field.slice('header:'.length).toLowerCase();
  }
  if (!collection.startsWith('ARGS')) return false;
  const [steps, found] = [field.toLowerCase().split('.'), name.split('.')];
  return (
    steps.length === found.length &&
    steps.every((step, index) => step === '*' || step === found[index])
  );
}
