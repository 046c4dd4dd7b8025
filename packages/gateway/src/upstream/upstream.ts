import Pool from 'undici/lib/dispatcher/pool.js';
import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Clock } from '../ports/clock.ts';
import type { Upstream, UpstreamCall, UpstreamReply } from '../ports/upstream.ts';
import { Circuit } from './circuit.ts';
import type { Credential } from './credential.ts';
import { Departures } from './departures.ts';
import { exchange } from './exchange.ts';

export interface UpstreamOptions {
  /** https, with the path that operations' paths stand below. */
  readonly baseUrl: string;
  /** PEM of the CAs to trust; absent: the public ones. The certificate is always verified, name and chain. */
  readonly ca?: string;
  readonly userAgent: string;
  readonly connections: number;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly clock: Clock;
  /** Made from the way to post without a credential, which the token exchange needs. */
  readonly credential: (post: PostUnauthenticated) => Credential;
  readonly probePath: string;
}

export type PostUnauthenticated = (path: string, body: unknown) => Promise<UpstreamReply | Denial>;

const circuitOptions = { window: 20, failureShare: 0.5, openMs: 5_000 };

/** The way to the provider. Adds the real credential, which stands nowhere else. */
export function createUpstream(options: UpstreamOptions): Upstream {
  return new PooledUpstream(options);
}

class PooledUpstream implements Upstream {
  readonly #pool: Pool;
  readonly #options: UpstreamOptions;
  readonly #base: URL;
  readonly #basePath: string;
  readonly #credential: Credential;
  readonly #circuit: Circuit;
  readonly #nowMs: () => number;
  readonly #departures = new Departures();
  #inFlight = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl);
    this.#basePath = this.#base.pathname.replace(/\/+$/, '');
    this.#nowMs = () => options.clock.monotonicMs();
    this.#circuit = new Circuit(options.clock, circuitOptions);
    this.#pool = new Pool(this.#base.origin, {
      connections: options.connections,
      pipelining: 1,
      allowH2: false,
      headersTimeout: options.headersTimeoutMs,
      bodyTimeout: options.bodyTimeoutMs,
      keepAliveTimeout: 20_000,
      connect: {
        timeout: options.connectTimeoutMs,
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ...(options.ca !== undefined && { ca: options.ca }),
      },
    });
    this.#credential = options.credential((path, body) => this.#post(path, body));
  }

  readonly state = () => ({ circuit: this.#circuit.state, inFlight: this.#inFlight });

  async send(call: UpstreamCall): Promise<UpstreamReply | Denial> {
    const waitMs = this.#circuit.admit();
    if (waitMs > 0) return circuitOpen(waitMs);
    this.#inFlight += 1;
    try {
      const reply = await this.#sendAuthorized(call);
      this.#note(reply);
      return reply;
    } finally {
      this.#inFlight -= 1;
    }
  }

  probe(): Promise<UpstreamReply | Denial> {
    return this.send({
      method: 'GET',
      path: this.#options.probePath,
      query: '',
      headers: [],
      body: null,
      bufferBytesMax: 1024 * 1024,
      repeatable: true,
      gone: null,
    });
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** One more try after a 401, with a renewed credential: a refused call took no effect. A streamed body cannot be sent twice. */
  async #sendAuthorized(call: UpstreamCall): Promise<UpstreamReply | Denial> {
    const asked = this.#credential.authorization();
    const authorization = typeof asked === 'string' ? asked : await asked;
    if (isDenial(authorization)) return authorization;
    const reply = await this.#sendOnce(call, authorization);
    if (isDenial(reply) || reply.status !== 401) return reply;
    discard(reply);
    const sendable = call.body === null || call.body instanceof Uint8Array;
    const renewed = await this.#renew(authorization);
    if (!renewed || !sendable) return refused;
    const next = await this.#credential.authorization();
    if (isDenial(next)) return next;
    const second = await this.#sendOnce(call, next);
    if (isDenial(second) || second.status !== 401) return second;
    discard(second);
    return refused;
  }

  async #renew(used: string): Promise<boolean> {
    try {
      return await this.#credential.renew(used);
    } catch {
      return false;
    }
  }

  #sendOnce(call: UpstreamCall, authorization: string): Promise<UpstreamReply | Denial> {
    const headers: string[] = [
      // undici derives the TLS server name from Host: it is always the upstream's own.
      'host',
      this.#base.host,
      'authorization',
      authorization,
      'user-agent',
      this.#options.userAgent,
    ];
    for (const [name, value] of call.headers) headers.push(name, value);
    if (call.bodyBytes !== undefined) headers.push('content-length', String(call.bodyBytes));
    return exchange(this.#pool, {
      request: {
        method: call.method,
        path: this.#basePath + call.path + (call.query === '' ? '' : `?${call.query}`),
        headers,
        body: call.body as Uint8Array | null,
        idempotent: call.repeatable,
      },
      bufferBytesMax: call.bufferBytesMax,
      gone: call.gone,
      departures: this.#departures,
      nowMs: this.#nowMs,
    });
  }

  #post(path: string, body: unknown): Promise<UpstreamReply | Denial> {
    return exchange(this.#pool, {
      request: {
        method: 'POST',
        path: this.#basePath + path,
        headers: [
          'host',
          this.#base.host,
          'user-agent',
          this.#options.userAgent,
          'content-type',
          'application/json',
        ],
        body: JSON.stringify(body),
        idempotent: false,
      },
      bufferBytesMax: 64 * 1024,
      gone: null,
      departures: this.#departures,
      nowMs: this.#nowMs,
    });
  }

  #note(reply: UpstreamReply | Denial): void {
    if (isDenial(reply)) {
      if (reply.code === 'upstream_unreachable' || reply.code === 'upstream_timeout')
        this.#circuit.failed();
      else this.#circuit.succeeded();
    } else if (reply.status >= 500) this.#circuit.failed();
    else this.#circuit.succeeded();
  }
}

const refused: Denial = deny('upstream_credential_refused', {
  detail: {
    reason: "the upstream answered 401 to the gateway's credential",
    source: 'upstream.credential',
    remedy: 'filmgate upstream test',
  },
});

const circuitOpen = (waitMs: number): Denial =>
  deny('circuit_open', {
    headers: [['retry-after', String(Math.ceil(waitMs / 1000))]],
    detail: {
      reason: 'half of the latest calls to the upstream failed',
      source: 'upstream',
      remedy: 'wait for the upstream to recover',
    },
  });

/** A reply that nobody reads must not keep its connection. */
function discard({ body }: UpstreamReply): void {
  if (!(body instanceof Uint8Array)) (body as { destroy?: () => void }).destroy?.();
}
