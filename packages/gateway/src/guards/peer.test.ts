import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDenial } from '../domain/denial.ts';
import { parseCidr, type Network } from '../domain/network.ts';
import type { HeaderList } from '../domain/received.ts';
import { peer } from './peer.ts';

const networks = (...cidrs: string[]): Network[] => cidrs.map((cidr) => parseCidr(cidr)!);
const headers = (...values: string[]): HeaderList => ({
  pairs: values.map((value) => ['x-forwarded-for', value] as const),
  get: () => values[0],
});

const ipOf = (trusted: Network[], address: string, ...forwarded: string[]): string => {
  const facts = peer(trusted).check({
    socket: { address, port: 1, encrypted: true },
    headers: headers(...forwarded),
  });
  if (facts instanceof Promise) return assert.fail('asynchronous');
  return isDenial(facts) ? facts.code : facts.peer.ip;
};

describe('the address that counts', () => {
  it("is the socket's, whatever a caller claims", () => {
    assert.equal(ipOf([], '203.0.113.9', '10.0.0.1'), '203.0.113.9');
    assert.equal(ipOf(networks('10.0.0.0/8'), '203.0.113.9', '10.0.0.1'), '203.0.113.9');
  });

  it('is the nearest entry that is no trusted proxy, read from right to left', () => {
    const proxies = networks('10.0.0.0/8', '2001:db8::/32');
    assert.equal(ipOf(proxies, '10.0.0.1', '198.51.100.7'), '198.51.100.7');
    assert.equal(ipOf(proxies, '10.0.0.1', '192.0.2.1, 198.51.100.7, 10.1.1.1'), '198.51.100.7');
    assert.equal(ipOf(proxies, '2001:db8::1', '192.0.2.1,198.51.100.7'), '198.51.100.7');
    assert.equal(ipOf(proxies, '10.0.0.1', '10.0.0.3, 10.0.0.2'), '10.0.0.3');
  });

  it('reads several headers as one list, in their order', () => {
    assert.equal(
      ipOf(networks('10.0.0.0/8'), '10.0.0.1', '192.0.2.1', '198.51.100.7, 10.0.0.2'),
      '198.51.100.7',
    );
  });

  it("is the proxy's own when it forwards nothing", () => {
    assert.equal(ipOf(networks('10.0.0.0/8'), '10.0.0.1'), '10.0.0.1');
  });

  it('folds IPv4 written as IPv6', () => {
    assert.equal(ipOf([], '::ffff:203.0.113.9'), '203.0.113.9');
    assert.equal(
      ipOf(networks('10.0.0.0/8'), '::ffff:10.0.0.1', '::ffff:c633:6407'),
      '198.51.100.7',
    );
  });

  it('refuses what is not a plain address, on the way that counts', () => {
    const proxies = networks('10.0.0.0/8');
    for (const entry of [
      'unknown',
      '',
      '198.51.100.7:80',
      '010.0.0.1',
      '256.1.1.1',
      'fe80::1%eth0',
      '198.51.100.7, ',
    ]) {
      assert.equal(ipOf(proxies, '10.0.0.1', entry), 'network_denied', entry);
    }
    assert.equal(ipOf(proxies, '10.0.0.1', 'garbage, 198.51.100.7'), '198.51.100.7');
    assert.equal(ipOf([], 'not an address'), 'network_denied');
  });

  it('refuses a list of more than 32 entries', () => {
    const proxies = networks('10.0.0.0/8');
    assert.equal(ipOf(proxies, '10.0.0.1', Array(32).fill('10.0.0.2').join(',')), '10.0.0.2');
    assert.equal(ipOf(proxies, '10.0.0.1', Array(33).fill('10.0.0.2').join(',')), 'network_denied');
  });
});
