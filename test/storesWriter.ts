/**
 * Writes keys, jobs and audit entries as fast as it can, and says on stdout what was acknowledged, one line each.
 * Made to be killed by kill-stores.test.ts. Usage: node storesWriter.ts (sqlite FILE | postgres URL) AUDITFOLDER RUN
 */
import { writeSync } from 'node:fs';
import { openAuditLog } from '../packages/gateway/src/audit/auditLog.ts';
import { entry } from '../packages/gateway/src/audit/samples.fixture.ts';
import { StoreConflict } from '../packages/gateway/src/ports/stores.ts';
import {
  client,
  digest,
  key,
  policy,
  resource,
  secret,
} from '../packages/gateway/src/storage/contract/samples.ts';
import { openPostgres } from '../packages/gateway/src/storage/postgres/open.ts';
import { openSqlite } from '../packages/gateway/src/storage/sqlite/open.ts';

const [kind, place, auditFolder, run] = process.argv.slice(2) as [string, string, string, string];
const stores = await (kind === 'sqlite'
  ? openSqlite({ file: place })
  : openPostgres({ url: place, poolMax: 4 }));
const log = await openAuditLog(auditFolder);

const acknowledge = (...words: readonly string[]) => writeSync(1, `${words.join(' ')}\n`);
const unlessThere = (error: unknown) => {
  if (!(error instanceof StoreConflict)) throw error;
};

await stores.policies.create(policy()).catch(unlessThere);
await stores.clients.create(client()).catch(unlessThere);

/** Creates keys; rotates every second one, revokes every third. */
async function writeKeys(): Promise<never> {
  for (let number = 0; ; number += 1) {
    const id = `key-${run}-${number}`;
    await stores.keys.create(key({ id }), secret({ keyId: id, digest: digest(id) }));
    acknowledge('created', id);
    let version = 1;
    if (number % 2 === 0) {
      const next = secret({ keyId: id, number: 2, digest: digest(`${id} 2`) });
      await stores.keys.rotate(key({ id, version: version + 1 }), version, next, 0);
      version += 1;
      acknowledge('rotated', id);
    }
    if (number % 3 === 0) {
      await stores.keys.update(key({ id, state: 'revoked', version: version + 1 }), version);
      acknowledge('revoked', id);
    }
  }
}

async function writeJobs(): Promise<never> {
  for (let number = 0; ; number += 1) {
    const id = `job-${run}-${number}`;
    await stores.resources.record([resource({ id }), resource({ id, kind: 'project' })]);
    acknowledge('recorded', id);
  }
}

async function writeAudit(name: string, durable: boolean): Promise<never> {
  for (let number = 0; ; number += 1) {
    const id = `${name}-${run}-${number}`;
    await log.append(entry({ id, reason: 'x'.repeat(number % 3_000) }), { durable });
    acknowledge('audited', id);
  }
}

await Promise.all([
  writeKeys(),
  writeJobs(),
  writeAudit('durable', true),
  writeAudit('plain', false),
]);
