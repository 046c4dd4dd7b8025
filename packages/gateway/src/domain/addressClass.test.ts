import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressClass, type AddressClass } from './addressClass.ts';
import { parseAddress } from './network.ts';

/** Both ends of each special range, and the addresses just outside of it. */
const rows: readonly (readonly [
  AddressClass,
  string,
  string,
  before: string | null,
  after: string | null,
])[] = [
  ['unspecified', '0.0.0.0', '0.255.255.255', null, '1.0.0.0'],
  ['private', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['shared', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['loopback', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['metadata', '168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
  ['link-local', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['private', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['reserved', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['documentation', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['transition', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['private', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['reserved', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['documentation', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['documentation', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['multicast', '224.0.0.0', '239.255.255.255', '223.255.255.255', null],
  ['reserved', '240.0.0.0', '255.255.255.255', null, null],
  ['transition', '2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff', '2000:ffff::1', null],
  ['reserved', '2001:1::', '2001:1ff:ffff::', null, '2001:200::'],
  ['documentation', '2001:db8::', '2001:db8:ffff::1', '2001:db7:ffff::1', '2001:db9::'],
  ['transition', '2002::', '2002:ffff::1', '2001:ffff::1', '2003::'],
  ['documentation', '3fff::', '3fff:fff::1', '3ffe:ffff::1', '3fff:1000::'],
];

describe('a special range', () => {
  for (const [expected, first, last, before, after] of rows) {
    it(`from ${first} to ${last} is ${expected}`, () => {
      for (const text of [first, last])
        assert.equal(addressClass(parseAddress(text)!), expected, text);
      for (const text of [before, after]) {
        if (text !== null) assert.equal(addressClass(parseAddress(text)!), 'public', text);
      }
    });
  }
});

describe('an address', () => {
  const cases: readonly (readonly [string, AddressClass])[] = [
    ['8.8.8.8', 'public'],
    ['192.0.0.192', 'reserved'],
    ['169.254.169.254', 'link-local'],
    ['100.100.100.200', 'shared'],
    ['2606:4700::1111', 'public'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::2', 'reserved'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:8.8.8.8', 'public'],
    ['::127.0.0.1', 'reserved'],
    ['64:ff9b::8.8.8.8', 'transition'],
    ['64:ff9b:1::1', 'transition'],
    ['100::1', 'reserved'],
    ['1fff:ffff::1', 'reserved'],
    ['4000::', 'reserved'],
    ['5f00::1', 'reserved'],
    ['fc00::', 'private'],
    ['fd00:ec2::254', 'private'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['fec0::1', 'private'],
    ['ff02::1', 'multicast'],
    ['2a00::5efe:10.0.0.1', 'transition'],
    ['2a00::200:5efe:10.0.0.1', 'transition'],
    ['2a00::100:5efe:10.0.0.1', 'public'],
  ];
  for (const [text, expected] of cases) {
    it(`such as ${text} is ${expected}`, () =>
      assert.equal(addressClass(parseAddress(text)!), expected));
  }
});
