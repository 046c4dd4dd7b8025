import { existsSync, readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Failure } from './failure.ts';
import type { Place } from './place.ts';

/** A JSON object of the admin API. */
export type Json = Readonly<Record<string, unknown>>;

export interface Answer<Body = Json> {
  readonly body: Body;
  readonly etag: string | null;
}

export interface ChangeOptions {
  readonly body?: object;
  readonly ifMatch?: string | null;
  readonly dryRun?: boolean;
}

type Query = Readonly<Record<string, string | number | null | undefined>>;

/** The admin API as the commands use it. */
export class Gateway {
  readonly url: string;
  readonly #token: string | null;

  constructor(url: string, token: string | null) {
    this.url = url;
    this.#token = token;
  }

  get<Body = Json>(path: string, query: Query = {}): Promise<Answer<Body>> {
    return this.#call('GET', path + toQuery(query), {}) as Promise<Answer<Body>>;
  }

  /** All items of a list, at most `limit`. */
  async list<Item>(path: string, query: Query = {}, limit = 10_000): Promise<readonly Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer<{ items: readonly Item[]; next: string | null }> = await this.get(path, {
        ...query,
        limit: Math.min(200, limit - items.length),
        cursor,
      });
      items.push(...page.body.items);
      cursor = page.body.next;
    } while (cursor !== null && items.length < limit);
    return items;
  }

  change<Body = Json>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    { body, ifMatch, dryRun }: ChangeOptions = {},
  ): Promise<Answer<Body>> {
    const dry = dryRun ? `${path.includes('?') ? '&' : '?'}dry_run=true` : '';
    return this.#call(
      method,
      path + dry,
      {
        ...(ifMatch && { 'if-match': ifMatch }),
        ...(method !== 'DELETE' && { 'content-type': 'application/json' }),
      },
      method === 'DELETE' ? undefined : JSON.stringify(body ?? {}),
    ) as Promise<Answer<Body>>;
  }

  /** Lines of a stream, as they come. */
  async *lines(path: string, query: Query, signal: AbortSignal): AsyncGenerator<string> {
    const response = await this.#send('GET', path + toQuery(query), {}, undefined, signal);
    if (!response.ok) throw toFailure(await response.text(), response.status);
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line !== '') yield line;
    }
  }

  async #call(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Answer> {
    const response = await this.#send(method, path, headers, body);
    const text = await response.text();
    if (!response.ok && !path.startsWith('/readyz')) throw toFailure(text, response.status);
    return {
      body: text === '' ? {} : (JSON.parse(text) as Json),
      etag: response.headers.get('etag'),
    };
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
    signal: AbortSignal = AbortSignal.timeout(30_000),
  ): Promise<Response> {
    const authorization = this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
    try {
      return await fetch(this.url + path, {
        method,
        headers: { ...headers, ...authorization },
        ...(body !== undefined && { body }),
        redirect: 'error',
        signal,
      });
    } catch (error) {
      throw signal.aborted && signal.reason?.name !== 'TimeoutError'
        ? error
        : unreachable(this.url, error);
    }
  }
}

function toQuery(query: Query): string {
  const pairs = Object.entries(query).filter(
    (pair): pair is [string, string | number] => pair[1] !== null && pair[1] !== undefined,
  );
  if (pairs.length === 0) return '';
  return `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** Where the gateway made its own certificate, only its own CA is trusted; elsewhere that one beside the usual ones. */
export function trustAuthority({ folder, loaded, isOwn }: Place): void {
  if (!existsSync(folder.caCertificate)) return;
  const own = readFileSync(folder.caCertificate, 'utf8');
  const isAlone = isOwn && loaded.config.admin.certificate === undefined;
  setDefaultCACertificates(isAlone ? [own] : [...getCACertificates('default'), own]);
}

function unreachable(url: string, error: unknown): Failure {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  const code = cause?.code ?? (error as Error).name;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return new Failure(`no gateway answers at ${url}`, [
      'start it with filmgate start, or name another with --url or --config',
    ]);
  }
  if (/CERT|SIGNED|ALTNAME|ISSUER/.test(code)) {
    return new Failure(`the certificate of ${url} is not trusted (${code})`, [
      'run this beside the data folder whose CA made it, name the configuration with --config,',
      'or set NODE_EXTRA_CA_CERTS to the CA file',
    ]);
  }
  return new Failure(`the connection to ${url} failed (${code})`, ['filmgate doctor looks closer']);
}

interface Problem {
  readonly title?: string;
  readonly code?: string;
  readonly hint?: string;
  readonly pointer?: string;
  readonly request_id?: string;
  readonly findings?: readonly { readonly pointer: string; readonly message: string }[];
}

/** A problem document as an error message. */
function toFailure(text: string, status: number): Failure {
  let problem: Problem;
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    return new Failure(`the admin API answered ${status} without a reason`);
  }
  const findings = problem.findings?.map(({ pointer, message }) => `${pointer} ${message}`) ?? [];
  return new ApiFailure(problem.code ?? '', `${problem.title ?? status} (${problem.code})`, [
    ...(findings.length > 0 ? findings : problem.hint === undefined ? [] : [problem.hint]),
    ...(problem.request_id === undefined ? [] : [`filmgate why ${problem.request_id}`]),
  ]);
}

/** A refusal of the admin API. */
export class ApiFailure extends Failure {
  readonly code: string;

  constructor(code: string, message: string, hints: readonly string[]) {
    super(message, hints);
    this.code = code;
  }
}
