import assert from 'node:assert/strict';
import type { Https, Reply } from '../process/https.ts';

/** How a client puts an address together: what it has as its base address, and what it appends. */
export interface Form {
  readonly base: (origin: string) => string;
  readonly prefix: string;
}

/** The forms of a base address that the official clients use, and what becomes of them when a slash is doubled. */
export const forms = {
  'the bare host': { base: (origin) => origin, prefix: '/pictoryapis/' },
  'the bare host and a slash': { base: (origin) => `${origin}/`, prefix: '/pictoryapis/' },
  'host and prefix': { base: (origin) => `${origin}/pictoryapis`, prefix: '/' },
  'host, prefix and slash': { base: (origin) => `${origin}/pictoryapis/`, prefix: '' },
  'host, prefix and two slashes': { base: (origin) => `${origin}/pictoryapis/`, prefix: '/' },
} as const satisfies Readonly<Record<string, Form>>;

/** The two ways in which clients write a credential into `Authorization`. */
export const schemes = {
  raw: (credential: string) => credential,
  Bearer: (credential: string) => `Bearer ${credential}`,
} as const;

export interface Credentials {
  readonly id: string;
  readonly key: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the samples read replies without types
export type Json = any;

/** An official sample: `await client.get('v1/jobs/…')`. Any answer but 2xx ends it, as it ends the samples. */
export interface SampleClient {
  readonly get: (route: string) => Promise<Json>;
  readonly post: (route: string, body: unknown, contentType?: string) => Promise<Json>;
  readonly put: (route: string, body: unknown) => Promise<Json>;
  /** Asks for a new token, which later calls use. */
  readonly renew: () => Promise<void>;
}

export interface SampleOptions {
  readonly form?: Form;
  readonly scheme?: (credential: string) => string;
  /** `key`: sends the key itself and never asks for a token. */
  readonly by?: 'token' | 'key';
  readonly headers?: Readonly<Record<string, string>>;
}

const json = 'application/json';

/** A client of the gateway that works as the samples do, signed in. */
export async function signIn(
  { edge, origin }: { readonly edge: Https; readonly origin: string },
  { id, key }: Credentials,
  options: SampleOptions = {},
): Promise<SampleClient> {
  const { form = forms['the bare host'], scheme = schemes.raw, by = 'token' } = options;
  const own = { 'User-Agent': 'axios/1.7.9', 'X-Pictory-User-Id': 'sample', ...options.headers };
  let credential = key;
  const send = async (method: string, route: string, headers: object, body?: unknown) => {
    const reply = await edge.send(method, form.base(origin) + form.prefix + route, {
      headers: { ...own, ...headers },
      ...(body !== undefined && { body: body as string | Buffer }),
    });
    assert.ok(isFine(reply), `${method} ${route} was answered ${reply.status}: ${reply.text}`);
    return reply.json;
  };
  const call = (method: string, route: string, body?: unknown, contentType = json) =>
    send(
      method,
      route,
      { Authorization: scheme(credential), 'Content-Type': contentType },
      body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body),
    );
  const renew = async (): Promise<void> => {
    const request = JSON.stringify({ client_id: id, client_secret: key });
    const reply = await send('POST', 'v1/oauth2/token', { 'Content-Type': json }, request);
    assert.deepEqual(Object.keys(reply as object), ['access_token', 'expires_in', 'token_type']);
    credential = (reply as Json).access_token;
  };
  if (by === 'token') await renew();
  return {
    get: (route) => call('GET', route),
    post: (route, body, contentType) => call('POST', route, body, contentType),
    put: (route, body) => call('PUT', route, body),
    renew,
  };
}

const isFine = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** As ten of the samples wait: ask again at once while the whole reply says in-progress anywhere. */
export async function wait(client: SampleClient, id: string): Promise<Json> {
  let reply = await client.get(`v1/jobs/${id}`);
  while (JSON.stringify(reply).includes('in-progress')) reply = await client.get(`v1/jobs/${id}`);
  return reply.data;
}

/** As the white-label editor's sample waits: a new token before each poll. */
export async function waitWithNewTokens(client: SampleClient, id: string): Promise<Json> {
  let reply: Json;
  do {
    await client.renew();
    reply = await client.get(`v1/jobs/${id}`);
  } while (reply.data.status === 'in-progress');
  return reply.data;
}
