import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { manualClock } from '../clock.ts';
import { seededIds } from '../ids.ts';
import { Credentials } from './credentials.ts';

const hourMs = 3_600_000;

function fresh() {
  const clock = manualClock(0);
  return { clock, credentials: new Credentials(clock, seededIds('seed'), {}) };
}

describe('the credentials of an account', () => {
  it('admit the key, raw and after the word Bearer in any case', () => {
    const { credentials } = fresh();
    assert.match(credentials.apiKey, /^pictai_/);
    for (const prefix of ['', 'Bearer ', 'bearer ', 'BEARER '])
      assert.equal(credentials.accepts(prefix + credentials.apiKey), true, prefix);
  });

  it('refuse nothing, an empty text, and what is not theirs', () => {
    const { credentials } = fresh();
    const cut = credentials.apiKey.slice(0, -1);
    for (const wrong of [undefined, '', 'Bearer ', 'pictai_', cut, `Basic ${credentials.apiKey}`])
      assert.equal(credentials.accepts(wrong), false, String(wrong));
  });

  it('give a token for the right pair only, good for one hour to the millisecond', () => {
    const { clock, credentials } = fresh();
    const { clientId, clientSecret } = credentials;
    assert.equal(credentials.exchange(clientId, 'wrong'), undefined);
    assert.equal(credentials.exchange('wrong', clientSecret), undefined);
    const token = credentials.exchange(clientId, clientSecret)!;
    clock.advance(hourMs - 1);
    assert.equal(credentials.accepts(token), true);
    assert.equal(credentials.accepts(`Bearer ${token}`), true);
    clock.advance(1);
    assert.equal(credentials.accepts(token), false);
  });

  it('cut over hard when the key is regenerated, and leave tokens alone', () => {
    const { credentials } = fresh();
    const old = credentials.apiKey;
    const token = credentials.exchange(credentials.clientId, credentials.clientSecret)!;
    const key = credentials.regenerateKey({ overlap: false });
    assert.notEqual(key, old);
    assert.equal(credentials.accepts(old), false);
    assert.equal(credentials.accepts(key), true);
    assert.equal(credentials.accepts(token), true);
  });

  it('keep the old key too when asked to overlap', () => {
    const { credentials } = fresh();
    const old = credentials.apiKey;
    const key = credentials.regenerateKey({ overlap: true });
    assert.equal(credentials.accepts(old), true);
    assert.equal(credentials.accepts(key), true);
    credentials.revokeKeys();
    assert.equal(credentials.accepts(old), false);
    assert.equal(credentials.accepts(key), false);
  });

  it('can expire every token', () => {
    const { credentials } = fresh();
    const token = credentials.exchange(credentials.clientId, credentials.clientSecret)!;
    credentials.expireTokens();
    assert.equal(credentials.accepts(token), false);
  });

  it('are the given ones where given', () => {
    const given = { apiKey: 'pictai_mine', clientId: 'id', clientSecret: 'secret' };
    const credentials = new Credentials(manualClock(0), seededIds('seed'), given);
    assert.equal(credentials.accepts('pictai_mine'), true);
    assert.notEqual(credentials.exchange('id', 'secret'), undefined);
  });
});
