import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { askInTheClear, socketsOf, tlsVersion, type TcpSocket } from './process/sockets.ts';

const root = join(import.meta.dirname, '..');

interface Event {
  readonly event: string;
  readonly [member: string]: unknown;
}

/** The script behind `npm start`, as words for Node. */
function startScript(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...words] = scripts['start']!.split(' ');
  assert.equal(program, 'node');
  return words;
}

describe('npm start -- --once --json', () => {
  const lines: string[] = [];
  const sockets: TcpSocket[] = [];
  const versions = new Map<number, string | null>();
  const inTheClear: string[] = [];
  let folder = '';
  let stderr = '';
  let exit: readonly unknown[] = [];

  /** While it runs, all its listeners are there to be asked. */
  async function look(pid: number, ca: string): Promise<void> {
    const ports = new Set(
      socketsOf(pid)
        .filter(({ isListening }) => isListening)
        .map(({ localPort }) => localPort),
    );
    for (const port of ports) {
      inTheClear.push(await askInTheClear(port));
      versions.set(port, await tlsVersion(port, ca));
    }
  }

  before(async () => {
    const child = spawn(process.execPath, [...startScript(), '--once', '--json'], {
      cwd: root,
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const closed = once(child, 'close');
    let looked = Promise.resolve();
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (process.platform !== 'linux') continue;
      sockets.push(...socketsOf(child.pid!));
      const event = JSON.parse(line) as Event;
      if (event.event !== 'started') continue;
      folder = String(event['folder']);
      looked = look(child.pid!, readFileSync(String(event['ca']), 'utf8'));
    }
    exit = await closed;
    await looked;
  });
  after(() => assert.ok(!existsSync(folder), 'its folder is left'));

  const events = () => lines.map((line) => JSON.parse(line) as Event);

  it('prints one JSON object a line, the finished job last, and ends with 0', () => {
    assert.deepEqual(exit, [0, null], stderr);
    assert.equal(stderr, '');
    const last = events().at(-1)!;
    assert.equal(last.event, 'done');
    assert.equal(last['job'], 'completed');
    assert.equal(last['upstream_saw_denied'], 0);
  });

  it('shows a client, a job with its progress and video, denials with their reasons, and the audit trail', () => {
    const all = events();
    const first = (name: string) => all.find(({ event }) => event === name)!;
    assert.deepEqual(
      [...new Set(all.map(({ event }) => event))],
      ['started', 'client', 'sent', 'progress', 'video', 'denied', 'audit', 'done'],
    );
    assert.ok(Number(first('video')['bytes']) > 500);
    const denied = all.filter(({ event }) => event === 'denied');
    const codes = denied.map(({ code }) => code);
    for (const code of ['insufficient_scope', 'resource_unknown', 'network_denied', 'waf_blocked'])
      assert.ok(codes.includes(code), code);
    for (const { reason, remedy } of denied) assert.ok(reason !== '' && remedy !== '');
    const audited = new Set(
      all.filter(({ event }) => event === 'audit').map((one) => one['request_id']),
    );
    for (const { request_id } of denied) assert.ok(audited.has(request_id));
  });

  it('opens no socket that speaks without TLS', (context) => {
    if (process.platform !== 'linux')
      return context.skip('sockets are looked up in /proc: Linux only');
    assert.equal(versions.size, 4, 'edge, admin, the sandbox and its control');
    assert.deepEqual([...new Set(versions.values())], ['TLSv1.3']);
    for (const answer of inTheClear)
      assert.ok(answer === '' || answer.startsWith('HTTP/1.1 400 '), answer);
    assert.ok(sockets.length > 10);
    for (const { isListening, localPort, remotePort } of sockets) {
      const known = versions.has(localPort) || (!isListening && versions.has(remotePort));
      assert.ok(known, `a socket from port ${localPort} to ${remotePort}`);
    }
  });
});
