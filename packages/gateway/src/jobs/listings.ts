import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Listing, Operation } from '../domain/operation.ts';
import type { Json } from '../domain/shape.ts';
import type { ResourceStore } from '../ports/stores.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import type { Cursors, CursorScope } from './cursors.ts';
import { idsAt, isSuccess, replyJson } from './replyJson.ts';

type Query = readonly (readonly [name: string, value: string])[];

export interface ListCall {
  readonly operation: Operation & { readonly lists: Listing };
  readonly clientId: string;
  readonly query: Query;
}

export interface ListingParts {
  readonly resources: Pick<ResourceStore, 'find' | 'list'>;
  readonly cursors: Cursors;
}

/** Sends the list's call with this query. */
export type FetchPage = (query: Query) => Promise<UpstreamReply | Denial>;

/**
 * Upstream pages read for one answer. An account may hold thousands of things between two of one client's: then the
 * answer is empty and has a page key to go on with.
 */
const pagesMax = 10;

/**
 * Answers an account-wide list with the caller's own items only. The ownership table decides about each item; of the
 * rest of the reply only the next page's key passes, sealed. Upstream pages without an own item are skipped, and a
 * client that owns nothing of the kind is answered without asking.
 *
 * @throws StoreUnavailable
 */
export async function listOwn(
  parts: ListingParts,
  call: ListCall,
  fetchPage: FetchPage,
): Promise<UpstreamReply | Denial> {
  const scope = { clientId: call.clientId, operationId: call.operation.id };
  const opened = openPageKey(parts.cursors, call, scope);
  if (isDenial(opened)) return opened;
  if (!(await ownsAny(parts, call))) return answer(call.operation.lists, [], null, null);
  let query = opened;
  for (let page = 1; ; page += 1) {
    const reply = await fetchPage(query);
    if (isDenial(reply) || !isSuccess(reply)) return reply;
    const read = readPage(call.operation.lists, reply);
    if (read === null) return unusable;
    const own = await ownItems(parts, call, read.items);
    if (own.length === 0 && read.next !== null && page < pagesMax) {
      query = withPageKey(call.operation.lists, call.query, read.next);
      continue;
    }
    const next = read.next === null ? null : parts.cursors.seal(read.next, scope);
    return answer(call.operation.lists, own, next, reply);
  }
}

function openPageKey(
  cursors: Cursors,
  { operation, query }: ListCall,
  scope: CursorScope,
): Query | Denial {
  const parameter = operation.lists.page?.parameter;
  const cursor = query.find(([name]) => name === parameter)?.[1];
  if (cursor === undefined) return query;
  const pageKey = cursors.open(cursor, scope);
  return pageKey === null
    ? unknownCursor(parameter!)
    : withPageKey(operation.lists, query, pageKey);
}

function withPageKey({ page }: Listing, query: Query, pageKey: string): Query {
  return [...query.filter(([name]) => name !== page!.parameter), [page!.parameter, pageKey]];
}

async function ownsAny({ resources }: ListingParts, call: ListCall): Promise<boolean> {
  for (const { kind } of call.operation.lists.owned) {
    const { rows } = await resources.list(kind, call.clientId, { limit: 1, cursor: null });
    if (rows.length > 0) return true;
  }
  return false;
}

/** The items of a page and the key of the next one; null when the reply has another form. */
function readPage(
  listing: Listing,
  reply: UpstreamReply,
): { readonly items: readonly Json[]; readonly next: string | null } | null {
  const json = replyJson(reply);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const members = json as Readonly<Record<string, Json>>;
  const items = members[listing.items];
  if (!Array.isArray(items)) return null;
  const next = listing.page && members[listing.page.member];
  return {
    items: items as readonly Json[],
    next: typeof next === 'string' && next !== '' ? next : null,
  };
}

async function ownItems(
  parts: ListingParts,
  call: ListCall,
  items: readonly Json[],
): Promise<readonly Json[]> {
  const verdicts = await Promise.all(items.map((item) => isOwn(parts, call, item)));
  return items.filter((_, index) => verdicts[index]);
}

async function isOwn({ resources }: ListingParts, call: ListCall, item: Json): Promise<boolean> {
  for (const creation of call.operation.lists.owned) {
    for (const id of idsAt(item, creation)) {
      const resource = await resources.find(creation.kind, id);
      if (resource?.clientId === call.clientId) return true;
    }
  }
  return false;
}

/** Headers that describe the whole reply end here with it. */
const keptHeaders: ReadonlySet<string> = new Set(['content-language', 'date']);

function answer(
  listing: Listing,
  items: readonly Json[],
  next: string | null,
  reply: UpstreamReply | null,
): UpstreamReply {
  const body = { [listing.items]: items, ...(listing.page && { [listing.page.member]: next }) };
  return {
    status: 200,
    headers: [
      ...(reply?.headers.filter(([name]) => keptHeaders.has(name)) ?? []),
      ['content-type', 'application/json; charset=utf-8'],
    ],
    body: Buffer.from(JSON.stringify(body)),
    headMs: reply?.headMs ?? 0,
  };
}

const unusable: Denial = deny('upstream_invalid', {
  detail: { reason: 'the reply of a list does not have the described form', source: 'upstream' },
});

const unknownCursor = (parameter: string): Denial =>
  deny('parameter_invalid', {
    pointer: `query:${parameter}`,
    hint: 'must be a page key from an earlier answer of this list',
    detail: {
      reason: 'the page key was not given to this client for this list',
      remedy: 'start again without a page key',
    },
  });
