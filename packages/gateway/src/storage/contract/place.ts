import type { Stores } from '../../ports/stores.ts';

/** A fresh database of one adapter, for tests. */
export interface Place {
  /** Opens it, as one process of perhaps several. */
  open(): Promise<Stores>;
  /** Runs a statement behind the adapter's back. */
  execute(statement: string): Promise<void>;
  /** The first column of a query behind the adapter's back. */
  read(query: string): Promise<readonly unknown[]>;
  /** The names of all tables. */
  tables(): Promise<readonly unknown[]>;
  /** Closes what is open and removes it. */
  drop(): Promise<void>;
}

/** How a part of the contract gets stores that nobody used before it. */
export type Fresh = () => Promise<{ readonly place: Place; readonly stores: Stores }>;

/** A database that nobody opened yet. */
export type FreshPlace = () => Promise<Place>;
