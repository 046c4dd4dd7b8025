import { after, describe } from 'node:test';
import { adminsContract } from './admins.ts';
import { clientsContract } from './clients.ts';
import { keysContract } from './keys.ts';
import { pagingContract } from './paging.ts';
import type { Place } from './place.ts';
import { resourcesContract } from './resources.ts';
import { schemaContract } from './schema.ts';
import { tokensContract } from './tokens.ts';

const parts = {
  'clients and policies': clientsContract,
  keys: keysContract,
  tokens: tokensContract,
  resources: resourcesContract,
  'admins and settings': adminsContract,
  lists: pagingContract,
  'the schema': schemaContract,
} as const;

/** What every adapter of the stores holds. Each test gets a database of its own. */
export function contract(adapter: string, makePlace: () => Promise<Place>): void {
  for (const [part, define] of Object.entries(parts)) {
    describe(`${adapter}: ${part}`, { concurrency: false }, () => {
      const places: Place[] = [];
      after(async () => {
        for (const place of places) await place.drop();
      });
      const freshPlace = async () => {
        const place = await makePlace();
        places.push(place);
        return place;
      };
      define(async () => {
        const place = await freshPlace();
        return { place, stores: await place.open() };
      }, freshPlace);
    });
  }
}
