import { nearestName } from '../domain/nearest.ts';
import { deny, type Denial } from '../domain/denial.ts';
import type { Operation } from '../domain/operation.ts';
import type { Received } from '../domain/received.ts';
import type { Json } from '../domain/shape.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { Provider } from '../providers/provider.ts';
import type { Granted } from './authorize.ts';
import type { WithContent } from './readBody.ts';
import type { Routed } from './routes.ts';
import { foldName, inspect, type Inspection, type InspectionRules } from './schema/inspect.ts';
import { checkPath, checkQuery, isProvenQuery } from './schema/parameters.ts';
import { provenValues } from './schema/proven.ts';
import { sensitiveMembers } from './schema/sensitive.ts';

export interface WithInput {
  readonly input: {
    /** Texts of the body that the upstream would fetch as an address. */
    readonly addresses: Inspection['addresses'];
    /** Ids in the body that may name resources. */
    readonly references: Inspection['references'];
    /**
     * Names, as WAF arguments, of the values that hold no free text: `json.scenes.0.minimumDuration`, or the query
     * parameter's own name. Computed when first asked for.
     */
    readonly proven: () => ReadonlySet<string>;
  };
}

type Needs = Pick<Received, 'query'> & Routed & WithContent & Granted;

/**
 * Path, query and body against the catalogue's description: what is not described is refused, since the upstream would
 * drop it without a word, and fields that cost or reach out need their capability.
 */
export function schema(provider: Pick<Provider, 'shapes' | 'operations'>): Guard<Needs, WithInput> {
  const rules: InspectionRules = {
    shapes: provider.shapes,
    sensitive: sensitiveMembers(provider.shapes),
    nearest: nearestName,
  };
  const idMembers = new Map(provider.operations.map((one) => [one.id, bodyIdMembers(one)]));

  const look = ({ operation, content }: Needs): Inspection | null => {
    const shape = operation.body?.shape;
    if (!shape || content.json === undefined) return null;
    return inspect(rules, shape, content.json, idMembers.get(operation.id) ?? new Map());
  };

  return {
    name: 'schema',
    check: (facts) => {
      const inspection = look(facts);
      return (
        checkPath(facts.operation, facts.parameters) ??
        checkQuery(facts.operation, facts.query) ??
        (inspection && checkBody(inspection, facts)) ??
        toFacts(rules, facts, inspection)
      );
    },
    otherwise: (facts) => toFacts(rules, facts, look(facts)),
  };
}

function bodyIdMembers({ ids }: Operation): ReadonlyMap<string, string> {
  const members = ids.filter((id) => id.in === 'body').map(({ at }) => at);
  const folded = members.toReversed().map((at) => [foldName(at), at] as const);
  return new Map([...folded, ...members.map((at) => [at, at] as const)]);
}

function checkBody({ violation, uses }: Inspection, { operation, grant }: Needs): Denial | null {
  if (violation !== null) {
    const { code, pointer, hint } = violation;
    return deny(code, {
      pointer,
      hint,
      detail: {
        reason: `the field does not fit the description of ${operation.id}`,
        source: 'catalogue of operations',
        remedy: 'send the field as docs/reference/operations.md describes it',
      },
    });
  }
  for (const [capability, pointer] of uses) {
    if (!grant.capabilities.has(capability)) return withoutCapability(capability, pointer);
  }
  return null;
}

const withoutCapability = (capability: string, pointer: string): Denial =>
  deny('capability_missing', {
    pointer,
    hint: `the field needs the capability ${capability}`,
    extensions: { capability },
    detail: {
      reason: `the capability ${capability} is not granted`,
      source: 'policy of the client',
      remedy: `grant ${capability} in the policy, or leave the field out`,
    },
  });

function toFacts(rules: InspectionRules, facts: Needs, inspection: Inspection | null): WithInput {
  let proven: ReadonlySet<string> | null = null;
  return {
    input: {
      addresses: inspection?.addresses ?? [],
      references: inspection?.references ?? [],
      proven: () => (proven ??= provenOf(rules, facts)),
    },
  };
}

function provenOf(
  rules: InspectionRules,
  { operation, content, query }: Needs,
): ReadonlySet<string> {
  const shape = operation.body?.shape;
  const inBody =
    shape && content.json !== undefined ? provenInBody(rules, shape, content.json) : [];
  const inQuery = query.filter((pair) => isProvenQuery(operation, pair)).map(([name]) => name);
  return new Set([...inBody, ...inQuery]);
}

const provenInBody = (
  rules: InspectionRules,
  shape: NonNullable<NonNullable<Operation['body']>['shape']>,
  json: Json,
): Iterable<string> => provenValues(rules, shape, json);
