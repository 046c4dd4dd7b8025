import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Json } from '../domain/shape.ts';
import type { Clock } from '../ports/clock.ts';
import type { UpstreamReply } from '../ports/upstream.ts';
import type { ProviderCredentials } from '../providers/provider.ts';

/** Where the gateway's own authorization comes from. */
export interface Credential {
  /** The value of the Authorization header for the next call. */
  authorization(): string | Denial | Promise<string | Denial>;
  /** The upstream refused `used`: whether there is another one worth a try. */
  renew(used: string): Promise<boolean>;
}

const unusable = (reason: string): Denial =>
  deny('upstream_credential_refused', {
    detail: { reason, source: 'upstream.credential', remedy: 'filmgate upstream test' },
  });

/** No credential is configured: nothing is forwarded. */
export const noCredential: Credential = {
  authorization: () => unusable('no upstream credential is configured; run filmgate upstream add'),
  renew: async () => false,
};

/** An API key, read anew after a refusal, so that a replaced file or variable is taken up without a restart. */
export function apiKeyCredential(read: () => string, kinds: ProviderCredentials): Credential {
  let present: string | null = null;
  const load = (): string => kinds.authorization(read());
  return {
    authorization: () => {
      try {
        return (present ??= load());
      } catch {
        return unusable('the reference to the upstream key does not resolve');
      }
    },
    renew: async (used) => {
      const next = load();
      present = next;
      return next !== used;
    },
  };
}

export interface ClientCredentialOptions {
  readonly readId: () => string;
  readonly readSecret: () => string;
  readonly kinds: ProviderCredentials;
  readonly clock: Clock;
  /** Posts JSON to a path of the upstream, without any credential. */
  readonly post: (path: string, body: Json) => Promise<UpstreamReply | Denial>;
}

/** Renewed when this much of its life is left, so that no call goes out with a token about to end. */
const renewBeforeMs = 60_000;

/** Client id and secret, exchanged for a token that is shared by all calls. One exchange at a time. */
export function clientCredential(options: ClientCredentialOptions): Credential {
  let token: { text: string; endsAtMs: number } | null = null;
  let renewal: Promise<string | Denial> | null = null;

  const exchange = async (): Promise<string | Denial> => {
    const { kinds } = options;
    const body = kinds.exchange.body(options.readId(), options.readSecret());
    const reply = await options.post(kinds.exchange.path, body);
    if (isDenial(reply)) return reply;
    const read =
      reply.status === 200 && reply.body instanceof Uint8Array
        ? kinds.exchange.read(parse(reply.body))
        : null;
    if (!read) return unusable(`the token call was answered with status ${reply.status}`);
    const lifeMs = read.expiresInSeconds * 1000;
    const text = kinds.authorization(read.token);
    token = {
      text,
      endsAtMs: options.clock.monotonicMs() + lifeMs - Math.min(renewBeforeMs, lifeMs / 2),
    };
    return text;
  };

  const renewOnce = (): Promise<string | Denial> => {
    renewal ??= exchange()
      .catch(() => unusable('the references to the upstream client id and secret do not resolve'))
      .finally(() => {
        renewal = null;
      });
    return renewal;
  };

  return {
    authorization: () =>
      token && token.endsAtMs > options.clock.monotonicMs() ? token.text : renewOnce(),
    renew: async (used) => {
      if (token && token.text !== used) return true;
      token = null;
      const next = await renewOnce();
      return typeof next === 'string' && next !== used;
    },
  };
}

function parse(bytes: Uint8Array): Json {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Json;
  } catch {
    return null;
  }
}
