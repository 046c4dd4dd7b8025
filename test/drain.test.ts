import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeClient,
  makeProgram,
  type Program,
  type Running,
  type TestClient,
} from './process/program.ts';

/** Reads until nobody accepts connections any more; only that may end it. */
async function readUntilGone(running: Running, client: TestClient): Promise<number> {
  for (let answered = 0; ; answered += 1) {
    try {
      const reply = await running.edge.send('GET', `${running.edgeUrl}/v1/quota`, {
        headers: { authorization: client.key },
      });
      assert.equal(reply.status, 200, reply.text);
    } catch (error) {
      if ((error as { code?: string }).code === 'ECONNREFUSED') return answered;
      throw error;
    }
  }
}

async function withProgram(run: (program: Program) => Promise<void>): Promise<void> {
  const program = await makeProgram();
  try {
    await run(program);
  } finally {
    await program.dispose();
  }
}

describe('SIGTERM', () => {
  it('under load cuts nobody off and ends with 0', async () => {
    await withProgram(async (program) => {
      const running = await program.start();
      const client = await makeClient(running, 'reader');
      for (let roll = 0; roll < 5; roll += 1) {
        const current = roll === 0 ? running : await program.start();
        const readers = Array.from({ length: 8 }, () => readUntilGone(current, client));
        await sleep(300);
        const ended = current.end('SIGTERM');
        const answered = await Promise.all(readers);
        assert.deepEqual(await ended, [0, null]);
        assert.ok(
          answered.every((count) => count > 0),
          `nobody was answered: ${answered.join(' ')}`,
        );
      }
    });
  });

  it('lets a request in flight finish', async () => {
    await withProgram(async (program) => {
      const running = await program.start();
      const client = await makeClient(running, 'slow');
      program.sandbox.fault({ kind: 'delay', delayMs: 1_500, path: '/pictoryapis/v1/quota' });
      const slow = running.edge.send('GET', `${running.edgeUrl}/v1/quota`, {
        headers: { authorization: client.key },
      });
      await sleep(300);
      const ended = running.end('SIGTERM');
      assert.equal((await slow).status, 200);
      assert.deepEqual(await ended, [0, null]);
    });
  });

  it('twice ends at once with 1', async () => {
    await withProgram(async (program) => {
      const running = await program.start();
      const client = await makeClient(running, 'stuck');
      program.sandbox.fault({ kind: 'delay', delayMs: 20_000, path: '/pictoryapis/v1/quota' });
      const stuck = running.edge
        .send('GET', `${running.edgeUrl}/v1/quota`, { headers: { authorization: client.key } })
        .catch(() => null);
      await sleep(300);
      running.child.kill('SIGTERM');
      await sleep(300);
      assert.deepEqual(await running.end('SIGTERM'), [1, null]);
      await stuck;
    });
  });
});
