import assert from 'node:assert/strict';
import { isIPv4, isIPv6 } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { contains, formatAddress, formatNetwork, parseAddress, parseCidr } from './network.ts';

const canonical = (text: string): string | null => {
  const address = parseAddress(text);
  return address && formatAddress(address);
};

test('an IPv4 address is four plain decimal numbers', () => {
  assert.deepEqual(parseAddress('192.0.2.1'), { version: 4, words: [0xc000_0201] });
  assert.deepEqual(parseAddress('255.255.255.255'), { version: 4, words: [0xffff_ffff] });
  assert.deepEqual(parseAddress('0.0.0.0'), { version: 4, words: [0] });
});

const refused = [
  '',
  ' ',
  '1',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.1.1.256',
  '010.0.0.1',
  '00.0.0.0',
  '1.2.3.04',
  '0x7f.0.0.1',
  '2130706433',
  '127.1',
  '1.2.3.4 ',
  ' 1.2.3.4',
  '1.2.3.4\n',
  '1.2.3.-4',
  '1.2.3.+4',
  '1..2.3',
  '1.2.3.4:80',
  '１.2.3.4',
  ':',
  ':::',
  '::1::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  ':1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:',
  '12345::',
  'g::1',
  'fe80::1%eth0',
  'fe80::1%25eth0',
  '[::1]',
  '::1/128',
  '1.2.3.4::',
  '::1.2.3.4:5',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::256.1.1.1',
  '::1.2.3',
  '::01.2.3.4',
  'localhost',
] as const;

test('every other spelling of an address is refused', () => {
  for (const text of refused) assert.equal(parseAddress(text), null, JSON.stringify(text));
  assert.equal(refused.length, 44);
});

test('an IPv6 address is read in every form of RFC 4291 and written as RFC 5952 says', () => {
  const pairs = [
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0db8:0000:0000:0000:ff00:0042:8329', '2001:db8::ff00:42:8329'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
  ] as const;
  for (const [text, expected] of pairs) assert.equal(canonical(text), expected, text);
});

test('an IPv4-mapped address is the IPv4 address however it is written', () => {
  for (const text of ['::ffff:10.0.0.1', '::FFFF:a00:1', '0:0:0:0:0:ffff:a00:1']) {
    assert.equal(canonical(text), '10.0.0.1', text);
  }
  assert.equal(canonical('::10.0.0.1'), '::a00:1');
  assert.equal(canonical('::fffe:10.0.0.1'), '::fffe:a00:1');
  assert.equal(canonical('1::ffff:10.0.0.1'), '1::ffff:a00:1');
  assert.equal(canonical('0:0:1:0:0:ffff:a00:1'), '::1:0:0:ffff:a00:1');
});

test('a network is an address and a prefix, with nothing set behind it', () => {
  const pairs = [
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.7/32', '192.0.2.7/32'],
    ['192.0.2.7', '192.0.2.7/32'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::/0', '::/0'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::ffff:0.0.0.0/96', '0.0.0.0/0'],
  ] as const;
  for (const [text, expected] of pairs) {
    const network = parseCidr(text);
    assert.equal(network && formatNetwork(network), expected, text);
  }
});

test('a network that is not written plainly is refused', () => {
  const texts = [
    '10.0.0.1/8',
    '128.0.0.0/0',
    '2001:db8::1/32',
    '2001:db8:0:0:1::/64',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/+8',
    '10.0.0.0/8.0',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '/8',
    '10.0.0/8',
    '::ffff:10.0.0.0/95',
    '::ffff:10.0.0.0/8',
    'fe80::%eth0/10',
    '10.0.0.0/255.0.0.0',
    '10.0.0.0 /8',
  ];
  for (const text of texts) assert.equal(parseCidr(text), null, text);
});

test('a network contains the addresses between its first and its last and no other', () => {
  const rows = [
    [
      '10.0.0.0/8',
      ['10.0.0.0', '10.255.255.255', '::ffff:10.1.2.3'],
      ['9.255.255.255', '11.0.0.0', '::a00:1'],
    ],
    ['192.0.2.7/32', ['192.0.2.7'], ['192.0.2.6', '192.0.2.8']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255', '::ffff:8.8.8.8'], ['::', '::1']],
    ['128.0.0.0/1', ['128.0.0.0', '255.255.255.255'], ['127.255.255.255']],
    ['::/0', ['::', 'ffff::'], ['0.0.0.0', '::ffff:1.2.3.4']],
    ['2001:db8::/33', ['2001:db8:7fff::1'], ['2001:db8:8000::', '2001:db9::']],
    ['2001:db8:1:2:3:4:0:0/96', ['2001:db8:1:2:3:4:ffff:1'], ['2001:db8:1:2:3:5::']],
    ['2001:db8::8/125', ['2001:db8::8', '2001:db8::f'], ['2001:db8::7', '2001:db8::10']],
  ] as const;
  for (const [cidr, inside, outside] of rows) {
    const network = parseCidr(cidr)!;
    for (const text of inside)
      assert.ok(contains(network, parseAddress(text)!), `${text} in ${cidr}`);
    for (const text of outside)
      assert.ok(!contains(network, parseAddress(text)!), `${text} not in ${cidr}`);
  }
});

test('formatting and parsing are inverse', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const address = parseAddress(text)!;
      assert.ok(address !== null);
      assert.deepEqual(parseAddress(formatAddress(address)), address);
    }),
  );
});

test('whatever is accepted is an address for the platform too, and the other way round for plain forms', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'F', ':', '.', '::'), maxLength: 20 }),
    fc.ipV4(),
    fc.ipV6(),
    fc.ipV4Extended(),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      assert.equal(
        parseAddress(candidate) !== null,
        isIPv4(candidate) || isIPv6(candidate),
        candidate,
      );
    }),
    { numRuns: 2_000 },
  );
});

test('membership is equality of the leading bits', () => {
  const bitsOf = (text: string): string =>
    parseAddress(text)!
      .words.map((word) => word.toString(2).padStart(32, '0'))
      .join('');
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), fc.nat(128), (one, other, bits) => {
      const address = parseAddress(one)!;
      fc.pre(address.version === 6 && parseAddress(other)!.version === 6);
      const head = bitsOf(one).slice(0, bits).padEnd(128, '0');
      const words = [0, 32, 64, 96].map((at) => Number.parseInt(head.slice(at, at + 32), 2));
      fc.pre(words[0] !== 0 || words[1] !== 0 || words[2] !== 0xffff);
      const network = parseCidr(`${formatAddress({ version: 6, words })}/${bits}`)!;
      assert.ok(contains(network, address));
      assert.equal(
        contains(network, parseAddress(other)!),
        bitsOf(other).startsWith(bitsOf(one).slice(0, bits)),
      );
    }),
  );
});
