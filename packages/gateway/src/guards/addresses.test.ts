import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDenial } from '../domain/denial.ts';
import { type Resolver, Unresolvable } from '../ports/resolver.ts';
import { addresses, type AddressOptions } from './addresses.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'files.example.com': ['93.184.215.14'],
  'inside.example.com': ['10.0.0.1'],
  'mixed.example.com': ['93.184.215.14', '127.0.0.1'],
  'mapped.example.com': ['::ffff:169.254.169.254'],
  'odd.example.com': ['not an address'],
  'empty.example.com': [],
};

function createResolver(): Resolver & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async resolve(host) {
      asked.push(host);
      const found = names[host];
      if (!found) throw new Unresolvable('no such name');
      return found;
    },
  };
}

async function check(
  texts: readonly string[],
  options: Partial<AddressOptions> = {},
  remoteHosts: readonly string[] = [],
) {
  const guard = addresses({
    ports: [443],
    resolver: createResolver(),
    exemptOrigins: [],
    ...options,
  });
  const found = texts.map((text, index) => ({ pointer: `/url/${index}`, text }));
  return guard.check({
    input: { addresses: found, references: [], proven: () => new Set() },
    grant: { scopes: new Set(), capabilities: new Set(), remoteHosts },
  });
}

async function hintOf(...args: Parameters<typeof check>): Promise<string | undefined> {
  const outcome = await check(...args);
  if (!isDenial(outcome)) return 'passed';
  assert.equal(outcome.code, 'address_refused');
  return outcome.hint;
}

describe('addresses in a body', () => {
  it('pass when they are public', async () => {
    assert.equal(await hintOf([]), 'passed');
    assert.equal(
      await hintOf(['https://example.com/a', 'https://files.example.com/b', 'https://8.8.8.8/']),
      'passed',
    );
  });

  it('are refused at the pointer of the first that is wrong', async () => {
    const outcome = await check(['https://example.com/', 'http://example.com/']);
    assert.ok(isDenial(outcome));
    assert.deepEqual([outcome.pointer, outcome.hint], ['/url/1', 'must begin with https://']);
  });

  it('use an allowed port', async () => {
    assert.equal(await hintOf(['https://example.com:8443/']), 'must use port 443');
    const ports = [443, 8443];
    assert.equal(await hintOf(['https://example.com:8443/'], { ports }), 'passed');
    assert.equal(await hintOf(['https://example.com:22/'], { ports }), 'must use port 443 or 8443');
  });

  it('name a host of the policy, where it lists any', async () => {
    const refusal = 'must name a host that the policy lists';
    const cases = [
      ['https://example.com/', ['example.com'], 'passed'],
      ['https://EXAMPLE.com/', ['Example.COM'], 'passed'],
      ['https://files.example.com/', ['example.com'], refusal],
      ['https://files.example.com/', ['*.example.com'], 'passed'],
      ['https://example.com/', ['*.example.com'], refusal],
      ['https://notexample.com/', ['*.example.com', 'example.com'], refusal],
      ['https://example.com.evil.com/', ['example.com'], refusal],
      ['https://8.8.8.8/', ['example.com'], refusal],
      ['https://8.8.8.8/', ['8.8.8.8'], 'passed'],
    ] as const;
    for (const [text, hosts, expected] of cases) {
      assert.equal(await hintOf([text], {}, hosts), expected, `${text} ${hosts.join()}`);
    }
  });

  it('do not lead inside by their name', async () => {
    for (const host of ['inside', 'mixed', 'mapped', 'odd', 'empty']) {
      assert.equal(await hintOf([`https://${host}.example.com/`]), 'must be public', host);
    }
  });

  it('are refused when their name cannot be looked up', async () => {
    assert.equal(
      await hintOf(['https://example.com/', 'https://unknown.example.com/']),
      'must name a host that can be resolved',
    );
  });

  it('are judged by their text alone when names are not looked up', async () => {
    assert.equal(await hintOf(['https://inside.example.com/'], { resolver: null }), 'passed');
    assert.equal(await hintOf(['https://10.0.0.1/'], { resolver: null }), 'must be public');
  });

  it('are looked up once per name, and literal ones not at all', async () => {
    const resolver = createResolver();
    await check(['https://example.com/a', 'https://EXAMPLE.com/b', 'https://8.8.8.8/'], {
      resolver,
    });
    assert.deepEqual(resolver.asked, ['example.com']);
  });

  it('are not looked up when one of them is wrong anyway', async () => {
    const resolver = createResolver();
    await check(['https://example.com/a', 'ftp://example.com/'], { resolver });
    assert.deepEqual(resolver.asked, []);
  });

  it('name few enough hosts', async () => {
    const many = Array.from({ length: 65 }, (_, index) => `https://h${index}.example.com/`);
    assert.equal(await hintOf(many), 'at most 64 hosts may be named');
    const resolver = { resolve: async () => ['8.8.8.8'] };
    assert.equal(await hintOf(many.slice(1), { resolver }), 'passed');
  });

  it("may be of the upstream's own origin, where that is exempt", async () => {
    const exemptOrigins = ['https://127.0.0.1:9000'];
    assert.equal(await hintOf(['https://127.0.0.1:9000/files/a.mp4'], { exemptOrigins }), 'passed');
    for (const other of [
      'https://127.0.0.1/',
      'https://127.0.0.1:9001/',
      'http://127.0.0.1:9000/',
      'https://localhost:9000/',
    ]) {
      assert.notEqual(await hintOf([other], { exemptOrigins }), 'passed', other);
    }
  });

  it('are not reflected, beyond the host and that for the operator only', async () => {
    const outcome = await check(['https://inside.example.com/path?token=s3cret']);
    assert.ok(isDenial(outcome));
    assert.ok(!JSON.stringify(outcome).includes('s3cret'));
    assert.equal(outcome.detail?.['host'], 'inside.example.com');
    const { detail: _, ...shown } = outcome;
    assert.ok(!JSON.stringify(shown).includes('inside'));
  });

  it('fail the guard when the resolver itself is broken', async () => {
    const resolver = { resolve: () => Promise.reject(new TypeError('bug')) };
    await assert.rejects(check(['https://example.com/'], { resolver }), TypeError);
  });
});

describe('the guard when it is off', () => {
  it('adds nothing', () => {
    const guard = addresses({ ports: [], resolver: null, exemptOrigins: [] });
    assert.deepEqual(guard.otherwise!({} as never), {});
  });
});
