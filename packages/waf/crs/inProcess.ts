import type { Ruleset } from '../src/index.ts';
import { reflect } from './reflectingBackend.ts';
import { logLines } from './send.ts';
import type { Send, StageResult } from './send.ts';
import { receive } from './strictHttp.ts';
import { wireRequest } from './wireRequest.ts';

/** Sends stages through the engine alone: raw request text in, the rules that matched out. */
export function inProcess(ruleset: Ruleset): Send {
  return (input) => sendRaw(ruleset, wireRequest(input));
}

function sendRaw(ruleset: Ruleset, raw: string): StageResult {
  const received = receive(raw);
  if (received.kind === 'refused') return { status: received.status, ruleIds: [], log: '' };
  const transaction = ruleset.begin({ ...received.request, id: 'regression' });
  transaction.evaluate(1);
  transaction.evaluate(2);
  const response = reflect(received.request);
  transaction.setResponse(response);
  transaction.evaluate(3);
  transaction.setResponseBody(response.body);
  transaction.evaluate(4);
  const { interruption } = transaction.evaluate(5);
  const { findings } = transaction;
  const status = received.kind === 'simple' ? null : (interruption?.status ?? response.status);
  return { status, ruleIds: findings.map(({ ruleId }) => ruleId), log: logLines(findings) };
}
