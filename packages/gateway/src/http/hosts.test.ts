import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHosts } from './hosts.ts';

const find = createHosts(['Gate.Example.org', '127.0.0.1', '::1', '[2001:db8::1]', 'localhost']);

test('a served host is found in any case, with any port and with a final dot', () => {
  const cases: readonly (readonly [authority: string, host: string])[] = [
    ['gate.example.org', 'gate.example.org'],
    ['GATE.EXAMPLE.ORG.', 'gate.example.org'],
    ['gate.example.org:8443', 'gate.example.org'],
    ['gate.example.org.:8443', 'gate.example.org'],
    ['gate.example.org:', 'gate.example.org'],
    ['127.0.0.1:1', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['[0:0:0:0:0:0:0:1]:443', '[::1]'],
    ['[2001:DB8:0::1]', '[2001:db8::1]'],
  ];
  for (const [authority, host] of cases) {
    assert.equal(find(authority), host);
    assert.equal(find(authority), host, 'and again, from memory');
  }
});

test('everything else is not served', () => {
  const cases = [
    '',
    '.',
    ':',
    ':443',
    'example.org',
    'gate.example.org.evil',
    'xgate.example.org',
    'gate.example.org..',
    'gate..example.org',
    '.gate.example.org',
    'gate.example.org:x',
    'gate.example.org:123456',
    'gate.example.org,localhost',
    'a@gate.example.org',

    'gate.example.org/',
    'gate.example.org?',
    'gate.example.org#',
    'gate.example.org ',
    ' localhost',

    '::1',
    '[::1',
    '::1]',
    '[::1]x',
    '[::2]',
    '[::1%25eth0]',
    '127.1',
    '0x7f.0.0.1',
    '127.0.0.01',
    '[::ffff:127.0.0.1]',
    'localhost\0',
    'loc%61lhost',
    'ＬＯＣＡＬＨＯＳＴ',
  ];
  for (const authority of cases) assert.equal(find(authority), null, authority);
  assert.ok(cases.length >= 32);
});

test('many authorities do not fill the memory of known ones', () => {
  for (let port = 0; port < 65_536; port += 1) assert.equal(find(`localhost:${port}`), 'localhost');
  assert.equal(find('localhost:65535'), 'localhost');
});

test('a configured host that is none is an error', () => {
  for (const entry of ['', 'a b', 'https://a', 'a/b', '*']) {
    assert.throws(() => createHosts([entry]), TypeError);
  }
});
