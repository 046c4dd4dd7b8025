import { deny, type Denial } from '../domain/denial.ts';
import type { IdReference, ResourceKind } from '../domain/operation.ts';
import type { Received } from '../domain/received.ts';
import type { Resource } from '../domain/resource.ts';
import type { Guard } from '../pipeline/guard.ts';
import type { ResourceStore } from '../ports/stores.ts';
import type { Provider } from '../providers/provider.ts';
import { canonicalAddress } from './addresses/canonicalAddress.ts';
import type { Authenticated } from './authenticate.ts';
import type { Routed } from './routes.ts';
import type { WithInput } from './schema.ts';

export interface Owned {
  /** The caller's resources that the request names. */
  readonly owned: readonly Resource[];
}

type Needs = Pick<Received, 'query'> & Routed & Authenticated & WithInput;

/** An id in the request, and whether it must be the caller's or only not somebody else's. */
interface Named {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly pointer: string;
  readonly mustBeOwned: boolean;
}

/** Resources and addresses that one request may name, each a read of the store; a long video has some ten a scene. */
const namedMax = 5_000;

/**
 * Ids of path, query and body must belong to the caller's client. An id without an owner does not exist, and neither
 * does somebody else's: both get the provider's own words for that.
 */
export function ownership(
  provider: Pick<Provider, 'addressKind' | 'unknownResource'>,
  resources: Pick<ResourceStore, 'find'>,
): Guard<Needs, Owned> {
  return {
    name: 'ownership',
    check: (facts) => {
      const named = [...namedByIds(facts), ...namedByAddresses(provider.addressKind, facts)];
      if (named.length === 0) return { owned: [] };
      const distinct = distinctOf(named);
      if (distinct.length > namedMax) return tooMany;
      return decide(provider, resources, facts.principal.client.id, distinct);
    },
    otherwise: () => ({ owned: [] }),
  };
}

async function decide(
  provider: Pick<Provider, 'unknownResource'>,
  resources: Pick<ResourceStore, 'find'>,
  clientId: string,
  named: readonly Named[],
): Promise<Owned | Denial> {
  const found = await Promise.all(
    named.map(({ kind, id }) => (isStorable(id) ? resources.find(kind, id) : null)),
  );
  const owned: Resource[] = [];
  for (const [index, one] of named.entries()) {
    const resource = found[index] ?? null;
    if (resource?.clientId === clientId) owned.push(resource);
    else if (resource !== null || one.mustBeOwned) return unknown(provider, one, resource);
  }
  return { owned };
}

function namedByIds({ operation, parameters, query, input }: Needs): readonly Named[] {
  return operation.ids.flatMap((reference) => {
    switch (reference.in) {
      case 'path':
        return [toNamed(reference, parameters[reference.at] ?? '', `path:${reference.at}`, true)];
      case 'query':
        return query
          .filter(([name]) => name === reference.at)
          .map(([name, value]) => toNamed(reference, value, `query:${name}`, true));
      case 'body':
        return input.references
          .filter(({ member }) => member === reference.at)
          .map(({ text, pointer, described }) => toNamed(reference, text, pointer, described));
    }
  });
}

const toNamed = (
  { kind, required }: IdReference,
  id: string,
  pointer: string,
  described: boolean,
): Named => ({ kind, id, pointer, mustBeOwned: required && described });

/** Uploads are known by their address: naming one is fetching it. Other addresses are nobody's. */
function namedByAddresses(kind: ResourceKind | null, { input }: Needs): readonly Named[] {
  if (kind === null) return [];
  return input.addresses.flatMap(({ text, pointer }) => {
    const id = canonicalAddress(text);
    return id === null ? [] : [{ kind, id, pointer, mustBeOwned: false }];
  });
}

/** The strictest of the mentions of one resource. */
function distinctOf(named: readonly Named[]): readonly Named[] {
  const distinct = new Map<string, Named>();
  for (const one of named) {
    const key = `${one.kind} ${one.id}`;
    if (one.mustBeOwned || !distinct.has(key)) distinct.set(key, one);
  }
  return [...distinct.values()];
}

/** No id of any upstream is longer or holds control characters; stores need not be asked for such. */
const isStorable = (id: string): boolean => /^[^\p{Cc}\p{Cs}]{1,2048}$/u.test(id);

function unknown(
  provider: Pick<Provider, 'unknownResource'>,
  { kind, id, pointer }: Named,
  resource: Resource | null,
): Denial {
  return deny('resource_unknown', {
    pointer,
    providerReply: provider.unknownResource(kind, id),
    detail: {
      reason:
        resource === null
          ? `the ${kind} belongs to no client`
          : `the ${kind} belongs to another client`,
      source: 'ownership table',
      remedy:
        resource === null
          ? 'filmgate adopt takes in what was made before'
          : `call with a key of client ${resource.clientId}`,
      kind,
      id: id.slice(0, 256),
    },
  });
}

const tooMany: Denial = deny('field_invalid', {
  hint: `names more than ${namedMax} resources`,
  detail: { reason: 'the request names too many resources to check', source: 'ownership' },
});
