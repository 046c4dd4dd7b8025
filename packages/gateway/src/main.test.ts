import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { loadConfig } from './config/load.ts';
import { startGateway } from './main.ts';

const folder = mkdtempSync(join(tmpdir(), 'filmgate-main-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'filmgate.yaml');

it('a start that fails late closes what it had opened, so that the next one succeeds', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const { port } = squatter.address() as AddressInfo;
  const write = (edge: number): void =>
    writeFileSync(
      file,
      `version: 1\nmode: development\nedge: { listen: '127.0.0.1:${edge}' }\nadmin: { listen: '127.0.0.1:0' }\n`,
    );
  write(port);
  await assert.rejects(startGateway(loadConfig(file), { alarm: () => {} }), /EADDRINUSE/);
  squatter.close();
  write(0);
  const gateway = await startGateway(loadConfig(file), { alarm: () => {} });
  assert.equal(await gateway.stop(), true);
});
