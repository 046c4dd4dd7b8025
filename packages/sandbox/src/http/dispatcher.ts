import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account } from '../account/account.ts';
import type { Job, JobPlan } from '../account/job.ts';
import { fateOf } from '../faults/fate.ts';
import { isJobFault, isRequestFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { send, sendFaulty } from '../faults/send.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { answer } from './answer.ts';
import { readBody } from './body.ts';
import { placeOf, type Call } from './call.ts';
import { headBytes } from './listener.ts';
import type { NewRequest, ReceivedRequest, Recorder } from './recorder.ts';
import type { Reply } from './reply.ts';
import type { Match, Router } from './router.ts';

export interface Dispatcher {
  readonly router: Router;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  /** The account of the moment: a reset opens a new one. */
  readonly account: () => Account;
}

/** One request's way: record, read, let a waiting fault decide, answer. */
export async function dispatch(
  dispatcher: Dispatcher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url: target = '', headers } = request;
  const place = placeOf(target);
  const match = dispatcher.router.find(method, place.path);
  const received = dispatcher.recorder.add(receivedOf(request, match?.operation.id ?? null));
  watch(response, received);
  const body = await readBody(request);
  dispatcher.recorder.addBody(received, body.bytes, body.complete);
  if (!body.complete) {
    response.destroy();
    return;
  }
  const meant = () =>
    answerMeant(dispatcher, { method, ...place, headers, body: body.bytes }, match);
  const { operation } = received;
  const fault = dispatcher.faults.take(isRequestFault, { method, path: place.path, operation });
  received.fault = fault?.kind ?? null;
  if (fault) await sendFaulty(response, fault, meant);
  else send(response, await meant());
  if (response.headersSent) received.status = response.statusCode;
}

/** What the service would answer; a job that it starts may meet a fault of its own. */
async function answerMeant(
  { faults, webhooks, account }: Dispatcher,
  call: Call,
  match: Match | undefined,
): Promise<Reply> {
  let waitForWebhook = false;
  const startJob = (plan: JobPlan): Job => {
    const startedBy = {
      method: call.method,
      path: call.path,
      operation: match?.operation.id ?? '',
    };
    const fault = faults.take(isJobFault, startedBy);
    waitForWebhook = fault?.kind === 'webhook-before-response';
    return account().jobs.start(startedBy, plan, fateOf(fault));
  };
  const reply = answer(call, match, account(), startJob);
  if (waitForWebhook) await webhooks.settled();
  return reply;
}

function receivedOf(request: IncomingMessage, operation: string | null): NewRequest {
  const { rawHeaders, method = '', url: target = '' } = request;
  const head = headBytes(request);
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, index) => {
    return [rawHeaders[2 * index]!, rawHeaders[2 * index + 1]!] as const;
  });
  return {
    method,
    target,
    requestLine: head.toString('latin1').split('\r\n', 1)[0] ?? '',
    headers,
    headBase64: head.toString('base64'),
    operation,
  };
}

/** Notes whether the answer got through. */
function watch(response: ServerResponse, received: ReceivedRequest): void {
  response.on('close', () => {
    received.abandoned = !response.writableFinished;
  });
}
