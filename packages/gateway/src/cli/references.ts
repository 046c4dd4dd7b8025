import { nearestName } from '../domain/nearest.ts';
import { Failure } from './failure.ts';
import type { Answer, Gateway } from './gateway.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Client extends Named {
  readonly state: 'active' | 'disabled';
  readonly policy_id: string;
  readonly networks: readonly string[];
  readonly owner: string;
  readonly external_id: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
}

export interface Policy extends Named {
  readonly scopes: readonly string[];
  readonly capabilities: readonly string[];
  readonly networks: readonly string[];
  readonly hours: readonly {
    readonly days: readonly number[];
    readonly from: string;
    readonly to: string;
  }[];
  readonly remote_hosts: readonly string[];
  readonly rate: { readonly requests: number; readonly window_seconds: number } | null;
  readonly concurrency_max: number | null;
  readonly version: number;
}

export const findClient = (gateway: Gateway, written: string): Promise<Client> =>
  findNamed<Client>(gateway, 'clients', 'client', written, 'cl_');

export const findPolicy = (gateway: Gateway, written: string): Promise<Policy> =>
  findNamed<Policy>(gateway, 'policies', 'policy', written, 'pol_');

/** An object by id or name. */
async function findNamed<Item extends Named>(
  gateway: Gateway,
  collection: string,
  kind: string,
  written: string,
  idPrefix: string,
): Promise<Item> {
  if (written.startsWith(idPrefix)) return (await byId<Item>(gateway, collection, written)).body;
  return pickNamed(await gateway.list<Item>(`/v1/${collection}`), kind, written);
}

/** @throws Failure when there is none; a near name is proposed */
export function pickNamed<Item extends Named>(
  items: readonly Item[],
  kind: string,
  written: string,
): Item {
  const found = items.find(({ id, name }) => name === written || id === written);
  if (found) return found;
  const near = nearestName(
    written,
    items.map(({ name }) => name),
  );
  const shown = JSON.stringify(written);
  throw new Failure(
    `no ${kind} is named ${shown}${near === null ? '' : `; did you mean "${near}"?`}`,
  );
}

const byId = <Item>(gateway: Gateway, collection: string, id: string): Promise<Answer<Item>> =>
  gateway.get<Item>(`/v1/${collection}/${encodeURIComponent(id)}`);

/** The ETag of a version. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`;
