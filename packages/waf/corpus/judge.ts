import type { Finding, Ruleset } from '../src/index.ts';
import { toWire } from './corpusRequest.ts';
import type { CorpusRequest } from './corpusRequest.ts';

/** What a rule set makes of a request. */
export interface Judgement {
  readonly blocked: boolean;
  readonly status: number | null;
  readonly score: number;
  /** Of the rules that added to the score or refused by themselves. */
  readonly ruleIds: readonly number[];
  /** `942100 ARGS:json.a` for each rule that matched a value. */
  readonly reasons: readonly string[];
}

const PASSING = { scheme: 'https', host: 'gateway.example' } as const;
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) pictory-client/1.0';

/** Run the request phases of a rule set over a request as a client would send it. */
export function judge(ruleset: Ruleset, request: CorpusRequest): Judgement {
  const body = toWire(request.body);
  const headers: (readonly [string, string])[] = [
    ['Host', PASSING.host],
    ['User-Agent', USER_AGENT],
    ['Accept', 'application/json'],
    ...(request.headers ?? []),
  ];
  if (request.contentType !== '') headers.push(['Content-Type', request.contentType]);
  if (body !== '') headers.push(['Content-Length', String(body.length)]);
  const transaction = ruleset.begin({
    method: request.method,
    uri: toWire(request.target),
    protocol: 'HTTP/1.1',
    headers: withoutDoubles(headers),
    body,
    remoteAddress: '192.0.2.1',
    ...(request.proven === undefined ? {} : { proven: request.proven }),
  });
  const head = transaction.evaluate(1);
  const verdict = head.interruption === null ? transaction.evaluate(2) : head;
  const scoring = transaction.findings.filter(isScoring);
  return {
    blocked: verdict.interruption !== null,
    status: verdict.interruption?.status ?? null,
    score: verdict.scores.inbound,
    ruleIds: [...new Set(scoring.map(({ ruleId }) => ruleId))],
    reasons: scoring.flatMap(({ ruleId, matches }) =>
      matches.map(({ variable, value }) => `${ruleId} ${variable} ${value.slice(0, 60)}`),
    ),
  };
}

/** A later header replaces an earlier one of the same name, so that attacks can stand in any header. */
function withoutDoubles(
  headers: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  return [
    ...new Map(
      headers.map(([name, value]) => [name.toLowerCase(), [name, value] as const]),
    ).values(),
  ];
}

function isScoring({ scores, ruleId }: Finding): boolean {
  return scores.length > 0 || ruleId < 900_000;
}
