import type { Ruleset, Transaction, TransactionInput } from '../src/index.ts';
import { reflect } from './reflectingBackend.ts';
import { logLines } from './send.ts';
import type { Send, StageResult } from './send.ts';
import { receive } from './strictHttp.ts';
import { wireRequest } from './wireRequest.ts';

/** Sends stages through the engine alone: raw request text in, the rules that matched out. */
export function inProcess(ruleset: Ruleset): Send {
  return (input) => sendRaw(ruleset, wireRequest(input));
}

/** Run a request and the back end's response through all phases. */
export function runPhases(
  ruleset: Ruleset,
  request: TransactionInput,
): { transaction: Transaction; status: number; response: string } {
  const transaction = ruleset.begin(request);
  transaction.evaluate(1);
  transaction.evaluate(2);
  const response = reflect(request);
  transaction.setResponse(response);
  transaction.evaluate(3);
  transaction.setResponseBody(response.body);
  transaction.evaluate(4);
  const { interruption, wouldInterrupt } = transaction.evaluate(5);
  if ((interruption ?? wouldInterrupt)?.reason === 'internal') throw new Error('the engine failed');
  if (interruption !== null) return { transaction, status: interruption.status, response: '' };
  return { transaction, status: response.status, response: response.body };
}

function sendRaw(ruleset: Ruleset, raw: string): StageResult {
  const received = receive(raw);
  if (received.kind === 'refused')
    return { status: received.status, ruleIds: [], response: '', log: '' };
  const { transaction, status, response } = runPhases(ruleset, {
    ...received.request,
    id: 'regression',
  });
  const { findings } = transaction;
  return {
    status: received.kind === 'simple' ? null : status,
    ruleIds: findings.map(({ ruleId }) => ruleId),
    response,
    log: logLines(findings),
  };
}
