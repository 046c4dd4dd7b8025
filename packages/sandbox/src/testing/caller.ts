import type { Sandbox } from '../sandbox.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read replies as their clients do
  readonly json: any;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the sandbox's API as an account's owner would; `path` begins with the version. */
export async function callApi(
  sandbox: Sandbox,
  method: string,
  path: string,
  { body, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const raw = body instanceof Uint8Array;
  const response = await fetch(`${sandbox.url}/pictoryapis${path}`, {
    method,
    headers: {
      Authorization: sandbox.apiKey,
      ...(body === undefined
        ? {}
        : { 'Content-Type': raw ? 'application/octet-stream' : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: text ? JSON.parse(text) : undefined,
  };
}

/** Moves a manual clock until every running job is done. */
export function finishJobs(sandbox: Sandbox): void {
  const day = 86_400_000;
  sandbox.advance(day);
}
