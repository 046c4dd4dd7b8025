import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { Place } from '../gateway/place.ts';
import { cpuUs } from '../gateway/processes.ts';
import type { Running } from '../gateway/running.ts';

/** A text on which an engine that backtracks goes on and on: one character pumped after what leads to a repeat. */
export interface EvilText {
  readonly name: string;
  readonly prefix: string;
  readonly unit: string;
}

/** Found by pumping every repeat of the rules' patterns and sending it to nginx; the worst of their kinds. */
export const evilTexts: readonly EvilText[] = [
  { name: '( and newlines', prefix: '(', unit: '\n' },
  { name: 'blank and newline in turn', prefix: '', unit: ' \n' },
  { name: '< and parentheses', prefix: '<', unit: '(' },
  { name: '$(( and quotes', prefix: '$((', unit: '"' },
  { name: 'apostrophes', prefix: '', unit: "'" },
];

export const evilBytes = 4_096;

/** A JSON body of a real operation with the text in a field that takes any. */
export function evilBody({ prefix, unit }: EvilText): string {
  const text = prefix + unit.repeat(Math.ceil(evilBytes / unit.length));
  return JSON.stringify({
    videoName: 'spring_campaign',
    videoDescription: `${text.slice(0, evilBytes - 1)}.`,
  });
}

export interface Sent {
  /** null: no answer within the limit. */
  readonly status: number | null;
  readonly ms: number;
  /** Of the process under test. */
  readonly cpuMs: number;
}

/** Sends one request over a connection of its own. */
export async function send(
  { pid, port }: Running,
  { caFile }: Place,
  one: { readonly method: string; readonly path: string; readonly body: string | null },
  { key, limitMs }: { readonly key: string; readonly limitMs: number },
): Promise<Sent> {
  const cpuBefore = cpuUs(pid);
  const startedAtMs = performance.now();
  const status = await new Promise<number | null>((resolve, reject) => {
    const signal = AbortSignal.timeout(limitMs);
    const sent = request({
      host: '127.0.0.1',
      port,
      method: one.method,
      path: one.path,
      ca: readFileSync(caFile),
      agent: false,
      signal,
      headers: {
        authorization: key,
        accept: '*/*',
        'user-agent': 'bench/1.0',
        ...(one.body !== null && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(one.body),
        }),
      },
    });
    sent.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode!));
    });
    sent.on('error', (error) => (signal.aborted ? resolve(null) : reject(error)));
    sent.end(one.body);
  });
  return {
    status,
    ms: performance.now() - startedAtMs,
    cpuMs: (cpuUs(pid) - cpuBefore) / 1_000,
  };
}
