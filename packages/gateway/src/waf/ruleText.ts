import type { Operation } from '../domain/operation.ts';

/** What an exclusion is about: rules, and where they are not to look. */
export interface RuleScope {
  readonly select: { readonly rule: number } | { readonly tag: string };
  /** null: everywhere. */
  readonly operation: Operation | null;
  /** `json.scenes.*.story`, `header:user-agent`, the name of a query parameter, or `REQUEST_FILENAME`; null: nowhere at all. */
  readonly field: string | null;
}

/**
 * SecLang that takes rules out of the scope. `id` is the id of the rule that does it where a request must be looked at
 * first. The parts are checked elsewhere to be plain characters; what is not stays out of the text by its form.
 */
export function exclusionText(scope: RuleScope, prefix: string, id: number): string {
  return scope.operation === null
    ? everywhere(scope)
    : atOperation(scope, scope.operation, prefix, id);
}

function everywhere({ select, field }: RuleScope): string {
  const [suffix, selected] =
    'rule' in select ? ['ById', String(select.rule)] : ['ByTag', `"${select.tag}"`];
  return field === null
    ? `SecRuleRemove${suffix} ${selected}`
    : `SecRuleUpdateTarget${suffix} ${selected} "!${targetOf(field)}"`;
}

function atOperation(
  { select, field }: RuleScope,
  operation: Operation,
  prefix: string,
  id: number,
): string {
  const [suffix, selected] =
    'rule' in select ? ['ById', String(select.rule)] : ['ByTag', select.tag];
  const control =
    field === null
      ? `ctl:ruleRemove${suffix}=${selected}`
      : `ctl:ruleRemoveTarget${suffix}=${selected};${targetOf(field)}`;
  return [
    `SecRule REQUEST_METHOD "@streq ${operation.method}" "id:${id},phase:1,pass,nolog,t:none,chain"`,
    `    SecRule REQUEST_FILENAME "@rx ${pathPattern(operation, prefix)}" "t:none,${control}"`,
  ].join('\n');
}

/** A variable with a selector: each `*` of a field stands for one index or name. */
export function targetOf(field: string): string {
  if (/^[A-Z][A-Z_]*(?::[A-Za-z0-9_.-]+)?$/.test(field)) return field;
  if (field.startsWith('header:')) return `REQUEST_HEADERS:${field.slice('header:'.length)}`;
  if (!field.includes('*')) return `ARGS:${field}`;
  const steps = field.split('.').map((step) => (step === '*' ? '[^.]+' : escape(step)));
  return `ARGS:/^${steps.join('\\.')}$/`;
}

/** Matches the canonical paths of an operation and no others. */
export function pathPattern({ path, anyCase }: Operation, prefix: string): string {
  const steps = `${prefix}${path}`
    .split('/')
    .map((step) => (step.startsWith('{') ? '[^/]+' : escape(step)));
  if (anyCase) steps.push(`(?i:${steps.pop()!})`);
  return `^${steps.join('/')}$`;
}

const escape = (text: string): string =>
  text.replace(/[^A-Za-z0-9_-]/g, (character) => `\\${character}`);
