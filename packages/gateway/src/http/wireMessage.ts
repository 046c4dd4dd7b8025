import { STATUS_CODES } from 'node:http';
import type { Answer } from '../domain/received.ts';
import { toHeaders } from './answer.ts';

/** The bytes of an answer with a short body, for connections on which there is no response object to write to. */
export function formatMessage(answer: Answer, requestId: string, isEncrypted = true): string {
  const body = typeof answer.body === 'string' ? answer.body : '';
  const flat = toHeaders(answer, Buffer.byteLength(body), { requestId, isLast: true, isEncrypted });
  let head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n`;
  for (let index = 0; index < flat.length; index += 2)
    head += `${flat[index]}: ${flat[index + 1]}\r\n`;
  return `${head}\r\n${body}`;
}
