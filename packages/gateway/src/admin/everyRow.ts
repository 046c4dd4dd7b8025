import type { Page, PageRequest } from '../ports/stores.ts';

/** All rows of a list, page by page. For objects that people make by hand, never for requests or resources. */
export async function everyRow<Row>(
  list: (page: PageRequest) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await list({ limit: 200, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}
