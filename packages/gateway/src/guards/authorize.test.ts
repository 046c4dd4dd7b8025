import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aSubject } from '../credentials/subject.fixture.ts';
import { networkRule, type NetworkRule, type Subject } from '../credentials/subjects.ts';
import { isDenial, type Denial } from '../domain/denial.ts';
import { parseAddress } from '../domain/network.ts';
import type { Operation } from '../domain/operation.ts';
import { authorize, type Granted } from './authorize.ts';
import { isWithin } from './source.ts';

// A Wednesday.
const noonMs = Date.UTC(2026, 10, 25, 12, 0);

const check = (
  subject: Subject,
  options: { ip?: string; scope?: string; atMs?: number; globals?: readonly NetworkRule[] } = {},
): Granted | Denial => {
  const facts = {
    receivedAtMs: options.atMs ?? noonMs,
    operation: { scope: options.scope ?? 'things:read' } as Operation,
    parameters: {},
    peer: { ip: options.ip ?? '192.0.2.1', address: parseAddress(options.ip ?? '192.0.2.1')! },
    principal: {
      client: subject.client,
      key: subject.record.key,
      via: 'key' as const,
      verified: { subject, via: 'key' as const, secretNumber: 1, replaced: null },
    },
  };
  return authorize(options.globals ?? []).check(facts) as Granted | Denial;
};

const denialOf = (verdict: Granted | Denial): Denial =>
  isDenial(verdict) ? verdict : assert.fail('was allowed');
const codeOf = (verdict: Granted | Denial): string =>
  isDenial(verdict) ? verdict.code : 'allowed';

describe('scopes', () => {
  it('allow what the policy grants, and nothing else', () => {
    const subject = aSubject({
      policy: { scopes: ['things:read'], capabilities: ['avatar'], remoteHosts: ['a.example'] },
    });
    const granted = check(subject);
    assert.ok(!isDenial(granted));
    assert.deepEqual(granted.grant, {
      scopes: new Set(['things:read']),
      capabilities: new Set(['avatar']),
      remoteHosts: ['a.example'],
    });
    const denial = denialOf(check(subject, { scope: 'things:write' }));
    assert.equal(denial.code, 'insufficient_scope');
    assert.deepEqual(denial.extensions, { scope: 'things:write' });
    assert.match(denial.headers![0]![1], /error="insufficient_scope", scope="things:write"/);
    assert.equal(denial.detail!.source, 'policy standard');
    assert.match(denial.detail!.remedy!, /--add-scope things:write/);
  });

  it('are narrowed by the key, never widened', () => {
    const subject = aSubject({ key: { scopes: ['things:read', 'things:delete'] } });
    assert.equal(codeOf(check(subject)), 'allowed');
    const denial = denialOf(check(subject, { scope: 'things:write' }));
    assert.equal(denial.detail!.source, 'key abcdefghijkl');
    assert.equal(codeOf(check(subject, { scope: 'things:delete' })), 'insufficient_scope');
    assert.equal(codeOf(check(aSubject({ key: { scopes: [] } }))), 'insufficient_scope');
  });
});

describe('networks', () => {
  const levels = {
    policy: (cidrs: string[]) => check(aSubject({ policy: { networks: cidrs } })),
    client: (cidrs: string[]) => check(aSubject({ client: { networks: cidrs } })),
    key: (cidrs: string[]) => check(aSubject({ key: { networks: cidrs } })),
    global: (cidrs: string[]) =>
      check(aSubject(), { globals: networkRule('filmgate.yaml:7', cidrs) }),
  };

  for (const [level, verdict] of Object.entries(levels)) {
    it(`of the ${level} must hold the source address`, () => {
      assert.equal(codeOf(verdict([])), 'allowed');
      assert.equal(codeOf(verdict(['192.0.2.0/24'])), 'allowed');
      assert.equal(codeOf(verdict(['10.0.0.0/8', '192.0.2.1/32'])), 'allowed');
      assert.equal(codeOf(verdict(['10.0.0.0/8', '2001:db8::/32'])), 'network_denied');
    });
  }

  it('must hold at every level, and the denial names the level', () => {
    const subject = aSubject({
      client: { networks: ['192.0.2.0/24'] },
      key: { networks: ['10.0.0.0/8'] },
    });
    assert.equal(denialOf(check(subject)).detail!.source, 'key abcdefghijkl');
    assert.equal(denialOf(check(subject, { ip: '10.0.0.1' })).detail!.source, 'client crm');
    const globals = networkRule('filmgate.yaml:7', ['10.0.0.0/8']);
    assert.equal(denialOf(check(subject, { globals })).detail!.source, 'filmgate.yaml:7');
  });

  it('are asked before scopes, so that a stolen key learns nothing', () => {
    const subject = aSubject({ client: { networks: ['10.0.0.0/8'] } });
    assert.equal(codeOf(check(subject, { scope: 'things:delete' })), 'network_denied');
  });

  it('compare numbers, not text', () => {
    const subject = aSubject({ client: { networks: ['192.0.2.0/24', '2001:db8::/32'] } });
    assert.equal(codeOf(check(subject, { ip: '::ffff:192.0.2.9' })), 'allowed');
    assert.equal(codeOf(check(subject, { ip: '2001:0DB8:0:0::1' })), 'allowed');
    assert.equal(codeOf(check(subject, { ip: '2001:db9::1' })), 'network_denied');
  });

  it('that do not parse allow nothing: the subject cannot be made', () => {
    assert.throws(
      () => aSubject({ client: { networks: ['10.0.0.0/33'] } }),
      /client crm has an entry that is not a CIDR/,
    );
  });
});

describe('hours', () => {
  const office = { days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, toMinute: 18 * 60 };

  it('allow inside a window only', () => {
    const subject = aSubject({ policy: { hours: [office] } });
    assert.equal(codeOf(check(subject)), 'allowed');
    assert.equal(
      codeOf(check(subject, { atMs: Date.UTC(2026, 10, 25, 7, 59, 59) })),
      'outside_hours',
    );
    assert.equal(codeOf(check(subject, { atMs: Date.UTC(2026, 10, 28, 12, 0) })), 'outside_hours');
    assert.equal(denialOf(check(subject, { atMs: 0 })).detail!.source, 'policy standard');
  });

  it('include the first minute and exclude the last; Sunday is day 7', () => {
    assert.equal(isWithin(office, Date.UTC(2026, 10, 25, 8, 0)), true);
    assert.equal(isWithin(office, Date.UTC(2026, 10, 25, 17, 59)), true);
    assert.equal(isWithin(office, Date.UTC(2026, 10, 25, 18, 0)), false);
    const sunday = { days: [7], fromMinute: 0, toMinute: 1_440 };
    assert.equal(isWithin(sunday, Date.UTC(2026, 10, 29, 0, 0)), true);
    assert.equal(isWithin(sunday, Date.UTC(2026, 10, 30, 0, 0)), false);
  });

  it('open with any of several windows', () => {
    const hours = [office, { days: [6], fromMinute: 600, toMinute: 660 }];
    assert.equal(
      codeOf(check(aSubject({ policy: { hours } }), { atMs: Date.UTC(2026, 10, 28, 10, 30) })),
      'allowed',
    );
  });
});

it('report mode goes on with what the subject has', () => {
  const subject = aSubject();
  const facts = { principal: { verified: { subject } } };
  const granted = authorize([]).otherwise!(facts as never);
  assert.equal(granted.grant.scopes, subject.scopes);
});
