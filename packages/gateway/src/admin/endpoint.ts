import type { z } from '@hono/zod-openapi';
import type { Denial } from '../domain/denial.ts';
import type { Admin } from '../ports/stores.ts';
import type { Caller } from './context.ts';
import type { Permission } from './roles.ts';

/** What a handler gets: parsed, complete, and from somebody who may. */
export interface Input<Query, Body> {
  readonly query: Query;
  readonly body: Body;
  readonly admin: Admin;
  readonly caller: Caller;
}

/** An object with the version that is its ETag. */
export interface Found<Value> {
  readonly value: Value;
  readonly version: number;
}

export interface Reply {
  /** null: no content. */
  readonly body: object | null;
  /** Becomes the ETag. */
  readonly version?: number;
  /** Address of what was created. */
  readonly location?: string;
}

/** What a read gives: an object, or lines of JSON that come as things happen. */
export type Read = Reply | ReadableStream<Uint8Array>;

/**
 * A change that is decided but not made. A dry run stops here; otherwise it is recorded, made, recorded as made, and
 * only then acknowledged.
 */
export interface Plan {
  /** What it is done to, for example `key abc`. */
  readonly target: string;
  /** Without secrets. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** What it means, in sentences: who is cut off, what goes on. */
  readonly effect: readonly string[];
  readonly reason?: string;
  readonly apply: () => Promise<Reply | Denial>;
}

type Finds<Value> = (id: string) => Promise<Found<Value> | null>;
type Outcome<Value> = Value | Denial | Promise<Value | Denial>;
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

interface Described {
  /** Template such as `/v1/clients/{id}`. */
  readonly path: string;
  /** One line, in the imperative. */
  readonly summary: string;
  /** null: for everybody. Only the bootstrap has that. */
  readonly permission: Permission | null;
  /** Form of the answer; null: a stream of JSON lines. */
  readonly reply: z.ZodType | null;
}

interface Reads<Query extends z.ZodObject, Value> extends Described {
  readonly query?: Query;
  /** Reads the object that the path names. */
  readonly find?: Finds<Value>;
  readonly run: (input: Input<z.output<Query>, undefined>, found: Found<Value>) => Outcome<Read>;
}

interface Changes<
  Query extends z.ZodObject,
  Body extends z.ZodType | undefined,
  Value,
> extends Described {
  readonly method: 'post' | 'patch' | 'delete';
  readonly status?: 201 | 204;
  /** It waits for the upstream, which may be slow: other changes do not wait for it. */
  readonly asksUpstream?: true;
  readonly query?: Query;
  readonly body?: Body;
  /** Reads the object that the path names; the caller must say by If-Match which version was seen. */
  readonly find?: Finds<Value>;
  readonly plan: (
    input: Input<z.output<Query>, Output<Body>>,
    found: Found<Value>,
  ) => Outcome<Plan>;
}

/** An endpoint as the server sees it; only {@link reads} and {@link changes} make one, and they check the types. */
export interface Endpoint extends Described {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  readonly status: 200 | 201 | 204;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  readonly find: Finds<unknown> | null;
  readonly asksUpstream: boolean;
  readonly act:
    | {
        readonly kind: 'read';
        readonly run: (input: Input<unknown, unknown>, found: Found<unknown>) => Outcome<Read>;
      }
    | {
        readonly kind: 'change';
        readonly plan: (input: Input<unknown, unknown>, found: Found<unknown>) => Outcome<Plan>;
      };
}

/** Finds what carries its own version. */
export const findIn =
  <Value extends { readonly version: number }>(store: {
    find(id: string): Promise<Value | null>;
  }): Finds<Value> =>
  async (id) => {
    const value = await store.find(id);
    return value && { value, version: value.version };
  };

/** An endpoint that changes nothing. */
export function reads<Query extends z.ZodObject, Value = undefined>(
  definition: Reads<Query, Value>,
): Endpoint {
  const { query, find, run, ...described } = definition;
  return {
    ...described,
    method: 'get',
    status: 200,
    query: query ?? null,
    body: null,
    find: find ?? null,
    asksUpstream: false,
    act: { kind: 'read', run: run as never },
  };
}

/** An endpoint that changes something, or makes it. */
export function changes<
  Query extends z.ZodObject,
  Body extends z.ZodType | undefined = undefined,
  Value = undefined,
>(definition: Changes<Query, Body, Value>): Endpoint {
  const { query, body, find, plan, status, asksUpstream, ...described } = definition;
  return {
    ...described,
    status: status ?? 200,
    query: query ?? null,
    body: body ?? null,
    find: find ?? null,
    asksUpstream: asksUpstream ?? false,
    act: { kind: 'change', plan: plan as never },
  };
}
