import { test } from 'node:test';
import { contract } from '../contract/contract.ts';
import { answers, defaultServer, makePostgresPlace } from './place.fixture.ts';

const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;

if (await answers(server)) contract('PostgreSQL', () => makePostgresPlace(server));
else {
  void test.skip('PostgreSQL: skipped, no server answers; name one in FILMGATE_TEST_POSTGRES', () => {});
}
