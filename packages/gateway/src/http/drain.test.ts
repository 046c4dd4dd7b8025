import assert from 'node:assert/strict';
import { Agent, request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { test } from 'node:test';
import { connectTls, ok, openTestListener, pause, readAll, testAuthority } from './fixture.ts';

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('a request in flight is answered, and its connection ends with that answer', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const gate = await openTestListener(async () => {
    await held;
    return ok();
  });
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(get);
  while (gate.listener.state().exchanges === 0) await pause(5);
  const drained = gate.listener.drain(5_000);
  await pause(20);
  await assert.rejects(connectTls(gate.port), { code: 'ECONNREFUSED' });
  release();
  const { text, closed } = await answer;
  assert.ok(closed);
  assert.match(text, /^HTTP\/1\.1 200 [^]*\r\nconnection: close\r\n/);
  assert.equal(await drained, true);
});

test('quiet connections end, before and after their handshake, and nothing is left', async () => {
  const gate = await openTestListener(async () => ok(), { limits: { drainQuietMs: 100 } });
  const bare = connect(gate.port, '127.0.0.1');
  bare.on('error', () => {});
  const idle = await connectTls(gate.port);
  idle.write(get);
  const ended = readAll(idle);
  assert.equal(await gate.listener.drain(5_000), true);
  assert.match((await ended).text, /^HTTP\/1\.1 200 /);
  assert.equal(gate.listener.state().connections, 0);
});

test('what does not end within the limit is cut, and the outcome says so', async () => {
  const gate = await openTestListener(() => new Promise(() => {}));
  const socket = await connectTls(gate.port);
  const answer = readAll(socket);
  socket.write(get);
  while (gate.listener.state().exchanges === 0) await pause(5);
  assert.equal(await gate.listener.drain(100), false);
  assert.deepEqual(await answer, { text: '', closed: true });
});

test('draining and closing again is harmless', async () => {
  const gate = await openTestListener(async () => ok());
  assert.equal(await gate.listener.drain(100), true);
  assert.equal(await gate.listener.drain(100), true);
  await gate.listener.close();
});

test('ten rolls under load reset nobody who retries on connect errors only', async () => {
  let answered = 0;
  for (let roll = 0; roll < 10; roll += 1) {
    const gate = await openTestListener(
      async () => {
        await pause(1);
        return ok();
      },
      { limits: { drainQuietMs: 300 } },
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: testAuthority.cert });
    const clients = Array.from({ length: 8 }, () => askUntilRefused(agent, gate.port));
    await pause(60);
    const isClean = await gate.listener.drain(5_000);
    for (const count of await Promise.all(clients)) answered += count;
    agent.destroy();
    assert.equal(isClean, true);
  }
  assert.ok(answered > 200, `${answered} requests were answered`);
});

/** Asks without pause until nobody listens; any other failure is thrown. */
async function askUntilRefused(agent: Agent, port: number): Promise<number> {
  for (let count = 0; ; count += 1) {
    try {
      assert.equal(await ask(agent, port), 200);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return count;
      throw error;
    }
  }
}

function ask(agent: Agent, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest({ host: '127.0.0.1', port, agent }, (response) => {
      response.on('error', reject);
      response.resume().on('end', () => resolve(response.statusCode!));
    });
    request.on('error', reject);
    request.end();
  });
}
