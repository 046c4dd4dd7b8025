import type { Shape } from './shape.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';

/** What a call spends. `none` spends nothing; `unknown` is treated as spending. */
export type CostClass =
  | 'free-read'
  | 'free-write'
  | 'preview'
  | 'video-minutes'
  | 'transcription-minutes'
  | 'ai-credits'
  | 'unknown';

/** A kind of thing that a client may own, for example `job` or `project`. The provider names them. */
export type ResourceKind = string;

/** Where an id of an existing resource stands in a request. */
export interface IdReference {
  readonly kind: ResourceKind;
  readonly in: 'path' | 'body' | 'query';
  /** Name of the path or query parameter, or of a member of the body at any depth. */
  readonly at: string;
  /**
   * Whether an id that nobody owns is refused too, where the description names the member. Elsewhere, and where the
   * member may also name things that everybody shares, only what is known to be another client's is refused.
   */
  readonly required: boolean;
}

/** Where the ids of resources of one kind stand in a reply: JSON pointers, each of which may hold a text or number. */
export interface IdCreation {
  readonly kind: ResourceKind;
  readonly pointers: readonly string[];
}

/** A reply that lists resources account-wide and is therefore reduced to the caller's own. */
export interface Listing {
  /** Name of the member that holds the array. */
  readonly items: string;
  /** Where an item tells what it is; pointers start at the item. It is the caller's when any of these ids is. */
  readonly owned: readonly IdCreation[];
  /** Member of the reply that carries the next page's key, and the query parameter that takes it. */
  readonly page?: { readonly member: string; readonly parameter: string };
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** One operation of the provider's API, as the generated catalogue describes it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** Template below the provider's prefix, for example `/v1/jobs/{jobid}`. */
  readonly path: string;
  readonly summary: string;
  readonly scope: string;
  readonly cost: CostClass;
  readonly destructive: boolean;
  /** The reply shows the whole account, not one client's things. */
  readonly accountWide: boolean;
  /** Matches the last literal segment without regard to case. */
  readonly anyCase: boolean;
  readonly pathParameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly body: {
    readonly mediaType: string;
    readonly required: boolean;
    /** null: the bytes are opaque, for example an uploaded file. */
    readonly shape: Shape | null;
  } | null;
  readonly ids: readonly IdReference[];
  readonly creates: readonly IdCreation[];
  /** The resource named in the path no longer exists after a 2xx. */
  readonly deletes: ResourceKind | null;
  readonly lists: Listing | null;
}

/** Whether a call of this operation may spend the account's money. */
export function isPaid(operation: Operation): boolean {
  return operation.cost !== 'free-read' && operation.cost !== 'free-write';
}
