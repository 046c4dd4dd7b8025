import type { RulesInForce } from './ruleSets.ts';
import { RuleMessages, toRuleFinding } from './findings.ts';
import type { RuleFinding } from '../domain/audit.ts';
import type { TestRequest } from './testRequests.ts';

/** What the rules make of a request that nobody sent. */
export interface TriedOut {
  readonly verdict: 'passed' | 'blocked';
  readonly score: number;
  readonly findings: readonly RuleFinding[];
}

/** Phases 1 and 2, without the proofs of a schema: a value that only the gateway knows to be harmless counts here. */
export function tryOut({ main }: RulesInForce, request: TestRequest): TriedOut {
  const { method, target, headers, body } = request;
  const transaction = main.begin({
    method,
    uri: target,
    protocol: 'HTTP/1.1',
    headers,
    body: Buffer.from(body).toString('latin1'),
    remoteAddress: '127.0.0.1',
  });
  const head = transaction.evaluate(1);
  const verdict = head.interruption === null ? transaction.evaluate(2) : head;
  const messages = new RuleMessages(main);
  return {
    verdict: (verdict.interruption ?? verdict.wouldInterrupt) === null ? 'passed' : 'blocked',
    score: verdict.scores.inbound,
    findings: transaction.findings.map((finding) => toRuleFinding(finding, messages)),
  };
}
