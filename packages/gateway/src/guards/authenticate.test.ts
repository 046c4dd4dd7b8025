import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatKey, newKeyId, newSecret } from '../credentials/keyText.ts';
import { aSubject } from '../credentials/subject.fixture.ts';
import type { Verified, Verifier } from '../credentials/verifier.ts';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import { authenticate, credentialText } from './authenticate.ts';

const key = formatKey({ environment: 'test', id: newKeyId(), secret: newSecret() });
const verified: Verified = { subject: aSubject(), via: 'key', secretNumber: 1, replaced: null };

const check = (options: {
  authorization?: string;
  query?: readonly (readonly [string, string])[];
  verdict?: Verified | Denial | Promise<Verified | Denial>;
}) => {
  const asked: string[] = [];
  const exposed: string[] = [];
  const verifier = {
    verify: (text: string) => (asked.push(text), options.verdict ?? verified),
  } as unknown as Verifier;
  const guard = authenticate(verifier, (text, where) => exposed.push(`${text} in ${where}`));
  const headers = { pairs: [], get: () => options.authorization };
  const verdict = guard.check({ headers, query: options.query ?? [] });
  return {
    verdict: verdict,
    asked,
    exposed,
  };
};

describe('authentication', () => {
  it('takes the credential bare or behind Bearer', () => {
    for (const header of [key, `Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}`]) {
      const { verdict, asked } = check({ authorization: header });
      assert.ok(!(verdict instanceof Promise) && !isDenial(verdict));
      assert.deepEqual(asked, [key]);
      assert.equal(verdict.principal.client.id, 'cl_1');
      assert.equal(verdict.principal.key.id, 'abcdefghijkl');
      assert.equal(verdict.principal.via, 'key');
    }
  });

  it('refuses without a credential', () => {
    for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'bearer  ']) {
      const { verdict, asked } = check(authorization === undefined ? {} : { authorization });
      assert.ok(isDenial(verdict));
      assert.equal(verdict.code, 'credential_missing');
      assert.deepEqual(verdict.headers, [['www-authenticate', 'Bearer realm="filmgate"']]);
      assert.deepEqual(asked, []);
    }
  });

  it('passes a refusal on, with the challenge', async () => {
    const denial = deny('credential_revoked');
    for (const verdict of [denial, Promise.resolve(denial)]) {
      const result = await check({ authorization: key, verdict }).verdict;
      assert.ok(isDenial(result));
      assert.equal(result.code, 'credential_revoked');
      assert.equal(result.headers?.[0]?.[0], 'www-authenticate');
    }
  });

  it('refuses a credential in the address even beside a good one, and reports it', () => {
    for (const query of [[['key', key]], [[key, '']], [['a', `x${key}x`]]] as const) {
      const { verdict, asked, exposed } = check({ authorization: key, query });
      assert.ok(isDenial(verdict));
      assert.equal(verdict.code, 'credential_in_query');
      assert.deepEqual(exposed, [`${key} in the address of a request`]);
      assert.deepEqual(asked, []);
      assert.doesNotMatch(JSON.stringify(verdict), new RegExp(key));
    }
  });

  it('takes nothing for white space that only resembles it', () => {
    for (const text of [`${key}\u00a0`, `\u00a0${key}`, `Bearer \u00a0${key}`]) {
      assert.equal(credentialText(text), text.replace('Bearer ', ''));
    }
  });

  it('does not take other words for a scheme', () => {
    assert.equal(credentialText('Basic abc'), 'Basic abc');
    assert.equal(credentialText('Bearerabc'), 'Bearerabc');
  });
});
