import type { Migration } from 'kysely/migration';

/**
 * Every migration by name, in the order of the names. A released one is never edited.
 *
 * A name that ends in `_expand` promises that programs which do not know it may go on with the changed schema:
 * it only adds what they neither read nor must fill. That is what lets an older node start beside a newer one.
 */
export const migrations: Readonly<Record<string, () => Promise<Migration>>> = {
  '0001_initial': async () => (await import('./migrations/0001_initial.ts')).migration,
};
