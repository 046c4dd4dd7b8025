import type { z } from '@hono/zod-openapi';
import type { Page, PageRequest } from '../ports/stores.ts';
import { type pageQuery, toPageRequest } from './wire.ts';

interface NamedStore<Row> {
  list(page: PageRequest): Promise<Page<Row>>;
  findByName(name: string): Promise<Row | null>;
}

/** A page of all, or with a name the one that has it. */
export async function listOrFind<Row>(
  store: NamedStore<Row>,
  { name, ...page }: z.output<typeof pageQuery> & { readonly name?: string | undefined },
): Promise<Page<Row>> {
  if (name === undefined) return store.list(toPageRequest(page));
  const row = await store.findByName(name);
  return { rows: row ? [row] : [], next: null };
}
