import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { IdCreation, Operation, ResourceKind } from '../domain/operation.ts';
import type { Resource } from '../domain/resource.ts';
import type { Json } from '../domain/shape.ts';
import { canonicalAddress } from '../guards/addresses/canonicalAddress.ts';
import type { Clock } from '../ports/clock.ts';
import { StoreConflict, type ResourceStore } from '../ports/stores.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import type { Provider } from '../providers/provider.ts';
import { idsAt, isEmpty, isSuccess, replyJson } from './replyJson.ts';

/** The call that was answered. */
export interface AnsweredCall {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
  readonly clientId: string;
  readonly requestId: string;
}

export interface Recorder {
  /**
   * Takes down what a reply says came to be, changed or went, before the reply leaves. What cannot be taken down is
   * `upstream_invalid`: the caller could never reach it again.
   *
   * @returns the new resources
   * @throws StoreUnavailable
   */
  record(call: AnsweredCall, reply: UpstreamReply): Promise<readonly Resource[] | Denial>;
}

export interface RecorderParts {
  readonly provider: Pick<Provider, 'jobCall' | 'addressKind' | 'isRefusal'>;
  readonly resources: Pick<ResourceStore, 'record' | 'setState' | 'remove'>;
  readonly clock: Clock;
}

export function createRecorder(parts: RecorderParts): Recorder {
  return {
    async record(call, reply) {
      if (!isSuccess(reply)) return [];
      const { operation } = call;
      if (operation.deletes !== null) return recordDeletion(parts, call, operation.deletes, reply);
      if (operation.id === parts.provider.jobCall?.operationId)
        return recordJob(parts, call, reply);
      return operation.creates.length === 0 ? [] : recordCreation(parts, call, reply);
    },
  };
}

/** Where the reply leaves a doubt the row stays: an id that the upstream no longer knows does no harm. */
async function recordDeletion(
  { provider, resources }: RecorderParts,
  { operation, parameters }: AnsweredCall,
  kind: ResourceKind,
  reply: UpstreamReply,
): Promise<readonly Resource[]> {
  const json = replyJson(reply);
  const isGone = json === undefined ? isEmpty(reply) : !provider.isRefusal(json);
  const named = operation.ids.find((one) => one.in === 'path' && one.kind === kind);
  const id = named && parameters[named.at];
  if (isGone && id !== undefined) await resources.remove(kind, id);
  return [];
}

async function recordCreation(
  parts: RecorderParts,
  call: AnsweredCall,
  reply: UpstreamReply,
): Promise<readonly Resource[] | Denial> {
  const json = replyJson(reply);
  if (json !== undefined && parts.provider.isRefusal(json)) return [];
  const created: Resource[] = [];
  for (const creation of call.operation.creates) {
    const found = json === undefined ? [] : toResources(parts, call, json, creation);
    if (found.length === 0) return withoutId(creation.kind);
    created.push(...found);
  }
  return store(parts, created);
}

/** A job's reply tells its state, and may tell of what the job made beside its result. */
async function recordJob(
  parts: RecorderParts,
  call: AnsweredCall,
  reply: UpstreamReply,
): Promise<readonly Resource[] | Denial> {
  const { jobCall } = parts.provider;
  const json = replyJson(reply);
  if (jobCall === null || json === undefined) return [];
  const { word, finished } = jobCall.state(json);
  const yielded = jobCall.yields.flatMap((one) => toResources(parts, call, json, one));
  const made = finished && yielded.length > 0 ? await store(parts, yielded) : [];
  if (isDenial(made)) return made;
  await parts.resources.setState(
    jobCall.kind,
    call.parameters[jobCall.parameter]!,
    word,
    parts.clock.nowMs(),
  );
  return made;
}

function toResources(
  { provider, clock }: RecorderParts,
  call: AnsweredCall,
  json: Json,
  creation: IdCreation,
): readonly Resource[] {
  const atMs = clock.nowMs();
  return idsAt(json, creation).map((id) => ({
    kind: creation.kind,
    id: creation.kind === provider.addressKind ? (canonicalAddress(id) ?? id) : id,
    clientId: call.clientId,
    requestId: call.requestId,
    operationId: call.operation.id,
    state: null,
    createdAtMs: atMs,
    updatedAtMs: atMs,
  }));
}

async function store(
  { resources }: RecorderParts,
  created: readonly Resource[],
): Promise<readonly Resource[] | Denial> {
  try {
    await resources.record(created);
    return created;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    return deny('upstream_invalid', {
      detail: {
        reason: "the reply gave the caller an id that is another client's",
        source: 'ownership table',
        created: created.map(({ kind, id }) => `${kind} ${id}`),
      },
    });
  }
}

const withoutId = (kind: ResourceKind): Denial =>
  deny('upstream_invalid', {
    detail: {
      reason: `the reply does not tell the id of the new ${kind}`,
      source: 'upstream',
      remedy: "look at the account's own list; filmgate adopt takes the resource in",
    },
  });
