import type { Admin } from '../ports/stores.ts';
import type { Caller } from './context.ts';

/** A request to the admin API as it came in. */
export interface AdminReceived {
  readonly request: Request;
  readonly url: URL;
  /** The `{id}` of the route; empty where it has none. */
  readonly id: string;
  readonly caller: Caller;
}

export interface Identified {
  readonly admin: Admin;
}

/** What is known of somebody who needs no name. */
export interface Anonymous {
  readonly admin: null;
}
