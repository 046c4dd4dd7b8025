import type { SelectQueryBuilder } from 'kysely';
import { readCursor, writeCursor } from '../../ports/cursor.ts';
import { CursorInvalid, type Page, type PageRequest } from '../../ports/stores.ts';
import type { Tables } from '../schema/tables.ts';

/** Where a row stands in a list that is ordered by age. */
interface Position {
  readonly created_at_ms: number;
  readonly id: string;
}

type Aged = 'clients' | 'policies' | 'keys' | 'resources' | 'admins';

/**
 * Orders by age, newest first, and goes on behind the cursor. One row more than the page holds is read, to know
 * whether there is a next page. Rows that are inserted meanwhile neither shift nor repeat anything.
 * @throws CursorInvalid
 */
export function newestFirst<Table extends Aged, Row>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  page: PageRequest,
): SelectQueryBuilder<Tables, Table, Row> {
  // The builder's type does not know that all these tables have both columns.
  const ordered = (query as unknown as SelectQueryBuilder<Tables, 'clients', Row>)
    .orderBy('created_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  const position = page.cursor === null ? null : readPosition(page.cursor);
  const behind =
    position === null
      ? ordered
      : ordered.where((eb) =>
          eb(
            eb.refTuple('created_at_ms', 'id'),
            '<',
            eb.tuple(position.created_at_ms, position.id),
          ),
        );
  return behind as unknown as SelectQueryBuilder<Tables, Table, Row>;
}

/** Makes the page of what {@link newestFirst} read. */
export function toPage<Row extends Position, Item>(
  rows: readonly Row[],
  page: PageRequest,
  toItem: (row: Row) => Item,
): Page<Item> {
  const kept = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? kept.at(-1) : undefined;
  return { rows: kept.map(toItem), next: last ? writePosition(last) : null };
}

const writePosition = ({ created_at_ms, id }: Position): string => writeCursor([created_at_ms, id]);

function readPosition(cursor: string): Position {
  const [created_at_ms, id] = readCursor(cursor, 2);
  if (!Number.isSafeInteger(created_at_ms) || typeof id !== 'string') throw new CursorInvalid();
  return { created_at_ms: created_at_ms as number, id };
}
