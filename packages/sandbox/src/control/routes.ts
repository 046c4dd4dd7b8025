import { quotaNames, type QuotaName } from '../account/quotas.ts';
import type { Settings } from '../account/settings.ts';
import { invalidBody, noContent, notFound, ok, type Reply } from '../http/reply.ts';
import { choice, flag, number, object, Problems, text, type Shape } from '../input/shape.ts';
import { operations } from '../operations/operations.ts';
import { jobEnvelope } from '../results/envelope.ts';
import type { Sandbox } from '../sandbox.ts';
import { readFault } from './faultShape.ts';

interface ControlRequest {
  readonly sandbox: Sandbox;
  readonly id: string;
  readonly body: unknown;
}

type ControlRoute = readonly [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  /** `*` stands for one segment, an id. */
  path: string,
  answer: (request: ControlRequest) => Reply,
];

/** The whole control API. */
export const controlRoutes: readonly ControlRoute[] = [
  ['GET', '/requests', ({ sandbox }) => ok(sandbox.requests())],
  ['DELETE', '/requests', ({ sandbox }) => done(() => sandbox.clearRequests())],
  ['GET', '/requests/*', oneRequest],
  ['GET', '/faults', ({ sandbox }) => ok(sandbox.faults())],
  ['POST', '/faults', addFault],
  ['DELETE', '/faults', ({ sandbox }) => done(() => sandbox.clearFaults())],
  ['GET', '/clock', ({ sandbox }) => ok(clock(sandbox))],
  ['POST', '/clock/advance', advance],
  ['GET', '/jobs', listJobs],
  ['POST', '/jobs/*/complete', ({ sandbox, id }) => finish(sandbox, id)],
  ['POST', '/jobs/*/fail', failJob],
  ['GET', '/webhooks', ({ sandbox }) => ok(sandbox.webhooks())],
  ['GET', '/quotas', ({ sandbox }) => ok(quotas(sandbox))],
  ['PATCH', '/quotas', setQuotas],
  ['GET', '/ledger', ({ sandbox }) => ok(sandbox.account.ledger.settled())],
  ['GET', '/credentials', ({ sandbox }) => ok(credentials(sandbox))],
  ['POST', '/credentials/key/regenerate', regenerateKey],
  ['POST', '/credentials/key/revoke', ({ sandbox }) => done(() => sandbox.revokeKeys())],
  ['POST', '/credentials/tokens/expire', ({ sandbox }) => done(() => sandbox.expireTokens())],
  ['GET', '/settings', ({ sandbox }) => ok(sandbox.account.settings)],
  ['PATCH', '/settings', setSettings],
  [
    'GET',
    '/operations',
    () => ok(operations.map(({ id, method, path }) => ({ id, method, path }))),
  ],
  ['POST', '/reset', ({ sandbox }) => done(() => sandbox.reset())],
];

function oneRequest({ sandbox, id }: ControlRequest): Reply {
  const found = sandbox.requests().find(({ number }) => String(number) === id);
  return found ? ok(found) : notFound('The request');
}

function addFault({ sandbox, body }: ControlRequest): Reply {
  const read = readFault(body);
  if ('problems' in read) return invalidBody(read.problems);
  return done(() => sandbox.fault(read.fault));
}

function clock({ account }: Sandbox) {
  return { now: new Date(account.clock.now()).toISOString() };
}

function advance(request: ControlRequest): Reply {
  return reading(object({ required: { ms: number({ min: 0 }) } }), request, ({ ms }) => {
    request.sandbox.advance(ms);
    return ok(clock(request.sandbox));
  });
}

function listJobs({ sandbox }: ControlRequest): Reply {
  return ok(
    sandbox.jobs().map((job) => ({
      id: job.id,
      kind: job.content.kind,
      status: job.status,
      startedBy: job.startedBy,
      startedAt: new Date(job.startedAtMs).toISOString(),
      finishesAt: Number.isFinite(job.finishesAtMs)
        ? new Date(job.finishesAtMs).toISOString()
        : null,
      charges: job.charges,
      envelope: jobEnvelope(job, sandbox.account),
    })),
  );
}

function failJob(request: ControlRequest): Reply {
  const shape = object({ optional: { errorCode: text(), errorMessage: text() } });
  return reading(shape, request, ({ errorCode, errorMessage }) =>
    finish(request.sandbox, request.id, {
      code: errorCode ?? 'TEXT_TO_VIDEO_FAILED',
      message: errorMessage ?? 'A fault of the sandbox.',
    }),
  );
}

function finish(
  sandbox: Sandbox,
  id: string,
  failure?: Parameters<Sandbox['finishJob']>[1],
): Reply {
  return sandbox.finishJob(id, failure) ? noContent() : notFound('A running job with this id');
}

function quotas({ account }: Sandbox) {
  return Object.fromEntries(quotaNames.map((name) => [name, account.quotas.read(name)]));
}

const quotaChange = object({ optional: { used: number({ min: 0 }), limit: number({ min: 0 }) } });

function setQuotas(request: ControlRequest): Reply {
  const fields = Object.fromEntries(quotaNames.map((name) => [name, quotaChange]));
  return reading(object({ optional: fields }), request, (changes) => {
    for (const [name, change] of Object.entries(changes))
      request.sandbox.account.quotas.set(name as QuotaName, change ?? {});
    return ok(quotas(request.sandbox));
  });
}

function credentials({ apiKey, clientId, clientSecret }: Sandbox) {
  return { apiKey, clientId, clientSecret };
}

function regenerateKey(request: ControlRequest): Reply {
  return reading(object({ optional: { overlap: flag } }), request, ({ overlap = false }) =>
    ok({ apiKey: request.sandbox.regenerateKey({ overlap }) }),
  );
}

const status: Shape<200 | 404> = (value, name, problems) => {
  if (value === 200 || value === 404) return value;
  problems.add(name, 'must be 200 or 404');
  return undefined;
};

const settings = object({
  optional: {
    jobNotFoundStatus: status,
    refuseUrllibAgents: flag,
    webhookFailureShape: choice('data', 'top-level'),
    webhookRetries: number({ whole: true, min: 0, max: 20 }),
    jobsPageSize: number({ whole: true, min: 1, max: 1000 }),
  },
} satisfies { optional: { [K in keyof Settings]: Shape<Settings[K]> } });

function setSettings(request: ControlRequest): Reply {
  return reading(settings, request, (change) =>
    ok(Object.assign(request.sandbox.account.settings, change)),
  );
}

function reading<Input>(
  shape: Shape<Input>,
  { body }: ControlRequest,
  use: (input: Input) => Reply,
): Reply {
  const problems = new Problems();
  const input = shape(body ?? {}, '', problems);
  const fields = problems.fields();
  return input === undefined || fields.length > 0 ? invalidBody(fields) : use(input);
}

function done(act: () => void): Reply {
  act();
  return noContent();
}
