import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { canonicalAddress } from './canonicalAddress.ts';
import { parseFetchAddress } from './fetchAddress.ts';

const ruleOf = (text: string): string => {
  const address = parseFetchAddress(text);
  return 'rule' in address ? address.rule : 'accepted';
};

describe('an address to fetch', () => {
  it('is https, a public host, perhaps a port, and whatever follows', () => {
    const good = [
      ['https://example.com', 'example.com', 443, false],
      ['HTTPS://Example.COM/a?b#c', 'example.com', 443, false],
      ['https://example.com:8443/', 'example.com', 8443, false],
      [
        'https://my_bucket.s3.eu-west-1.amazonaws.com/k?X-Amz-Signature=a%2Fb',
        'my_bucket.s3.eu-west-1.amazonaws.com',
        443,
        false,
      ],
      ['https://xn--bcher-kva.example/', 'xn--bcher-kva.example', 443, false],
      ['https://example.com/Überblick @ 50%.mp4'.replaceAll(' ', ''), 'example.com', 443, false],
      ['https://example.com/a@b', 'example.com', 443, false],
      ['https://example.com?u=http://10.0.0.1/', 'example.com', 443, false],
      ['https://example.com#@10.0.0.1', 'example.com', 443, false],
      ['https://8.8.8.8/', '8.8.8.8', 443, true],
      ['https://[2606:4700::1111]:443/', '[2606:4700::1111]', 443, true],
      ['https://local.example.com/', 'local.example.com', 443, false],
      ['https://notlocalhost.com/', 'notlocalhost.com', 443, false],
      ['https://1.2.3.4.example.com/', '1.2.3.4.example.com', 443, false],
    ] as const;
    for (const [text, host, port, isLiteral] of good) {
      assert.deepEqual(parseFetchAddress(text), { host, port, isLiteral }, text);
    }
  });
});

/** By the rule that refuses them. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'must begin with https://': [
    '',
    'example.com',
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    '//example.com/',
    'https:example.com',
    'https:/example.com',
    'https:\\\\example.com',
    ' https://example.com',
    'data:text/html,x',
    'javascript:alert(1)',
    's3://bucket/key',
  ],
  'must hold no blank, control character or backslash': [
    'https://example.com ',
    'https://example.com/a b',
    'https://example.com\t.internal/',
    'https://exa\nmple.com/',
    'https://example.com/\u0000',
    'https://example.com\\@10.0.0.1/',
    'https://example.com/a\\b',
    'https://example.com/\u00a0',
    'https://example.com/\u2028',
    'https://\ufeffexample.com/',
    'https://example.com/\u007f',
  ],
  'must name a host in ASCII, without user or password': [
    'https://',
    'https:///example.com',
    'https://user@example.com/',
    'https://user:pass@example.com/',
    'https://example.com:443@10.0.0.1/',
    'https://@example.com/',
    'https://bücher.example/',
    'https://ⓛocalhost/',
    'https://１２７.0.0.1/',
    'https://127。0。0。1/',
    'https://exam%70le.com/',
    'https://[fe80::1%25eth0]/',
    'https://[::1',
    'https://example.com:/',
    'https://example.com:port/',
    'https://example.com:123456/',
    'https://exa$mple.com/',
    'https://[v1.x]/',
  ],
  'must name its host plainly': [
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://127.0.1/',
    'https://010.0.0.1/',
    'https://0/',
    'https://256.1.1.1/',
    'https://1.2.3.4.5/',
    'https://0x08.8.8.8/',
    'https://134744072/',
    'https://8.8.8.010/',
    'https://example.com:99999/',
    'https://example.123/',
    'https://[1:2]/',
    'https://127.0.0.1./',
  ],
  'must be public': [
    'https://0.0.0.0/',
    'https://10.1.2.3/',
    'https://100.64.0.1/',
    'https://127.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://172.16.0.1/',
    'https://192.168.0.1/',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://168.63.129.16/',
    'https://[::]/',
    'https://[::1]/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001:0:4136:e378::1]/',
    'https://[2001:db8::1]/',
    'https://[::7f00:1]/',
    'https://[2a00::5efe:a00:1]/',
    'https://foo.localhost/',
    'https://printer.local/',
    'https://db.corp/',
    'https://host.internal/',
    'https://metadata.google.internal/',
    'https://METADATA.google.INTERNAL/',
    'https://metadata.goog/',
    'https://nas.lan/',
    'https://router.home/',
    'https://router.home.arpa/',
    'https://x.intranet/',
    'https://x.private/',
    'https://x.localdomain/',
    'https://x.test/',
    'https://x.invalid/',
    'https://x.onion/',
    'https://svc.cluster.local/',
  ],
  'must write an IPv4 address as one': [
    'https://[::ffff:8.8.8.8]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::FFFF:7f00:1]/',
  ],
  'must name a public host in full': [
    'https://localhost/',
    'https://metadata/',
    'https://xn--a/',
    'https://example.com./',
    'https://example.com../',
    'https://.example.com/',
    'https://example..com/',
    'https://-a.example.com/',
    'https://a-.example.com/',
    `https://${'a'.repeat(64)}.example.com/`,
  ],
  'must name a host of at most 253 characters': [`https://${'a.'.repeat(126)}com/`],
  'must be at most 8192 characters': [`https://example.com/${'a'.repeat(8_192)}`],
};

describe('an address that could lead elsewhere', () => {
  for (const [rule, texts] of Object.entries(refused)) {
    it(`is refused: it ${rule}`, () => {
      for (const text of texts) assert.equal(ruleOf(text), rule, JSON.stringify(text.slice(0, 80)));
    });
  }

  it('is counted', () => {
    assert.equal(Object.values(refused).flat().length, 117);
  });
});

describe('whatever is accepted', () => {
  it('has the same host for the platform and for a parser that splits by hand', () => {
    const piece = fc.constantFrom(
      'https://',
      'HTTPS://',
      'example.com',
      'a.b',
      '10.0.0.1',
      '8.8.8.8',
      '[::1]',
      '@',
      ':',
      '443',
      '/',
      '\\',
      '?',
      '#',
      '.',
      '%2e',
      ' ',
      '\t',
      'ü',
      '0x7f',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = `https://${pieces.join('')}`;
        const address = parseFetchAddress(text);
        if ('rule' in address) return;
        assert.equal(new URL(text).hostname, address.host);
        const authority = /^https:\/\/([^/?#]*)/i.exec(text)![1]!;
        assert.equal(authority.toLowerCase().replace(/:\d+$/, ''), address.host);
        assert.ok(!authority.includes('@'));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('the canonical form', () => {
  it('is the same for spellings of one file', () => {
    const expected = 'https://files.example.com/a b/é.mp4';
    for (const text of [
      'https://files.example.com/a%20b/%C3%A9.mp4',
      'https://FILES.example.com:443/a%20b/%c3%a9.mp4?X=1',
      'https://files.example.com/x/../a b/é.mp4#t=1',
    ]) {
      assert.equal(canonicalAddress(text), expected, text);
    }
  });

  it('differs by scheme, port and path', () => {
    const forms = [
      'https://a.example/b',
      'http://a.example/b',
      'https://a.example:8443/b',
      'https://a.example/B',
    ];
    assert.equal(new Set(forms.map(canonicalAddress)).size, 4);
  });

  it('leaves a path that cannot be decoded', () => {
    assert.equal(canonicalAddress('https://a.example/%ff'), 'https://a.example/%ff');
  });

  it('is nothing for what is no address', () => {
    for (const text of ['', 'a', '/a/b', 'data:text/plain,x', 'mailto:a@b.example']) {
      assert.equal(canonicalAddress(text), null, text);
    }
  });
});
