import {
  answers,
  defaultServer,
  makePostgresPlace,
} from '../../packages/gateway/src/storage/postgres/place.fixture.ts';
import type { GroundOptions } from './ground.ts';
import { openStage, type Stage } from './stage.ts';

/** A kind of database that a gateway may run on. */
export interface Database {
  readonly name: string;
  /** Why it cannot be had here; null: it can. */
  readonly missing: string | null;
  readonly openStage: (options: GroundOptions) => Promise<Stage>;
}

const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;
const variable = 'FILMGATE_TEST_STAGE_POSTGRES';

/** Both kinds, the second one with a database of its own for each stage. One stage at a time. */
export const databases: readonly Database[] = [
  { name: 'SQLite', missing: null, openStage },
  {
    name: 'PostgreSQL',
    missing: (await answers(server)) ? null : 'no PostgreSQL answers here',
    openStage: async ({ config = '', ...options }) => {
      const place = await makePostgresPlace(server);
      process.env[variable] = place.url;
      const storage = `storage: { postgres: { env: ${variable} } }`;
      const stage = await openStage({ ...options, config: `${config}\n${storage}` });
      return {
        ...stage,
        dispose: async () => {
          await stage.dispose();
          await place.drop();
        },
      };
    },
  },
];
