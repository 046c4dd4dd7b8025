import type { Ruleset } from 'filmgate-waf';

interface Probe {
  readonly text: string;
  readonly isAttack: boolean;
}

/** What every sound rule set tells apart. */
const probes: readonly Probe[] = [
  { text: "1' UNION SELECT password FROM users--", isAttack: true },
  { text: '<script>alert(document.cookie)</script>', isAttack: true },
  { text: '../../../../etc/passwd', isAttack: true },
  { text: "O'Brien tells of a calm morning; prices from $5, 20 % off", isAttack: false },
  { text: 'Select a plan and drop us a line.', isAttack: false },
];

/** The texts that a rule set judges wrongly; empty: it works. */
export function selfTest(ruleset: Ruleset): readonly string[] {
  return probes
    .filter(({ text, isAttack }) => isStopped(ruleset, text) !== isAttack)
    .map(({ text, isAttack }) => `${isAttack ? 'lets pass' : 'stops'}: ${text}`);
}

function isStopped(ruleset: Ruleset, story: string): boolean {
  const body = JSON.stringify({ story });
  const transaction = ruleset.begin({
    method: 'POST',
    uri: '/',
    protocol: 'HTTP/1.1',
    headers: [
      ['host', 'gateway.example'],
      ['user-agent', 'filmgate'],
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
      ['content-length', String(body.length)],
    ],
    body,
    remoteAddress: '192.0.2.1',
  });
  const head = transaction.evaluate(1);
  const verdict = head.interruption === null ? transaction.evaluate(2) : head;
  return (verdict.interruption ?? verdict.wouldInterrupt) !== null;
}
