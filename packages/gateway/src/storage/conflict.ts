import { StoreConflict } from '../ports/stores.ts';

/** A unique value is taken. Names the table and the column, never the value. */
export const taken = (table: string, column: string): StoreConflict =>
  new StoreConflict(`another row of ${table} has this ${column}`);

/** A row that others refer to cannot go; one that refers to nothing cannot come. */
export const unreferenced = (): StoreConflict =>
  new StoreConflict('it is still in use, or what it refers to does not exist');
