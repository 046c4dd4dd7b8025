import type { ResponseInput, TransactionInput } from '../src/index.ts';

export interface BackendResponse extends ResponseInput {
  readonly body: string;
}

/**
 * The back end of the CRS project's tests: `POST /reflect` answers with the status, headers and
 * body that its JSON body asks for; everything else is an empty 200.
 */
export function reflect(request: TransactionInput): BackendResponse {
  if (request.method !== 'POST' || !request.uri.startsWith('/reflect')) return answer(200, {}, '');
  try {
    const text = Buffer.from(request.body ?? '', 'latin1').toString('utf8');
    const wanted = JSON.parse(text) as {
      status?: number;
      headers?: Record<string, string>;
      body?: string;
      encodedBody?: string;
    };
    const body =
      wanted.encodedBody === undefined
        ? Buffer.from(wanted.body ?? '', 'utf8').toString('latin1')
        : Buffer.from(wanted.encodedBody, 'base64').toString('latin1');
    return answer(wanted.status ?? 200, wanted.headers ?? {}, body);
  } catch {
    return answer(400, {}, 'invalid JSON');
  }
}

function answer(status: number, headers: Record<string, string>, body: string): BackendResponse {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const fields: [string, string][] = Object.entries(headers);
  if (!isTyped) fields.push(['Content-Type', 'text/plain; charset=utf-8']);
  return { status, headers: [...fields, ['Content-Length', String(body.length)]], body };
}
