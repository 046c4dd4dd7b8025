import { isDenial, type Denial } from '../domain/denial.ts';
import type { Operation } from '../domain/operation.ts';
import type { Answer } from '../domain/received.ts';
import type { Resource } from '../domain/resource.ts';
import { listOwn, type ListCall, type ListingParts } from '../jobs/listings.ts';
import type { Poller } from '../jobs/polling.ts';
import type { AnsweredCall, Recorder } from '../jobs/recorder.ts';
import type { Upstream, UpstreamReply } from '../ports/upstream.ts';
import type { Provider } from '../providers/provider.ts';
import type { BuildCall, Callable } from './call.ts';
import type { CallOutcome } from './entry.ts';

/** The upstream's answer as the caller gets it, and what the entry tells of the call. */
export interface Forwarded {
  readonly answer: Answer | Denial;
  readonly outcome: CallOutcome;
}

/** @throws StoreUnavailable */
export type Forward = (facts: Callable) => Promise<Forwarded>;

export interface ForwardParts {
  readonly provider: Provider;
  readonly upstream: Upstream;
  readonly buildCall: BuildCall;
  readonly recorder: Recorder;
  readonly poller: Poller;
  readonly listing: ListingParts;
}

/** Sends a request that passed every guard, takes down what came to be, and gives the caller what is the caller's. */
export function createForward(parts: ForwardParts): Forward {
  const { provider } = parts;
  return (facts) => {
    if (facts.operation.id === provider.jobCall?.operationId) return poll(parts, facts);
    if (isList(facts.operation)) return list(parts, facts, facts.operation);
    return send(parts, facts);
  };
}

async function send(parts: ForwardParts, facts: Callable): Promise<Forwarded> {
  const reply = await parts.upstream.send(parts.buildCall(facts));
  forgetJobs(parts, facts);
  return isDenial(reply) ? { answer: reply, outcome: {} } : take(parts, facts, reply);
}

/** Whatever a call did to the jobs that its path names, their last word may no longer be true. */
function forgetJobs({ provider, poller }: ForwardParts, facts: Callable): void {
  for (const { kind, at } of facts.operation.ids) {
    if (kind !== provider.jobCall?.kind || !Object.hasOwn(facts.parameters, at)) continue;
    poller.forget(jobKey(facts, facts.parameters[at]!));
  }
}

const jobKey = ({ principal }: Callable, job: string): string => `${principal.client.id} ${job}`;

async function take(
  parts: ForwardParts,
  facts: Callable,
  reply: UpstreamReply,
): Promise<Forwarded> {
  const recorded = await parts.recorder.record(answeredCall(facts), reply);
  if (isDenial(recorded)) {
    return { answer: recorded, outcome: outcomeOf(reply, []) };
  }
  return forwarded(reply, recorded);
}

/** One upstream read serves every poll of its interval; only that read is taken down. */
async function poll(parts: ForwardParts, facts: Callable): Promise<Forwarded> {
  const job = facts.parameters[parts.provider.jobCall!.parameter]!;
  const fetch = async (gone: AbortSignal): Promise<UpstreamReply | Denial> => {
    const reply = await parts.upstream.send({ ...parts.buildCall(facts), gone });
    if (isDenial(reply)) return reply;
    const recorded = await parts.recorder.record(answeredCall(facts), reply);
    return isDenial(recorded) ? recorded : reply;
  };
  const reply = await parts.poller.read(jobKey(facts, job), fetch, facts.gone);
  return isDenial(reply) ? { answer: reply, outcome: {} } : forwarded(reply, []);
}

async function list(
  parts: ForwardParts,
  facts: Callable,
  operation: ListCall['operation'],
): Promise<Forwarded> {
  const call = { operation, clientId: facts.principal.client.id, query: facts.query };
  const reply = await listOwn(parts.listing, call, (query) =>
    parts.upstream.send(parts.buildCall({ ...facts, query })),
  );
  return isDenial(reply) ? { answer: reply, outcome: {} } : forwarded(reply, []);
}

const isList = (operation: Operation): operation is ListCall['operation'] =>
  operation.lists !== null;

const answeredCall = ({ operation, parameters, principal, id }: Callable): AnsweredCall => ({
  operation,
  parameters,
  clientId: principal.client.id,
  requestId: id,
});

/** Answers to a credential are nobody else's: no cache may keep them. */
const noStore = ['cache-control', 'no-store'] as const;

function forwarded(reply: UpstreamReply, created: readonly Resource[]): Forwarded {
  const headers = reply.headers.filter(([name]) => name !== 'cache-control');
  headers.push(noStore);
  return {
    answer: { status: reply.status, headers, body: reply.body },
    outcome: outcomeOf(reply, created),
  };
}

function outcomeOf({ status, headMs }: UpstreamReply, created: readonly Resource[]): CallOutcome {
  const outcome = { upstreamStatus: status, upstreamMs: Math.round(headMs * 1000) / 1000 };
  if (created.length === 0) return outcome;
  return { ...outcome, created: created.map(({ kind, id }) => `${kind} ${id}`) };
}
