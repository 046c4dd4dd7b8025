import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** Outcome of one attempt: the status that came back, or why none did. */
export type DeliveryOutcome = { readonly status: number } | { readonly error: string };

const timeoutMs = 10_000;

const senders = new Map([
  ['http:', httpRequest],
  ['https:', httpsRequest],
]);

/** POSTs a webhook: plain JSON, no signature, no redirects, as far as anything public says. Never rejects. */
export function deliver(
  url: string,
  body: string,
  ca: string | undefined,
): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    const { protocol } = new URL(url);
    const send = senders.get(protocol);
    if (!send) return resolve({ error: `${protocol} is not an address to send to` });
    const outgoing = send(url, {
      method: 'POST',
      timeout: timeoutMs,
      ...(ca === undefined ? {} : { ca }),
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'User-Agent': 'pictory-sandbox-webhook',
        'X-Pictory-Sandbox': 'true',
      },
      agent: false,
    });
    outgoing.on('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('timed out')));
    outgoing.on('error', ({ message }) => resolve({ error: message }));
    outgoing.end(body);
  });
}
