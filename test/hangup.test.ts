import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClient, makeProgram } from './process/program.ts';

test('SIGHUP takes up files anew, keeps what is in force where they are broken, and ends nothing', async (t) => {
  const program = await makeProgram();
  t.after(() => program.dispose());
  const running = await program.start();
  const client = await makeClient(running, 'steady');
  const read = () =>
    running.edge.send('GET', `${running.edgeUrl}/v1/quota`, {
      headers: { authorization: client.key },
    });
  assert.equal((await read()).status, 200);
  writeFileSync(join(program.folder, 'data', 'waf-exclusions.conf'), 'SecRuleNonsense\n');
  running.child.kill('SIGHUP');
  for (let waitedMs = 0; !program.output().includes('SecRuleNonsense'); waitedMs += 50) {
    assert.ok(waitedMs < 10_000, 'nobody told of the broken file');
    await sleep(50);
  }
  assert.match(program.output(), /waf-exclusions\.conf:1/);
  assert.equal((await read()).status, 200);
  assert.deepEqual(await running.end('SIGTERM'), [0, null]);
});
