import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { AuditEntry } from '../domain/audit.ts';
import { isDenial } from '../domain/denial.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import { StoreConflict, type Stores } from '../ports/stores.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { Exposure } from './exposure.ts';
import { KeyLife, type KeyRequest } from './keyLife.ts';
import { parseKey } from './keyText.ts';
import { Peppers } from './peppers.ts';
import { aClient, aPolicy } from './subject.fixture.ts';
import { Subjects } from './subjects.ts';
import { Verifier } from './verifier.ts';

/** Over a real database; the clock is the test's. */
let folder: string;
let stores: Stores;
let subjects: Subjects;
let life: KeyLife;
let verifier: Verifier;
let nowMs = 0;
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };

const request: KeyRequest = {
  clientId: 'cl_1',
  name: 'first',
  environment: 'test',
  scopes: ['things:read'],
  networks: ['192.0.2.0/24'],
  expiresAtMs: 1_000_000,
};

beforeEach(async () => {
  nowMs = 1_000;
  folder = mkdtempSync(join(tmpdir(), 'key-life-'));
  stores = await openSqlite({ file: join(folder, 'db') });
  await stores.policies.create(aPolicy());
  await stores.clients.create(aClient());
  const peppers = Peppers.create(join(folder, 'pepper'));
  subjects = new Subjects({ stores, clock, freshMs: 1_000_000, entriesMax: 2 });
  life = new KeyLife({ keys: stores.keys, peppers, clock, subjects });
  verifier = new Verifier({ subjects, tokens: stores.tokens, peppers, clock, environment: 'test' });
});

afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

const verdict = async (text: string): Promise<string> => {
  const verified = await verifier.verify(text);
  return isDenial(verified) ? verified.code : `secret ${verified.secretNumber}`;
};

describe('a key', () => {
  it('is issued as it was asked for, with a text that fits it and works at once', async () => {
    const { key, text } = await life.issue(request);
    assert.equal(parseKey(text)?.id, key.id);
    assert.equal(parseKey(text)?.environment, 'test');
    assert.deepEqual((await stores.keys.find(key.id))?.key, key);
    assert.deepEqual(
      { ...key, id: '' },
      {
        ...request,
        id: '',
        state: 'active',
        stateReason: null,
        createdAtMs: 1_000,
        updatedAtMs: 1_000,
        version: 1,
      },
    );
    assert.equal(await verdict(text), 'secret 1');
  });

  it('keeps its id through a rotation; the older secret works until the overlap ends', async () => {
    const first = await life.issue(request);
    assert.equal(await verdict(first.text), 'secret 1');
    nowMs = 2_000;
    const second = await life.rotate(first.key.id, 1, { overlapMs: 500 });
    assert.equal(second.key.id, first.key.id);
    assert.notEqual(second.text, first.text);
    assert.equal(second.key.version, 2);
    assert.equal(second.key.updatedAtMs, 2_000);
    assert.equal(second.key.expiresAtMs, request.expiresAtMs);
    assert.equal(await verdict(first.text), 'secret 1');
    assert.equal(await verdict(second.text), 'secret 2');
    nowMs = 2_499;
    assert.equal(await verdict(first.text), 'secret 1');
    nowMs = 2_500;
    assert.equal(await verdict(first.text), 'credential_expired');
    assert.equal(await verdict(second.text), 'secret 2');
  });

  it('can be rotated again within an overlap, and an earlier end stays', async () => {
    const first = await life.issue(request);
    const second = await life.rotate(first.key.id, 1, { overlapMs: 500 });
    const third = await life.rotate(first.key.id, 2, { overlapMs: 5_000, expiresAtMs: 2_000_000 });
    assert.equal(third.key.expiresAtMs, 2_000_000);
    assert.equal(await verdict(first.text), 'secret 1');
    nowMs = 1_500;
    assert.equal(await verdict(first.text), 'credential_expired');
    assert.equal(await verdict(second.text), 'secret 2');
    assert.equal(await verdict(third.text), 'secret 3');
  });

  it('rotated without an overlap stops its old secret at once', async () => {
    const first = await life.issue(request);
    assert.equal(await verdict(first.text), 'secret 1');
    await life.rotate(first.key.id, 1, { overlapMs: 0 });
    assert.equal(await verdict(first.text), 'credential_expired');
  });

  it('is rotated and changed only at the version that the caller saw', async () => {
    const { key } = await life.issue(request);
    await life.rotate(key.id, 1, { overlapMs: 0 });
    await assert.rejects(life.rotate(key.id, 1, { overlapMs: 0 }), StoreConflict);
    await assert.rejects(life.setState(key.id, 1, 'disabled', 'r'), StoreConflict);
    assert.equal((await life.setState(key.id, 2, 'disabled', 'r')).version, 3);
    assert.equal((await life.setState(key.id, null, 'active', 'r')).version, 4);
  });

  it('is disabled with a reason and enabled without one, each at once', async () => {
    const { key, text } = await life.issue(request);
    assert.equal(await verdict(text), 'secret 1');
    nowMs = 3_000;
    const disabled = await life.setState(key.id, 1, 'disabled', 'lost laptop');
    assert.equal(disabled.stateReason, 'lost laptop');
    assert.equal(disabled.updatedAtMs, 3_000);
    assert.equal(await verdict(text), 'credential_disabled');
    assert.equal((await life.setState(key.id, 2, 'active', 'found')).stateReason, null);
    assert.equal(await verdict(text), 'secret 1');
  });

  it('once revoked stays revoked and cannot be rotated', async () => {
    const { key, text } = await life.issue(request);
    await life.setState(key.id, 1, 'revoked', 'stolen');
    assert.equal(await verdict(text), 'credential_revoked');
    await assert.rejects(life.setState(key.id, 2, 'active', null), /a revoked key stays revoked/);
    await assert.rejects(life.setState(key.id, 2, 'disabled', null), /a revoked key stays revoked/);
    await assert.rejects(life.rotate(key.id, 2, { overlapMs: 0 }), /revoked/);
    assert.equal((await life.setState(key.id, 2, 'revoked', 'again')).version, 3);
  });

  it('that does not exist is said not to', async () => {
    await assert.rejects(life.rotate('nobodysnobod', 1, { overlapMs: 0 }), /does not exist/);
    await assert.rejects(life.setState('nobodysnobod', 1, 'disabled', null), /does not exist/);
  });
});

describe('the cache of subjects', () => {
  it('forgets the oldest when it is full', async () => {
    const issued = [
      await life.issue(request),
      await life.issue(request),
      await life.issue(request),
    ];
    const present = (index: number) =>
      subjects.find(issued[index]!.key.id) instanceof Promise === false;
    for (const { text } of issued) await verdict(text);
    assert.deepEqual([present(0), present(1), present(2)], [false, true, true]);
  });

  it('holds the grants of policy and key', async () => {
    const { key } = await life.issue(request);
    const subject = await subjects.find(key.id);
    assert.deepEqual(subject?.scopes, new Set(['things:read']));
    assert.deepEqual(
      subject?.networks.map(({ source }) => source),
      [`key ${key.id}`],
    );
  });
});

describe('a key that was seen where anybody may have read it', () => {
  const make = () => {
    const entries: AuditEntry[] = [];
    const alarms: string[] = [];
    const audit = {
      append: async (entry: AuditEntry, options?: { durable: boolean }) => {
        assert.equal(options?.durable, true);
        entries.push(entry);
      },
    } as unknown as AuditStore;
    const exposure = new Exposure({
      verifier,
      life,
      audit,
      clock,
      alarm: (message) => alarms.push(message),
    });
    return { exposure, entries, alarms };
  };

  it('is disabled and recorded, with where it was seen', async () => {
    const { exposure, entries, alarms } = make();
    const { key, text } = await life.issue(request);
    exposure.report(text, 'a request without TLS');
    await exposure.settled();
    assert.equal(await verdict(text), 'credential_disabled');
    const stored = (await stores.keys.find(key.id))!.key;
    assert.equal(stored.stateReason, 'its secret was seen in a request without TLS');
    assert.equal(entries.length, 1);
    assert.equal(entries[0]!.action, 'keys:disable');
    assert.equal(entries[0]!.target, `key ${key.id}`);
    assert.equal(entries[0]!.actor.clientName, 'crm');
    assert.deepEqual(alarms, []);
    assert.doesNotMatch(JSON.stringify(entries), new RegExp(text));
  });

  it('is left alone when only its id was guessed', async () => {
    const { exposure, entries } = make();
    const { key, text } = await life.issue(request);
    const other = await life.issue(request);
    exposure.report(other.text.replace(other.key.id, key.id), 'an address');
    exposure.report('no key at all', 'an address');
    await exposure.settled();
    assert.equal(await verdict(text), 'secret 1');
    assert.deepEqual(entries, []);
  });

  it('raises an alarm when it cannot be disabled', async () => {
    const { exposure, alarms } = make();
    const { text } = await life.issue(request);
    await stores.close();
    exposure.report(text, 'an address');
    await exposure.settled();
    assert.equal(alarms.length, 1);
    assert.match(alarms[0]!, /^a key that was seen in an address could not be disabled: /);
    assert.doesNotMatch(alarms[0]!, new RegExp(text));
    stores = await openSqlite({ file: join(folder, 'db2') });
  });
});
