import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { edgeRefusal, file, json, unauthorized, type Reply } from '../http/reply.ts';
import type { RequestFault } from './fault.ts';
import { resetConnection } from '../http/listener.ts';

const everywhere = {
  'X-Pictory-Sandbox': 'true',
  'Access-Control-Allow-Origin': '*',
} as const;

/** Answers as meant. */
export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...everywhere, ...reply.headers, ...lengthOf(reply) });
  response.end(reply.body);
}

/** Answers as the fault will have it; `meant` is only asked when the fault lets the request through. */
export async function sendFaulty(
  response: ServerResponse,
  fault: RequestFault,
  meant: () => Promise<Reply>,
): Promise<void> {
  if (fault.delayMs) await wait(fault.delayMs, undefined, { ref: false });
  switch (fault.kind) {
    case 'delay':
      return send(response, await meant());
    case 'status':
    case 'unauthorized':
    case 'rate-limited':
    case 'edge-refusal':
    case 'job-not-found':
      return send(response, replacement(fault));
    case 'hang':
      return;
    case 'reset':
      if (response.socket) resetConnection(response.socket);
      return;
    case 'stall':
      return stall(response, await meant());
    case 'wrong-length':
      return sendWrongLength(response, await meant(), fault.byBytes ?? 1);
  }
}

type Replacing = Extract<
  RequestFault,
  { kind: 'status' | 'unauthorized' | 'rate-limited' | 'edge-refusal' | 'job-not-found' }
>;

/** The answer that stands in for the meant one. */
function replacement(fault: Replacing): Reply {
  switch (fault.kind) {
    case 'status':
      return statusReply(fault.status, fault.body, fault.headers);
    case 'unauthorized':
      return unauthorized();
    case 'rate-limited':
      return rateLimited(fault.retryAfterSeconds);
    case 'edge-refusal':
      return edgeRefusal();
    case 'job-not-found':
      return json(fault.status ?? 404, {
        success: false,
        data: { error_code: '5000', error_message: 'JOB_NOT_FOUND' },
      });
  }
}

function statusReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const standard = { code: `SANDBOX_${status}`, message: 'A fault of the sandbox.' };
  const reply =
    typeof body === 'string' ? file('text/plain', body) : json(status, body ?? standard);
  return { ...reply, status, headers: { ...reply.headers, ...headers } };
}

function rateLimited(retryAfterSeconds: number | undefined): Reply {
  const reply = json(429, { code: 'TOO_MANY_REQUESTS', message: 'Too Many Requests' });
  if (retryAfterSeconds === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(retryAfterSeconds) } };
}

function stall(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...everywhere, ...reply.headers, ...lengthOf(reply) });
  response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)));
}

function sendWrongLength(response: ServerResponse, reply: Reply, byBytes: number): void {
  const { socket } = response;
  const length = Math.max(0, reply.body.length + byBytes);
  response.writeHead(reply.status, {
    ...everywhere,
    ...reply.headers,
    'Content-Length': String(length),
    Connection: 'close',
  });
  response.flushHeaders();
  socket?.end(reply.body);
}

function lengthOf(reply: Reply): Readonly<Record<string, string>> {
  return reply.status === 204 ? {} : { 'Content-Length': String(reply.body.length) };
}
