import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { isDenial, type Denial } from '../domain/denial.ts';
import type { Client } from '../domain/client.ts';
import type { Key, KeySecret, Token } from '../domain/key.ts';
import type { Policy } from '../domain/policy.ts';
import type { TokenStore } from '../ports/stores.ts';
import { formatKey, newSecret } from './keyText.ts';
import { Peppers } from './peppers.ts';
import { aClient, aKey, aPolicy } from './subject.fixture.ts';
import { Subjects } from './subjects.ts';
import { Tokens } from './tokens.ts';
import { Verifier, type Verified } from './verifier.ts';

const folder = mkdtempSync(join(tmpdir(), 'verifier-'));
after(() => rmSync(folder, { recursive: true }));
const peppers = Peppers.create(join(folder, 'pepper'));

const secret = newSecret();
const text = formatKey({ environment: 'test', id: 'abcdefghijkl', secret });
const secretRow = (number: number, of: string, retiresAtMs: number | null = null): KeySecret => ({
  keyId: 'abcdefghijkl',
  number,
  digest: peppers.digest(of),
  pepperId: peppers.currentId,
  createdAtMs: number * 100,
  retiresAtMs,
});

let nowMs = 1_000;
let rows: { key: Key; secrets: KeySecret[]; client: Client | null; policy: Policy | null };
const tokensById = new Map<string, Token>();
const tokenStore: TokenStore = {
  create: async (token) => void tokensById.set(Buffer.from(token.digest).toString('hex'), token),
  find: async (digest) => tokensById.get(Buffer.from(digest).toString('hex')) ?? null,
  removeExpired: async () => {},
};
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
let reads = 0;

const makeVerifier = (
  environment: 'live' | 'test' = 'test',
): { verifier: Verifier; subjects: Subjects } => {
  const stores = {
    keys: {
      find: async (id: string) => {
        reads += 1;
        return id === rows.key.id ? { key: rows.key, secrets: rows.secrets } : null;
      },
    },
    clients: { find: async () => rows.client },
    policies: { find: async () => rows.policy },
  };
  const subjects = new Subjects({ stores: stores as never, clock, freshMs: 1_000 });
  return {
    subjects,
    verifier: new Verifier({ subjects, tokens: tokenStore, peppers, clock, environment }),
  };
};

const denialOf = async (
  verdict: Verified | Denial | Promise<Verified | Denial>,
): Promise<Denial> => {
  const denial = await verdict;
  assert.ok(isDenial(denial), 'was not refused');
  return denial;
};
const verifiedOf = async (
  verdict: Verified | Denial | Promise<Verified | Denial>,
): Promise<Verified> => {
  const verified = await verdict;
  assert.ok(!isDenial(verified), isDenial(verified) ? verified.code : '');
  return verified;
};

beforeEach(() => {
  nowMs = 1_000;
  reads = 0;
  rows = { key: aKey(), secrets: [secretRow(1, secret)], client: aClient(), policy: aPolicy() };
});

describe('a key', () => {
  it('proves its client', async () => {
    const verified = await verifiedOf(makeVerifier().verifier.verify(text));
    assert.equal(verified.subject.client.id, 'cl_1');
    assert.equal(verified.via, 'key');
    assert.equal(verified.secretNumber, 1);
    assert.equal(verified.replaced, null);
  });

  it('is refused by its form alone, without asking the store', async () => {
    const { verifier } = makeVerifier();
    for (const wrong of ['x', text.slice(0, -1), `${text}x`, 'fgt_short']) {
      assert.equal((await denialOf(verifier.verify(wrong))).code, 'credential_malformed');
    }
    assert.equal(reads, 0);
  });

  it('of the other environment is refused without asking the store', async () => {
    assert.equal(
      (await denialOf(makeVerifier('live').verifier.verify(text))).code,
      'credential_environment',
    );
    assert.equal(reads, 0);
  });

  it('whose row says another environment than its text is unknown', async () => {
    rows.key = aKey({ environment: 'live' });
    assert.equal((await denialOf(makeVerifier().verifier.verify(text))).code, 'credential_unknown');
  });

  it('with an unknown id or a wrong secret is refused alike', async () => {
    const { verifier } = makeVerifier();
    const wrongSecret = formatKey({ environment: 'test', id: 'abcdefghijkl', secret: newSecret() });
    const wrongId = formatKey({ environment: 'test', id: 'zzzzzzzzzzzz', secret });
    assert.equal((await denialOf(verifier.verify(wrongSecret))).code, 'credential_unknown');
    assert.equal((await denialOf(verifier.verify(wrongId))).code, 'credential_unknown');
  });

  it('without client or policy is unknown: nothing is allowed by a gap', async () => {
    rows.client = null;
    assert.equal((await denialOf(makeVerifier().verifier.verify(text))).code, 'credential_unknown');
    rows.client = aClient();
    rows.policy = null;
    assert.equal((await denialOf(makeVerifier().verifier.verify(text))).code, 'credential_unknown');
  });

  it('is refused in every state but active, with the reason for operators only', async () => {
    for (const [state, code] of [
      ['disabled', 'credential_disabled'],
      ['revoked', 'credential_revoked'],
    ] as const) {
      rows.key = aKey({ state, stateReason: 'seen in a log' });
      const denial = await denialOf(makeVerifier().verifier.verify(text));
      assert.equal(denial.code, code);
      assert.match(denial.detail!.reason, /seen in a log/);
      assert.equal(denial.hint, undefined);
      rows.key = aKey({ state });
      assert.doesNotMatch(
        (await denialOf(makeVerifier().verifier.verify(text))).detail!.reason,
        /null|:/,
      );
    }
  });

  it('is refused from the very millisecond of its end', async () => {
    rows.key = aKey({ expiresAtMs: 1_001 });
    await verifiedOf(makeVerifier().verifier.verify(text));
    nowMs = 1_001;
    assert.equal((await denialOf(makeVerifier().verifier.verify(text))).code, 'credential_expired');
  });

  it('of a disabled client is refused', async () => {
    rows.client = aClient({ state: 'disabled' });
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(text))).code,
      'credential_disabled',
    );
  });

  it('works with either secret in an overlap, and says when the old one ends', async () => {
    const next = newSecret();
    rows.secrets = [secretRow(2, next), secretRow(1, secret, 2_000)];
    const { verifier } = makeVerifier();
    const old = await verifiedOf(verifier.verify(text));
    assert.deepEqual(old.replaced, { atMs: 200, retiresAtMs: 2_000 });
    assert.equal(old.secretNumber, 1);
    const fresh = await verifiedOf(
      verifier.verify(formatKey({ environment: 'test', id: 'abcdefghijkl', secret: next })),
    );
    assert.equal(fresh.replaced, null);
    assert.equal(fresh.secretNumber, 2);
    nowMs = 2_000;
    assert.equal((await denialOf(verifier.verify(text))).code, 'credential_expired');
    await verifiedOf(
      verifier.verify(formatKey({ environment: 'test', id: 'abcdefghijkl', secret: next })),
    );
  });
});

describe('the cache of subjects', () => {
  it('asks the store once in a while, and again after a change', async () => {
    const { verifier, subjects } = makeVerifier();
    await verifiedOf(verifier.verify(text));
    await verifiedOf(verifier.verify(text));
    assert.equal(reads, 1);
    rows.key = aKey({ state: 'revoked' });
    subjects.forget();
    assert.equal((await denialOf(verifier.verify(text))).code, 'credential_revoked');
    assert.equal(reads, 2);
  });

  it('never uses what is older than its bound', async () => {
    const { verifier } = makeVerifier();
    await verifiedOf(verifier.verify(text));
    rows.key = aKey({ state: 'revoked' });
    nowMs += 999;
    await verifiedOf(verifier.verify(text));
    nowMs += 1;
    assert.equal((await denialOf(verifier.verify(text))).code, 'credential_revoked');
  });

  it('does not keep what was read before a change that came while reading', async () => {
    const { verifier, subjects } = makeVerifier();
    const pending = verifier.verify(text);
    subjects.forget();
    await verifiedOf(pending);
    rows.key = aKey({ state: 'revoked' });
    assert.equal((await denialOf(verifier.verify(text))).code, 'credential_revoked');
  });

  it('does not remember ids that do not exist', async () => {
    const { verifier } = makeVerifier();
    const unknown = formatKey({ environment: 'test', id: 'zzzzzzzzzzzz', secret });
    await denialOf(verifier.verify(unknown));
    await denialOf(verifier.verify(unknown));
    assert.equal(reads, 2);
  });
});

describe('a token', () => {
  const issue = async (lifetimeMs: number, secretText = text) => {
    const verified = await verifiedOf(makeVerifier().verifier.verify(secretText));
    return new Tokens({ store: tokenStore, lifetimeMs }).issue(verified, nowMs);
  };

  it('proves the client of the key that it was made from', async () => {
    const { text: token, expiresInSeconds } = await issue(60_000);
    assert.equal(expiresInSeconds, 60);
    const verified = await verifiedOf(makeVerifier().verifier.verify(token));
    assert.equal(verified.via, 'token');
    assert.equal(verified.subject.client.id, 'cl_1');
    assert.equal(verified.secretNumber, 0);
  });

  it('is stored as a digest only', async () => {
    const { text: token } = await issue(60_000);
    assert.doesNotMatch(JSON.stringify([...tokensById]), new RegExp(token));
  });

  it('ends with its lifetime, and never outlives its key', async () => {
    rows.key = aKey({ expiresAtMs: 11_000 });
    const { text: token, expiresInSeconds } = await issue(60_000);
    assert.equal(expiresInSeconds, 10);
    rows.key = aKey();
    nowMs = 10_999;
    await verifiedOf(makeVerifier().verifier.verify(token));
    nowMs = 11_000;
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(token))).code,
      'credential_expired',
    );
  });

  it('stops with its key', async () => {
    const { text: token } = await issue(60_000);
    rows.key = aKey({ state: 'revoked' });
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(token))).code,
      'credential_revoked',
    );
    rows.key = aKey({ id: 'otherotherot' });
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(token))).code,
      'credential_unknown',
    );
  });

  it('ends with the secret that it was made from, at once when that is replaced without an overlap', async () => {
    const { text: token } = await issue(60_000);
    nowMs = 2_000;
    const next = newSecret();
    rows.secrets = [{ ...secretRow(2, next), createdAtMs: 2_000 }, secretRow(1, secret, 3_000)];
    await verifiedOf(makeVerifier().verifier.verify(token));
    const { text: late, expiresInSeconds } = await issue(60_000);
    assert.equal(expiresInSeconds, 1);
    const ofNext = formatKey({ environment: 'test', id: 'abcdefghijkl', secret: next });
    const { text: fresh } = await issue(60_000, ofNext);
    nowMs = 3_000;
    for (const old of [token, late]) {
      const denial = await denialOf(makeVerifier().verifier.verify(old));
      assert.equal(denial.code, 'credential_expired');
    }
    await verifiedOf(makeVerifier().verifier.verify(fresh));
    rows.secrets = [{ ...secretRow(2, next), createdAtMs: 2_000 }, secretRow(1, secret, 2_000)];
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(token))).code,
      'credential_expired',
    );
  });

  it('of a request that came before the present secret was made is refused', async () => {
    const { text: token } = await issue(60_000);
    rows.secrets = [{ ...secretRow(2, newSecret()), createdAtMs: 1_001 }];
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(token))).code,
      'credential_expired',
    );
  });

  it('of the other environment is refused: gateways may share a store', async () => {
    const { text: token } = await issue(60_000);
    assert.equal(
      (await denialOf(makeVerifier('live').verifier.verify(token))).code,
      'credential_environment',
    );
  });

  it('that nobody issued is unknown', async () => {
    assert.equal(
      (await denialOf(makeVerifier().verifier.verify(`fgt_${newSecret()}`))).code,
      'credential_unknown',
    );
  });
});
