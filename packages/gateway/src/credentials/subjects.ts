import type { Client } from '../domain/client.ts';
import type { KeyRecord } from '../domain/key.ts';
import { parseCidr, type Network } from '../domain/network.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';

/** A key with its client and policy, and what follows from the three, ready for the request's way. */
export interface Subject {
  readonly record: KeyRecord;
  readonly client: Client;
  readonly policy: Policy;
  readonly scopes: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<string>;
  /** Every level that has an allowlist, each with the object it comes from; a request must be in all of them. */
  readonly networks: readonly NetworkRule[];
}

export interface NetworkRule {
  readonly source: string;
  readonly networks: readonly Network[];
}

interface Cached {
  readonly subject: Subject | null;
  readonly readAtMs: number;
}

/**
 * Reads subjects through a short cache. A change made through this process is seen at once ({@link forget}),
 * one made by another node after `freshMs` at the latest. Nothing older is ever used: a store that is down refuses.
 */
export class Subjects {
  readonly #stores: Pick<Stores, 'keys' | 'clients' | 'policies'>;
  readonly #clock: Clock;
  readonly #freshMs: number;
  readonly #entriesMax: number;
  readonly #cache = new Map<string, Cached>();
  #generation = 0;

  constructor(options: {
    readonly stores: Pick<Stores, 'keys' | 'clients' | 'policies'>;
    readonly clock: Clock;
    readonly freshMs: number;
    readonly entriesMax?: number;
  }) {
    this.#stores = options.stores;
    this.#clock = options.clock;
    this.#freshMs = options.freshMs;
    this.#entriesMax = options.entriesMax ?? 10_000;
  }

  /** @throws StoreUnavailable */
  find(keyId: string): Subject | null | Promise<Subject | null> {
    const cached = this.#cache.get(keyId);
    if (cached && this.#clock.monotonicMs() - cached.readAtMs < this.#freshMs)
      return cached.subject;
    return this.#read(keyId);
  }

  /** Every change of a key, client or policy calls this before it is acknowledged. */
  forget(): void {
    this.#generation += 1;
    this.#cache.clear();
  }

  async #read(keyId: string): Promise<Subject | null> {
    const generation = this.#generation;
    const readAtMs = this.#clock.monotonicMs();
    const subject = await this.#load(keyId);
    // A change that happened while reading must not be hidden by what was read before it.
    if (generation === this.#generation) this.#remember(keyId, { subject, readAtMs });
    return subject;
  }

  async #load(keyId: string): Promise<Subject | null> {
    const record = await this.#stores.keys.find(keyId);
    const client = record && (await this.#stores.clients.find(record.key.clientId));
    const policy = client && (await this.#stores.policies.find(client.policyId));
    return record && client && policy ? compileSubject(record, client, policy) : null;
  }

  #remember(keyId: string, entry: Cached): void {
    // Guessed ids must not fill the cache: unknown ones are looked up every time.
    if (entry.subject === null) return;
    if (this.#cache.size >= this.#entriesMax) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
    this.#cache.set(keyId, entry);
  }
}

/** @throws Error when a stored CIDR does not parse: a rule that cannot be read must not allow anything. */
export function compileSubject(record: KeyRecord, client: Client, policy: Policy): Subject {
  const { key } = record;
  const narrowed = key.scopes === null ? null : new Set(key.scopes);
  return {
    record,
    client,
    policy,
    scopes: new Set(policy.scopes.filter((scope) => narrowed === null || narrowed.has(scope))),
    capabilities: new Set(policy.capabilities),
    networks: [
      ...networkRule(`policy ${policy.name}`, policy.networks),
      ...networkRule(`client ${client.name}`, client.networks),
      ...networkRule(`key ${key.id}`, key.networks),
    ],
  };
}

/** An allowlist with the object it comes from; none when the list is empty. */
export function networkRule(source: string, cidrs: readonly string[]): readonly NetworkRule[] {
  if (cidrs.length === 0) return [];
  const networks = cidrs.map((cidr) => {
    const network = parseCidr(cidr);
    if (network === null)
      throw new Error(`the allowlist of ${source} has an entry that is not a CIDR`);
    return network;
  });
  return [{ source, networks }];
}
