import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Listing, Operation } from '../domain/operation.ts';
import type { Json } from '../domain/shape.ts';
import type { AdminContext } from './context.ts';

const pagesMax = 100;
const replyBytesMax = 32 * 1_024 * 1_024;

type Needs = Pick<AdminContext, 'provider' | 'upstream'>;

/** Ids of a kind that the upstream account lists, whoever made them. */
export async function discover(context: Needs, kind: string): Promise<readonly string[] | Denial> {
  const operations = context.provider.operations.filter(
    ({ lists, pathParameters }) => pathParameters.length === 0 && pointersOf(lists, kind) !== null,
  );
  if (operations.length === 0) {
    return deny('field_invalid', {
      pointer: '/kind',
      hint: 'the upstream has no list of this kind: name the ids',
    });
  }
  const ids = new Set<string>();
  for (const operation of operations) {
    const listed = await readList(context, operation, kind);
    if (isDenial(listed)) return listed;
    for (const id of listed) ids.add(id);
  }
  return [...ids];
}

async function readList(
  context: Needs,
  operation: Operation,
  kind: string,
): Promise<readonly string[] | Denial> {
  const lists = operation.lists!;
  const pointers = pointersOf(lists, kind)!;
  const ids: string[] = [];
  let query = '';
  for (let page = 0; page < pagesMax; page += 1) {
    const reply = await readPage(context, operation, query);
    if (isDenial(reply)) return reply;
    ids.push(...idsIn(reply.value, lists.items, pointers));
    const next = nextPage(reply.value, lists);
    if (next === null) return ids;
    query = next;
  }
  const reason = `the list of ${operation.id} has more than ${pagesMax} pages`;
  return deny('upstream_invalid', { detail: { reason } });
}

async function readPage(
  { upstream }: Needs,
  operation: Operation,
  query: string,
): Promise<{ readonly value: Json } | Denial> {
  const reply = await upstream.send({
    method: operation.method,
    path: operation.path,
    query,
    headers: [['accept', 'application/json']],
    body: null,
    bufferBytesMax: replyBytesMax,
    repeatable: true,
    gone: null,
  });
  if (isDenial(reply)) return reply;
  if (reply.status !== 200 || !(reply.body instanceof Uint8Array)) {
    return deny('upstream_invalid', {
      hint: `the upstream answered ${reply.status}`,
      detail: { reason: `${operation.id} answered ${reply.status}` },
    });
  }
  try {
    return { value: JSON.parse(new TextDecoder().decode(reply.body)) as Json };
  } catch {
    return deny('upstream_invalid', { detail: { reason: `${operation.id} answered no JSON` } });
  }
}

const pointersOf = (lists: Listing | null, kind: string): readonly string[] | null =>
  lists?.owned.find((owned) => owned.kind === kind)?.pointers ?? null;

function idsIn(reply: Json, member: string, pointers: readonly string[]): readonly string[] {
  const items = at(reply, `/${member}`);
  if (!Array.isArray(items)) return [];
  return (items as readonly Json[]).flatMap((item) => {
    const id = pointers.map((pointer) => at(item, pointer)).find((value) => value !== undefined);
    return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
  });
}

function nextPage(reply: Json, { page }: Listing): string | null {
  if (!page) return null;
  const key = at(reply, `/${page.member}`);
  if (typeof key !== 'string' || key === '') return null;
  return `${encodeURIComponent(page.parameter)}=${encodeURIComponent(key)}`;
}

/** The value that a JSON pointer (RFC 6901) names. */
function at(value: Json, pointer: string): Json | undefined {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Json | undefined>((node, step) => {
    if (typeof node !== 'object' || node === null) return undefined;
    const member = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return Object.hasOwn(node, member) ? (node as Record<string, Json>)[member] : undefined;
  }, value);
}
