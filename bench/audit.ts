/**
 * What one entry of the audit log costs the process, in microseconds of CPU, and how long its writer waits.
 * Usage: node bench/audit.ts [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuditLog } from '../packages/gateway/src/audit/auditLog.ts';
import { encodeEntry } from '../packages/gateway/src/audit/encode.ts';
import type { AuditEntry } from '../packages/gateway/src/domain/audit.ts';

const guards = ['peer', 'operation', 'authenticate', 'authorize', 'rate', 'readBody', 'schema'];

const entry = (number: number): AuditEntry => ({
  id: `req_01KB${String(number).padStart(22, '0')}`,
  phase: 'final',
  atMs: 1_790_000_000_000 + Math.floor(number / 10),
  actor: {
    kind: 'client',
    clientId: 'cl_0123456789abcdefghij',
    clientName: 'studio',
    keyId: 'AAAAbbbb0001',
    via: 'key',
  },
  action: 'getJob',
  method: 'GET',
  path: '/v1/jobs/0b5c8a2e-3f1e-4c6f-9a51-8f6a7d2b9c10',
  sourceIp: '203.0.113.77',
  decision: 'allowed',
  trail: guards.map((guard) => ({ guard, result: 'passed' })),
  status: 200,
  upstreamStatus: 200,
  durationMs: 12.25,
  upstreamMs: 11.5,
});

interface Measured {
  readonly name: string;
  readonly cpuUs: number;
  readonly waitUs: number;
}

async function measure(name: string, count: number, writers: number, durable: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'filmgate-bench-'));
  const log = await openAuditLog(folder);
  let next = 0;
  const write = async (until: number) => {
    while (next < until) {
      next += 1;
      await log.append(entry(next), { durable });
    }
  };
  const all = (until: number) => Promise.all(Array.from({ length: writers }, () => write(until)));
  await all(count / 4);
  const cpu = process.cpuUsage();
  const start = performance.now();
  await all(count + count / 4);
  const waitUs = ((performance.now() - start) * 1_000 * writers) / count;
  const { user, system } = process.cpuUsage(cpu);
  await log.close();
  await rm(folder, { recursive: true });
  return { name, cpuUs: (user + system) / count, waitUs };
}

function measureEncoding(count: number): Measured {
  const sample = entry(1);
  const encode = () => {
    for (let index = 0; index < count; index += 1) encodeEntry(sample);
  };
  encode();
  const start = performance.now();
  encode();
  const us = ((performance.now() - start) * 1_000) / count;
  return { name: 'encoding alone', cpuUs: us, waitUs: us };
}

const results: Measured[] = [
  measureEncoding(100_000),
  await measure('1 writer', 40_000, 1, false),
  await measure('16 writers', 200_000, 16, false),
  await measure('64 writers', 200_000, 64, false),
  await measure('16 writers, durable', 20_000, 16, true),
  await measure('64 writers, durable', 40_000, 64, true),
];

if (process.argv.includes('--json')) {
  for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
} else {
  for (const { name, cpuUs, waitUs } of results) {
    process.stdout.write(
      `${name.padEnd(22)} ${cpuUs.toFixed(2).padStart(8)} µs CPU ${waitUs.toFixed(0).padStart(7)} µs wait\n`,
    );
  }
}
