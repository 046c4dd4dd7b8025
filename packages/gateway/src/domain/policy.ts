/** What clients under it may do. Everything that is not granted is refused. */
export interface Policy {
  /** `pol_` and 20 characters. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Field-level grants, for example `avatar`; `remote-urls` allows fields that make the upstream fetch an address. */
  readonly capabilities: readonly string[];
  /** CIDRs; empty: no rule of this policy's own. */
  readonly networks: readonly string[];
  /** Hours of use in UTC; empty: always. */
  readonly hours: readonly Hours[];
  /** Hosts that fetched addresses may name: exact names or `*.example.com`; empty: any public host. */
  readonly remoteHosts: readonly string[];
  readonly rate: RateLimit | null;
  /** Requests in flight per client; null: the gateway's own bound only. */
  readonly concurrencyMax: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly version: number;
}

/** A window of the week: weekdays 1 (Monday) to 7, minutes of the day from 0 to 1,440, end excluded. */
export interface Hours {
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}
