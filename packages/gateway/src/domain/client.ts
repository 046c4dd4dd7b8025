/** An application that may call the gateway. */
export interface Client {
  /** `cl_` and 20 characters. */
  readonly id: string;
  /** Unique, 1 to 64 characters of `a-z 0-9 . _ -`. */
  readonly name: string;
  readonly state: 'active' | 'disabled';
  readonly policyId: string;
  /** CIDRs; empty: no rule of this client's own. */
  readonly networks: readonly string[];
  /** Who answers for it: a name or an address of people. */
  readonly owner: string;
  readonly externalId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Grows by one with every change; the ETag of the admin API. */
  readonly version: number;
}
