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
  /** Path or query parameter name, or a field pattern (see {@link FieldPattern}) in the body. */
  readonly at: string;
  /** A reference that names other things too (for example a shared style) is checked only when it is a known resource. */
  readonly required: boolean;
}

/** Where the ids of a new resource stand in the reply: JSON pointers, of which at least one must hold a text or number. */
export interface IdCreation {
  readonly kind: ResourceKind;
  readonly pointers: readonly string[];
}

/** A reply that lists resources account-wide and is therefore reduced to the caller's own. */
export interface Listing {
  readonly kind: ResourceKind;
  /** JSON pointer of the array in the reply; empty for a bare array. */
  readonly items: string;
  /** JSON pointers, inside an item, of which the first present holds the id. */
  readonly id: readonly string[];
  /** Member of the reply that carries the next page's key, and the query parameter that takes it. */
  readonly page?: { readonly member: string; readonly parameter: string };
}

/**
 * A path of member names into a body, joined by slashes as in a JSON pointer; a star in place of a name stands for any
 * array index or member, two stars for any depth.
 */
export type FieldPattern = string;

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
