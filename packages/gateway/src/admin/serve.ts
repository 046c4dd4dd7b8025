import { deny, isDenial, type Denial } from '../domain/denial.ts';
import { failureDenial } from '../pipeline/failure.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { CursorInvalid, StoreConflict } from '../ports/stores.ts';
import type { AdminContext } from './context.ts';
import type { Endpoint, Input, Plan, Read, Reply } from './endpoint.ts';
import { anybody, authenticate, permission } from './identity.ts';
import { input, type Understood } from './input.ts';
import { object, toETag, type Located } from './object.ts';
import type { AdminReceived, Anonymous, Identified } from './received.ts';
import { AdminRecord } from './record.ts';
import { refuse } from './refuse.ts';
import { host, mediaType, origin } from './source.ts';
import type { Turns } from './turns.ts';

/** Answers one request. Never rejects. */
export type Serve = (received: AdminReceived) => Promise<Response>;

/** The way of every request that an endpoint gets: who sent it, what it says, what it names, what it does. */
export function serve(endpoint: Endpoint, context: AdminContext, turns: Turns): Serve {
  const who = identification(endpoint, context);
  const what = Pipeline.start<AdminReceived>().through(input(endpoint));
  const which = Pipeline.start<AdminReceived>().through(object(endpoint));
  const action = endpoint.permission ?? 'admins:bootstrap';

  return async (received) => {
    const record = new AdminRecord(action, received, context);
    const identified = await who.run(received, record.trail);
    record.admin = identified.facts.admin ?? null;
    if (identified.denial) return refuse(context, record, identified.denial);
    const understood = await what.run(received, record.trail);
    if (understood.denial) return refuse(context, record, understood.denial);
    const act = async (): Promise<Response> => {
      // Its body may have come slowly, and its turn late.
      const still = endpoint.act.kind === 'read' ? identified : await who.run(received, []);
      if (still.denial) return refuse(context, record, still.denial, { step: 'turn' });
      const located = await which.run(received, record.trail);
      if (located.denial) return refuse(context, record, located.denial);
      const facts = { ...still.facts, ...understood.facts, ...located.facts };
      return new Action(endpoint, context, record).answer(facts);
    };
    return endpoint.act.kind === 'read' || understood.facts.dryRun ? act() : turns.take(act);
  };
}

/** Public endpoints skip the credential, never the checks of where a request came from. */
function identification(endpoint: Endpoint, { hosts, stores, clock }: AdminContext) {
  const source = Pipeline.start<AdminReceived>()
    .through(host(hosts))
    .through(origin)
    .through(mediaType);
  return endpoint.permission === null
    ? source.through(anybody)
    : source.through(authenticate(stores.admins, clock)).through(permission(endpoint.permission));
}

type Facts = AdminReceived & (Identified | Anonymous) & Understood & Located;

/** What an endpoint does once everything is checked, and its answer. */
class Action {
  readonly #endpoint: Endpoint;
  readonly #context: AdminContext;
  readonly #record: AdminRecord;

  constructor(endpoint: Endpoint, context: AdminContext, record: AdminRecord) {
    this.#endpoint = endpoint;
    this.#context = context;
    this.#record = record;
  }

  async answer(facts: Facts): Promise<Response> {
    const { act } = this.#endpoint;
    const given = facts as Facts & Input<unknown, unknown>;
    try {
      return act.kind === 'read'
        ? await this.#show(await act.run(given, facts.found))
        : await this.#change(await act.plan(given, facts.found), facts.dryRun);
    } catch (error) {
      return this.#refuse(toDenial(error, this.#endpoint), 'service');
    }
  }

  #show(read: Read | Denial): Response | Promise<Response> {
    if (isDenial(read)) return this.#refuse(read, 'rule');
    if (!(read instanceof ReadableStream)) return respond(read, 200);
    return new Response(read, { headers: { 'content-type': 'application/x-ndjson' } });
  }

  #change(plan: Plan | Denial, dryRun: boolean): Response | Promise<Response> {
    if (isDenial(plan)) return this.#refuse(plan, 'rule');
    if (!dryRun) return this.#carryOut(plan);
    const { target, changes, effect } = plan;
    return respond({ body: { dry_run: true, target, effect, changes } }, 200);
  }

  /** Recorded before, made, recorded after, answered: in this order, so that no change is ever unrecorded. */
  async #carryOut(plan: Plan): Promise<Response> {
    await this.#record.intent(plan);
    const reply = await plan.apply().catch((error: unknown) => toDenial(error, this.#endpoint));
    if (isDenial(reply)) return this.#refuse(reply, 'change', plan);
    await this.#record.done(plan, this.#endpoint.status);
    return respond(reply, this.#endpoint.status);
  }

  #refuse(denial: Denial, step: string, plan?: Plan): Promise<Response> {
    return refuse(this.#context, this.#record, denial, { step, ...(plan && { plan }) });
  }
}

function respond({ body, version, location }: Reply, status: number): Response {
  const headers = new Headers();
  if (version !== undefined) headers.set('etag', toETag(version));
  if (location !== undefined) headers.set('location', location);
  if (body === null) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(body), { status, headers });
}

/** On a conflict another node was faster: a new object's name is taken, or an old one has changed since it was read. */
function toDenial(error: unknown, endpoint: Endpoint): Denial {
  if (error instanceof CursorInvalid) {
    return deny('parameter_invalid', { pointer: 'query:cursor', hint: 'use `next` of a page' });
  }
  if (!(error instanceof StoreConflict)) return failureDenial(error);
  const code = endpoint.find === null ? 'name_taken' : 'precondition_failed';
  return deny(code, { detail: { reason: error.message } });
}
