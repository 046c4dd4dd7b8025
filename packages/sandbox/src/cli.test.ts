import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFlags } from './cli/flags.ts';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

async function started(...args: string[]) {
  const child = spawn(process.execPath, [cli, '--port', '0', '--control-port', '0', ...args]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child.stdout, 'data');
  return { child, output: () => output };
}

describe('filmgate-sandbox', () => {
  it('prints one line of JSON when ready, answers, and ends well on SIGTERM', async () => {
    const { child, output } = await started('--json', '--seed', 'cli', '--api-key', 'pictai_given');
    const ready = JSON.parse(output());
    assert.equal(ready.event, 'ready');
    assert.equal(ready.sandbox, true);
    assert.equal(ready.apiKey, 'pictai_given');
    const headers = { Authorization: ready.apiKey };
    assert.equal((await fetch(`${ready.url}/pictoryapis/v1/quota`, { headers })).status, 200);
    assert.equal((await fetch(ready.controlUrl)).status, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(output().trim().split('\n').length, 1);
  });

  it('says to people that it is a simulator', async () => {
    const { child, output } = await started();
    child.kill('SIGINT');
    await once(child, 'exit');
    assert.match(output(), /SANDBOX \/ SIMULATOR/);
    assert.match(output(), /curl -s http:\/\/127\.0\.0\.1:\d+\/pictoryapis/);
  });

  it('explains itself', () => {
    const { status, stdout } = run('--help');
    assert.equal(status, 0);
    assert.match(stdout, /--control-port N/);
  });

  it('refuses flags that it does not understand, with exit 78', () => {
    for (const args of [
      ['--prot', '1'],
      ['--port', 'x'],
      ['--port', '65536'],
      ['--speed', '0'],
      ['--clock', 'slow'],
      ['--tls-cert', cli],
      ['--tls-cert', '/none', '--tls-key', '/none'],
      ['extra'],
    ]) {
      const command = readFlags(args);
      assert.equal(command.do, 'refuse', args.join(' '));
    }
    const { status, stderr, stdout } = run('--port', '-1');
    assert.equal(status, 78);
    assert.match(stderr, /--port/);
    assert.equal(stdout, '');
  });

  it('says why it could not start, with exit 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { status, stderr } = run('--port', String(port), '--control-port', '0');
    taken.close();
    assert.equal(status, 1);
    assert.match(stderr, /could not start: .*EADDRINUSE/);
  });
});
