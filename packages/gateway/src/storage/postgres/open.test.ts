import assert from 'node:assert/strict';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { Client } from 'pg';
import { StoreUnavailable, type Stores } from '../../ports/stores.ts';
import { client, furnish, key, resource } from '../contract/samples.ts';
import { StoreUnusable } from '../storeUnusable.ts';
import { openPostgres } from './open.ts';
import { answers, defaultServer, makePostgresPlace, run } from './place.fixture.ts';

const server = process.env['FILMGATE_TEST_POSTGRES'] ?? defaultServer;
const url = (change: Partial<Pick<URL, 'port' | 'pathname' | 'password' | 'search'>>): string =>
  Object.assign(new URL(server), { password: 'hunter2', ...change }).href;

type Kind = new (message?: string) => Error;

/** The message of the error, which must be of that class and name neither password nor address. */
async function refusal(opening: Promise<Stores>, kind: Kind): Promise<string> {
  const error = await opening.then(
    () => assert.fail('it opened'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof kind, String(error));
  assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /hunter2|127\.0\.0\.1|postgres:/);
  return error.message;
}

test('an address that is none is refused without repeating it', async () => {
  for (const wrong of ['http://[hunter2', 'postgres://u:hunter2@h:port/x']) {
    const opening = openPostgres({ url: wrong, poolMax: 1 });
    assert.match(await refusal(opening, StoreUnusable), /not a connection string/);
  }
});

test('where nobody listens, the database is unavailable', async () => {
  const opening = openPostgres({ url: url({ port: '1' }), poolMax: 1 });
  assert.match(await refusal(opening, StoreUnavailable), /refuses connections/);
});

test('a server that never says a word does not hold up the start', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  after(() => silent.close());
  const { port } = silent.address() as AddressInfo;
  const opening = openPostgres({ url: url({ port: String(port) }), poolMax: 1 });
  assert.match(await refusal(opening, StoreUnavailable), /does not answer/);
});

if (await answers(server)) describe('PostgreSQL', { concurrency: 4 }, testsWithServer);
else {
  void test.skip('PostgreSQL: skipped, no server answers; name one in FILMGATE_TEST_POSTGRES', () => {});
}

function testsWithServer(): void {
  const drops: (() => Promise<void>)[] = [];
  after(async () => {
    for (const drop of drops) await drop();
  });

  async function fresh() {
    const place = await makePostgresPlace(server);
    drops.push(place.drop);
    return place;
  }

  test('a database that does not exist, and TLS that is not offered, are the operator’s to mend', async () => {
    const missing = openPostgres({ url: url({ pathname: 'filmgate_none' }), poolMax: 1 });
    assert.match(await refusal(missing, StoreUnusable), /does not exist/);
    const secure = openPostgres({ url: url({ search: 'sslmode=verify-full' }), poolMax: 1 });
    const message = await refusal(secure, Error);
    assert.match(message, /TLS|certificate/);
  });

  test('an empty search path is refused', async () => {
    const { url: address } = await fresh();
    const lost = new URL(address);
    lost.searchParams.set('options', '-c search_path=nowhere');
    const opening = openPostgres({ url: lost.href, poolMax: 1 });
    assert.match(await refusal(opening, StoreUnusable), /search path/);
  });

  test('two schemas of one database do not see each other', async () => {
    const place = await fresh();
    await furnish(await place.open());
    await place.execute('create schema other');
    const other = new URL(place.url);
    other.searchParams.set('options', '-c search_path=other');
    const stores = await openPostgres({ url: other.href, poolMax: 1 });
    assert.equal(await stores.clients.find('cl_1'), null);
    await furnish(stores);
    await stores.close();
  });

  test('when the server was restarted, reads go on and writes recover', async () => {
    const place = await fresh();
    const stores = await place.open();
    await furnish(stores);
    for (let rounds = 0; rounds < 5; rounds += 1) {
      await Promise.all([stores.keys.find(key().id), stores.resources.record([resource()])]);
      await place.read(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
      );
      assert.equal((await stores.keys.find(key().id))?.key.id, key().id);
      const attempts = [0, 1, 2, 3, 4].map(
        (index) => () => stores.resources.record([resource({ id: `${rounds}-${index}` })]),
      );
      const failures: unknown[] = [];
      for (const attempt of attempts) await attempt().catch((error) => failures.push(error));
      assert.ok(failures.every((error) => error instanceof StoreUnavailable));
      assert.ok(failures.length < attempts.length, 'no write came through');
    }
  });

  test('a statement that waits too long for a lock is given up, and reads go on meanwhile', async () => {
    const place = await fresh();
    const stores = await place.open();
    await furnish(stores);
    const blocker = new Client({ connectionString: place.url });
    await blocker.connect();
    await blocker.query('begin; select * from clients for update');
    const blocked = stores.clients.update(client({ version: 2 }), 1);
    assert.equal((await stores.clients.find('cl_1'))?.version, 1);
    await assert.rejects(blocked, /took too long/);
    await blocker.query('rollback');
    await blocker.end();
    await stores.clients.update(client({ version: 2 }), 1);
  });

  test('a server that falls silent is given up, and used again when it speaks', async () => {
    const place = await fresh();
    await (await place.open()).close();
    const wire = await makeWire(new URL(place.url));
    const address = Object.assign(new URL(place.url), { port: String(wire.port) });
    const stores = await openPostgres({ url: address.href, poolMax: 2 });
    await furnish(stores);
    wire.silence();
    const attempts = await Promise.allSettled([
      stores.clients.find('cl_1'),
      stores.clients.update(client({ version: 2 }), 1),
    ]);
    for (const attempt of attempts) {
      assert.ok(attempt.status === 'rejected' && attempt.reason instanceof StoreUnavailable);
    }
    wire.speak();
    assert.equal((await stores.clients.find('cl_1'))?.version, 1);
    await stores.close();
    wire.cut();
    await assert.rejects(stores.clients.find('cl_1'), StoreUnavailable);
  });

  test('no key, digest or name stands in an error', async () => {
    const place = await fresh();
    const stores = await place.open();
    await furnish(stores);
    await place.execute(`alter table clients add constraint odd check (owner <> 'Zoe')`);
    await assert.rejects(
      stores.clients.update(client({ owner: 'Zoe', version: 2 }), 1),
      (error) => {
        assert.ok(error instanceof StoreUnavailable);
        assert.equal(error.message, 'the database refused a statement (SQLSTATE 23514)');
        assert.doesNotMatch(String(error.stack), /update "clients"|Zoe/);
        return true;
      },
    );
    assert.deepEqual(await run(place.url, 'select version from clients'), ['1']);
  });
}

/** A wire to the server that can be made to carry nothing. */
async function makeWire({ hostname, port }: URL) {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const relay = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) || 5432 });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => isSilent || to.write(data));
      from.on('close', () => to.destroy());
      from.on('error', () => {});
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    port: (relay.address() as AddressInfo).port,
    silence: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
    cut: () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
