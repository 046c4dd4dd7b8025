import type { TrailStep } from '../domain/audit.ts';
import { denials, isDenial, type Denial } from '../domain/denial.ts';
import { isPaid } from '../domain/operation.ts';
import type { Answer, Received } from '../domain/received.ts';
import type { Verified } from '../credentials/verifier.ts';
import type { Tokens } from '../credentials/tokens.ts';
import type { AuditStore } from '../ports/auditStore.ts';
import type { Clock } from '../ports/clock.ts';
import { failureDenial } from '../pipeline/failure.ts';
import type { Provider } from '../providers/provider.ts';
import type { Inspect } from '../waf/inspection.ts';
import type { Inspected } from '../waf/inspected.ts';
import { finalEntry, intentEntry, type CallOutcome, type KnownFacts } from './entry.ts';
import type { Forward } from './forward.ts';
import { inspectAnswer } from './inspectAnswer.ts';
import type { KeyUses } from './keyUses.ts';
import type { Ways } from './ways.ts';

export interface ExchangeParts {
  readonly provider: Provider;
  readonly ways: Ways;
  readonly inspect: Inspect;
  readonly forward: Forward;
  readonly tokens: Tokens;
  readonly keyUses: KeyUses;
  readonly audit: AuditStore;
  readonly clock: Clock;
  /** The gateway's own answer to a denial. */
  readonly refuse: (denial: Denial, requestId: string) => Answer;
}

/** What became of a request, before it is written down. */
interface Course {
  readonly answer: Answer | Denial;
  readonly outcome: CallOutcome;
}

/** One request from the first guard to the written entry. Never rejects. */
export type Exchange = (received: Received) => Promise<Answer>;

export function createExchange(parts: ExchangeParts): Exchange {
  return async (request) => {
    const received = { ...request, inspection: parts.inspect(request) };
    const trail: TrailStep[] = [];
    const known: Known = { facts: received };
    const course = await follow(parts, received, trail, known).catch((error: unknown): Course => ({
      answer: failureDenial(error),
      outcome: {},
    }));
    return conclude(parts, known.facts, trail, course);
  };
}

/** What later steps have proved replaces what was known. */
interface Known {
  facts: KnownFacts & Inspected;
}

async function follow(
  parts: ExchangeParts,
  received: Received & Inspected,
  trail: TrailStep[],
  known: Known,
): Promise<Course> {
  const { ways, provider } = parts;
  const entered = await ways.entrance.run(received, trail);
  known.facts = entered.facts;
  if (entered.denial) return { answer: entered.denial, outcome: {} };
  return entered.facts.operation.id === provider.tokenCall?.operationId
    ? followToken(parts, entered.facts, trail, known)
    : followCall(parts, entered.facts, trail, known);
}

type Entered = Parameters<Ways['call']['run']>[0];

async function followToken(
  { ways, tokens, provider }: ExchangeParts,
  entered: Entered,
  trail: TrailStep[],
  known: Known,
): Promise<Course> {
  const passage = await ways.token.run(entered, trail);
  known.facts = passage.facts;
  if (passage.denial) return { answer: passage.denial, outcome: {} };
  const { principal, admission } = passage.facts;
  try {
    const { text, expiresInSeconds } = await tokens.issue(principal.verified, entered.receivedAtMs);
    const body = JSON.stringify(provider.tokenCall!.reply(text, expiresInSeconds));
    const headers = [...jsonHeaders, ...admission.headers];
    return { answer: { status: 200, headers, body }, outcome: {} };
  } finally {
    admission.leave();
  }
}

async function followCall(
  { ways, provider, forward, audit, clock, keyUses }: ExchangeParts,
  entered: Entered,
  trail: TrailStep[],
  known: Known,
): Promise<Course> {
  const startedMs = clock.monotonicMs();
  const passage = await ways.call.run(entered, trail);
  known.facts = passage.facts;
  const { principal, admission } = passage.facts;
  if (principal) keyUses.note(principal, entered.receivedAtMs, entered.peer.ip);
  try {
    if (passage.denial) return { answer: passage.denial, outcome: {} };
    const isLate = clock.monotonicMs() - startedMs > lateMs;
    const late = isLate ? await endedMeanwhile(ways, passage.facts, trail) : null;
    if (late !== null) return { answer: late, outcome: {} };
    if (isPaid(entered.operation)) {
      await audit.append(intentEntry(known.facts, trail), { durable: true });
    }
    const { answer, outcome } = await forward(passage.facts);
    if (isDenial(answer)) return { answer, outcome };
    const isHeld = entered.operation.id === provider.jobCall?.operationId;
    const ended = isHeld ? await endedMeanwhile(ways, passage.facts, trail) : null;
    if (ended !== null) return { answer: ended, outcome };
    const inspected = inspectAnswer(entered.inspection, ways.wafMode, answer, trail);
    if (isDenial(inspected)) return { answer: inspected, outcome };
    const headers = [
      ...answer.headers,
      ...passage.facts.admission.headers,
      ...lifeHeaders(passage.facts.principal.verified),
    ];
    return { answer: { ...answer, headers }, outcome };
  } finally {
    admission?.leave();
  }
}

/** Whose body came so slowly is looked at again: a key that was revoked meanwhile must not spend anything. */
const lateMs = 1_000;

/** Why what took long may not go on; null: it may. Only the check that says so joins the trail. */
async function endedMeanwhile(
  { again }: Ways,
  facts: Parameters<Ways['again']['run']>[0],
  trail: TrailStep[],
): Promise<Denial | null> {
  const steps: TrailStep[] = [];
  const { denial } = await again.run(facts, steps);
  if (denial !== null) trail.push(steps.at(-1)!);
  return denial;
}

/** Writes the entry, then lets the answer go. An answer that cannot be recorded is not given. */
async function conclude(
  { audit, clock, refuse }: ExchangeParts,
  facts: KnownFacts & Inspected,
  trail: readonly TrailStep[],
  { answer, outcome }: Course,
): Promise<Answer> {
  const denial = isDenial(answer) ? answer : null;
  const status = isDenial(answer)
    ? (answer.providerReply?.status ?? denials[answer.code].status)
    : answer.status;
  try {
    const findings = facts.inspection.conclude();
    const told = { ...outcome, denial, status, findings };
    await audit.append(finalEntry(facts, trail, told, clock.nowMs()));
  } catch (error) {
    return refuse(failureDenial(error), facts.id);
  }
  return isDenial(answer) ? refuse(answer, facts.id) : answer;
}

const jsonHeaders = [
  ['content-type', 'application/json; charset=utf-8'],
  ['cache-control', 'no-store'],
] as const;

/** Deprecation (RFC 9745) and Sunset (RFC 8594) while a replaced secret still works. */
function lifeHeaders({ replaced }: Verified): readonly (readonly [string, string])[] {
  if (replaced === null) return [];
  return [
    ['deprecation', `@${Math.floor(replaced.atMs / 1000)}`],
    ['sunset', new Date(replaced.retiresAtMs).toUTCString()],
  ];
}
