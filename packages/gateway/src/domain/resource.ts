import type { ResourceKind } from './operation.ts';

/** The row that makes something upstream somebody's. No row: it does not exist for anyone. */
export interface Resource {
  readonly kind: ResourceKind;
  /** The upstream's id, unchanged. */
  readonly id: string;
  readonly clientId: string;
  /** The request that made it; null when adopted. */
  readonly requestId: string | null;
  readonly operationId: string | null;
  /** Last known state, for example `in-progress`; null when the kind has none. */
  readonly state: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
