import { z } from '@hono/zod-openapi';
import { parseCidr } from '../domain/network.ts';

/** Pieces of the wire format: snake_case, times as RFC 3339 in UTC, durations in seconds. */

export const toTime = (atMs: number): string => new Date(atMs).toISOString();
export const toTimeOrNull = (atMs: number | null): string | null =>
  atMs === null ? null : toTime(atMs);

export const time = z.iso.datetime().meta({ description: 'RFC 3339, UTC' });

export const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    '1 to 64 characters of a-z 0-9 . _ -, not starting with a mark',
  );

/** Text for people: one line, no control or direction characters. */
export const line = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(lengthMax)
    .refine(
      (text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text),
      'one line without control characters',
    );

export const reason = line(200).meta({ description: 'Why; kept in the audit log' });

export const networks = z
  .array(
    z
      .string()
      .max(64)
      .refine(
        (text) => parseCidr(text) !== null,
        'a network such as 10.0.0.0/8, 192.0.2.7/32 or 2001:db8::/32',
      ),
  )
  .max(200)
  .meta({ description: 'CIDRs; empty: no rule of its own' });

export const metadata = z
  .record(z.string().regex(/^[a-zA-Z0-9._-]{1,64}$/, 'names of a-z A-Z 0-9 . _ -'), line(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'at most 50 members');

export const version = z.int().meta({ description: 'Grows by one with every change; the ETag' });

export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional(),
});

/** A page: its items and the cursor of the next one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null at the end' }),
  });

export const toPageRequest = ({ limit, cursor }: z.output<typeof pageQuery>) => ({
  limit,
  cursor: cursor ?? null,
});

const bookkeeping: ReadonlySet<string> = new Set(['updated_at', 'version']);

/** What a change replaces, in the words of the wire: `{ member: { from, to } }`. */
export function difference(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, { readonly from: unknown; readonly to: unknown }> {
  return Object.fromEntries(
    Object.keys(after)
      .filter((member) => !bookkeeping.has(member))
      .filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]))
      .map((member) => [member, { from: before[member], to: after[member] }]),
  );
}

/** Members that the caller left out stay as they are. */
export type Patch<Value> = { readonly [Member in keyof Value]?: Value[Member] | undefined };

export function patched<Value extends object>(before: Value, patch: Patch<Value>): Value {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return { ...before, ...(Object.fromEntries(given) as Partial<Value>) };
}

/** `1 key`, `2 keys`. */
export const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
