import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../account/account.ts';
import type { Job, JobFate, JobPlan } from '../account/job.ts';
import { isJobFault, isRequestFault, type JobFault } from '../faults/fault.ts';
import type { Faults, Subject } from '../faults/faults.ts';
import { edgeRefusal, send, sendFaulty } from '../faults/send.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { readBody } from './body.ts';
import { toCall, type Call } from './call.ts';
import { headBytes } from './listener.ts';
import { publicFile } from './publicFiles.ts';
import type { ReceivedRequest, Recorder } from './recorder.ts';
import { json, noContent, unauthorized, type Reply } from './reply.ts';
import type { Match, Router } from './router.ts';
import { upload } from './uploadFiles.ts';

export interface Dispatcher {
  readonly router: Router;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** The account of the moment: a reset opens a new one. */
  readonly account: () => Account;
}

/** One request's way: record, let a waiting fault decide, answer. */
export async function dispatch(
  { router, recorder, faults, webhooks, account }: Dispatcher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const head = headBytes(request);
  const { bytes, complete } = await readBody(request);
  const { method = '', url: target = '' } = request;
  const call = toCall(method, target, request.headers, bytes);
  const match = router.find(method, call.path);
  const operation = match?.operation.id ?? null;
  const received = recorder.add(receivedOf(request, head, bytes, complete, operation));
  watch(response, received);
  if (!complete) {
    response.destroy();
    return;
  }

  const subject: Subject = { method, path: call.path, operation };
  const meant = async (): Promise<Reply> => {
    let early = false;
    const startJob = (plan: JobPlan): Job => {
      const fault = faults.take(isJobFault, subject);
      early = fault?.kind === 'webhook-before-response';
      const startedBy = { method, path: call.path, operation: operation ?? '' };
      return account().jobs.start(startedBy, plan, fateOf(fault));
    };
    const reply = answer(call, match, account(), startJob);
    if (early) await webhooks.settled();
    return reply;
  };
  const fault = faults.take(isRequestFault, subject);
  if (!fault) return send(response, await meant());
  received.fault = fault.kind;
  await sendFaulty(response, fault, meant);
}

function receivedOf(
  request: IncomingMessage,
  head: Buffer,
  body: Buffer,
  complete: boolean,
  operation: string | null,
): Parameters<Recorder['add']>[0] {
  const { rawHeaders, method = '', url: target = '' } = request;
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, index) => {
    return [rawHeaders[2 * index]!, rawHeaders[2 * index + 1]!] as const;
  });
  return {
    method,
    target,
    requestLine: head.toString('latin1').split('\r\n', 1)[0] ?? '',
    headers,
    headBase64: head.toString('base64'),
    bodyBase64: body.toString('base64'),
    complete,
    operation,
  };
}

/** Notes how the answer went. */
function watch(response: ServerResponse, received: ReceivedRequest): void {
  response.on('close', () => {
    if (response.headersSent) received.status = response.statusCode;
    received.abandoned = !response.writableFinished;
  });
}

function answer(
  call: Call,
  match: Match | undefined,
  account: Account,
  startJob: (plan: JobPlan) => Job,
): Reply {
  if (call.method === 'OPTIONS') return preflight();
  if (refusesAgent(call, account)) return edgeRefusal();
  if (match) {
    const { operation, params } = match;
    const admitted = operation.open || account.credentials.accepts(call.headers.authorization);
    if (!admitted) return unauthorized();
    return operation.answer(call, { params, query: call.query, account, startJob });
  }
  const reads = call.method === 'GET' || call.method === 'HEAD';
  if (reads && call.path.startsWith('/files/')) return publicFile(call, account);
  if (call.method === 'PUT' && call.path.startsWith('/uploads/')) return upload(call, account);
  return json(404, { message: 'Not Found' });
}

function refusesAgent(call: Call, account: Account): boolean {
  const agent = call.headers['user-agent'] ?? '';
  return account.settings.refuseUrllibAgents && agent.startsWith('Python-urllib/');
}

/** Browsers call the service from other origins, so it must let them. */
function preflight(): Reply {
  const headers = {
    'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE, OPTIONS',
    'Access-Control-Allow-Headers':
      'Authorization, Content-Type, X-Pictory-User-Id, X-Pictory-Customer-Id',
  };
  return { ...noContent(), headers };
}

const stockFailure = { code: 'TEXT_TO_VIDEO_FAILED', message: 'A fault of the sandbox.' } as const;

function fateOf(fault: JobFault | undefined): JobFate {
  switch (fault?.kind) {
    case undefined:
      return {};
    case 'fail-job':
      return {
        failure: {
          code: fault.errorCode ?? stockFailure.code,
          message: fault.errorMessage ?? stockFailure.message,
        },
      };
    case 'stick-job':
      return { runMs: Infinity };
    case 'job-time':
      return { runMs: fault.runMs };
    case 'webhook-before-response':
      return { runMs: 0 };
  }
}
