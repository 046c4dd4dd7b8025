import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, loadConfig, parseConfig } from './load.ts';

const errorOf = (text: string): string => {
  try {
    parseConfig(text, '/etc/filmgate.yaml');
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
  return assert.fail(`accepted: ${text}`);
};

describe('a configuration', () => {
  it('is safe with nothing but its version', () => {
    const { config } = parseConfig('version: 1', null);
    assert.equal(config.mode, 'production');
    assert.deepEqual(config.edge.listen, { host: '127.0.0.1', port: 8443 });
    assert.deepEqual(config.admin.listen, { host: '127.0.0.1', port: 9443 });
    assert.deepEqual(new Set(Object.values(config.guards)), new Set(['enforce']));
    assert.equal(config.polling.interval, 10_000);
    assert.equal(config.keys.lifetime, 90 * 86_400_000);
    assert.equal(config.upstream.allow_loopback, false);
  });

  it('reads units, addresses and references', () => {
    const { config } = parseConfig(
      `version: 1
edge: { listen: '[::1]:0' }
limits: { body: 2MB }
polling: { interval: 250ms }
upstream:
  credential: { api_key: { env: UPSTREAM_KEY } }
`,
      null,
    );
    assert.deepEqual(config.edge.listen, { host: '::1', port: 0 });
    assert.equal(config.limits.body, 2 * 1024 * 1024);
    assert.equal(config.polling.interval, 250);
    assert.deepEqual(config.upstream.credential, { api_key: { env: 'UPSTREAM_KEY' } });
  });

  it('names an unknown key with line, column, caret and the nearest known one', () => {
    assert.equal(
      errorOf('version: 1\nedge:\n  hots: [gate.example.com]\n'),
      [
        '/etc/filmgate.yaml:3:3 edge.hots: unknown key; did you mean "hosts"?',
        '      hots …',
        '      ^^^^',
      ].join('\n'),
    );
  });

  it('gives all findings together', () => {
    const message = errorOf(
      'version: 1\nmode: prod\nlimits: { body: 10 }\nguards: { shema: off }\n',
    );
    assert.match(message, /filmgate.yaml:2:1 mode: allowed: production, development/);
    assert.match(message, /filmgate.yaml:3:11 limits.body: expected string|a size with its unit/);
    assert.match(message, /filmgate.yaml:4:11 guards.shema: unknown key; did you mean "schema"/);
  });

  const refused: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ['another version', 'version: 2', /version: allowed: 1/],
    ['no version', 'mode: production', /version/],
    ['a broken network', 'version: 1\nnetworks: { allow: [10.0.0.300/8] }', /networks.allow.*CIDR/],
    [
      'a duration without unit',
      "version: 1\npolling: { interval: '10' }",
      /a duration with its unit/,
    ],
    [
      'a port that is none',
      'version: 1\nedge: { listen: "127.0.0.1:70000" }',
      /a port from 0 to 65535/,
    ],
    ['a number below its range', 'version: 1\nlimits: { concurrency: 0 }', /expected at least 1$/m],
    ['one above it', 'version: 1\nupstream: { connections: 1025 }', /expected at most 1024$/m],
    ['an empty text', 'version: 1\ndata: ""', /data: expected a length of at least 1$/m],
    [
      'an unknown guard mode',
      'version: 1\nguards: { schema: audit }',
      /allowed: off, report, enforce/,
    ],
    [
      'a guard that is always enforced',
      'version: 1\nguards: { authenticate: off }',
      /guards.authenticate: unknown key/,
    ],
    [
      'an upstream without TLS',
      'version: 1\nupstream: { base_url: "http://api.example.com" }',
      /upstream.base_url: expected an https address, such as/,
    ],
    [
      'an upstream on this machine',
      'version: 1\nupstream: { base_url: "https://127.0.0.1:9/x" }',
      /allow_loopback: true/,
    ],
    [
      'one in another spelling',
      'version: 1\nupstream: { base_url: "https://[::ffff:127.0.0.1]:9/x" }',
      /allow_loopback: true/,
    ],
    [
      'a password in an address',
      'version: 1\nupstream: { base_url: "https://user:hunter2@api.example.com" }',
      /upstream.base_url: expected an address without user, password(?!.*hunter2)/,
    ],
    [
      'that in production even when allowed',
      'version: 1\nupstream: { base_url: "https://localhost:9/x", allow_loopback: true }',
      /refused in production/,
    ],
    [
      'ownership off in production',
      'version: 1\nguards: { ownership: off }',
      /may not be off in production/,
    ],
    ['a duplicate key', 'version: 1\nversion: 1', /2:1 .*unique/],
    ['broken YAML', 'version: 1\nedge: [', /filmgate.yaml:\d+:\d+ /],
    ['a list at the top', '- 1', /expected/],
    ['an alias', 'version: 1\nadmin: &a { listen: "127.0.0.1:1" }\nedge: *a', /uses a YAML alias/],
  ];
  for (const [name, text, message] of refused) {
    it(`refuses ${name}`, () => assert.match(errorOf(text), message));
  }

  it('accepts in development what production refuses', () => {
    const text = `version: 1
mode: development
guards: { ownership: off }
upstream: { base_url: "https://localhost:9/x", allow_loopback: true }`;
    assert.equal(parseConfig(text, null).config.guards.ownership, 'off');
  });

  it('never shows a secret that was written in place of its reference', () => {
    for (const text of [
      'version: 1\nupstream: { credential: { api_key: pictai_SECRET } }',
      'version: 1\nupstream:\n  credential: pictai_SECRET\n',
      'version: 1\nupstream:\n  credential:\n    api_key: pictai_SECRET\n    # pictai_SECRET\n',
      'version: 1\nstorage: { postgres: "postgres://u:SECRET@h/d" }',
    ]) {
      assert.doesNotMatch(errorOf(text), /SECRET/);
    }
  });

  it('tells where a key stands, or the file when it has its default', () => {
    const { where } = parseConfig('version: 1\nnetworks:\n  allow: [10.0.0.0/8]\n', '/f.yaml');
    assert.equal(where('networks', 'allow'), '/f.yaml:3');
    assert.equal(where('limits', 'body'), '/f.yaml');
  });

  it('says how to make a file that does not exist', () => {
    assert.throws(
      () => loadConfig('/nonexistent/filmgate.yaml'),
      /does not exist; make one with filmgate init/,
    );
  });
});
