import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';

/** What the stores need of a database. Everything here throws only StoreUnavailable and StoreConflict. */
export interface Database {
  /** For what is rare. Loads Kysely at the first use: its 300 modules take 75 ms, a quarter of the time to start. */
  queries(): Promise<Kysely<Tables>>;
  /** For the request's way: a query with `?` for each parameter, prepared once. */
  prepare<Row>(query: string): PreparedQuery<Row>;
  close(): Promise<void>;
}

export type PreparedQuery<Row> = (
  ...parameters: readonly (string | Uint8Array)[]
) => Promise<readonly Row[]>;
