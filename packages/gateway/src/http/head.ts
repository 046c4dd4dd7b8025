import type { IncomingMessage } from 'node:http';
import { deny, type Denial } from '../domain/denial.ts';
import { malformed, readFraming, type Framing } from './framing.ts';
import { RawHeaderList } from './headerList.ts';
import type { FindHost } from './hosts.ts';
import type { Limits } from './limits.ts';
import { readTarget, type Target } from './target.ts';

/** The head of a request that has exactly one meaning. */
export interface Head extends Framing, Target {
  readonly method: string;
  /** Which of the served hosts is meant, canonical. */
  readonly host: string;
  readonly headers: RawHeaderList;
}

export interface HeadRules {
  readonly limits: Pick<Limits, 'headerCountMax' | 'targetBytesMax'>;
  readonly findHost: FindHost;
  readonly methods: ReadonlySet<string>;
}

/** Reads the head, or refuses it. The order: form of the message, host, target, method. */
export function readHead(request: IncomingMessage, rules: HeadRules): Head | Denial {
  const { headerCountMax, targetBytesMax } = rules.limits;
  if (request.rawHeaders.length > 2 * headerCountMax) return tooManyHeaders(headerCountMax);
  const headers = new RawHeaderList(request.rawHeaders);
  const framing = readFraming(request.httpVersion, headers);
  if ('denied' in framing) return framing;
  const raw = request.url!;
  if (raw.length > targetBytesMax) return tooLong(targetBytesMax);
  const authority = headers.get('host');
  if (authority === undefined) return malformed('there is no Host header');
  const host = rules.findHost(authority);
  if (host === null) return hostUnknown;
  const origin = toOriginForm(raw, host, rules.findHost);
  if (typeof origin === 'object') return origin;
  const target = readTarget(origin);
  if ('denied' in target) return target;
  const method = request.method!;
  if (!rules.methods.has(method) || headers.get('upgrade') !== undefined) {
    return methodUnsupported(rules.methods);
  }
  return { ...framing, ...target, method, host, headers };
}

const absoluteForm = /^https:\/\/([^/?#\\@]+)((?:[/?].*)?)$/i;

/** RFC 9112 section 3.2.2: an absolute target names the host, too. It must be the same host, or two readers disagree. */
function toOriginForm(raw: string, host: string, findHost: FindHost): string | Denial {
  if (raw.startsWith('/')) return raw;
  const match = absoluteForm.exec(raw);
  if (match === null) return targetForm;
  const [, authority, rest] = match;
  if (findHost(authority!) !== host) return hostUnknown;
  return rest!.startsWith('/') ? rest! : `/${rest!}`;
}

const targetForm: Denial = deny('target_invalid', {
  pointer: 'path',
  detail: { reason: 'the target is in neither origin nor absolute https form' },
});

const hostUnknown: Denial = deny('host_unknown', {
  pointer: 'header:host',
  detail: {
    reason: 'Host names no host that is served here',
    source: 'hosts of the listener',
    remedy: 'add the name to the hosts of the listener, or use a listed one',
  },
});

/** RFC 9110 section 15.5.6: a 405 lists what is allowed. */
export function methodUnsupported(methods: ReadonlySet<string>): Denial {
  return deny('method_unsupported', {
    headers: [['allow', [...methods].join(', ')]],
    detail: {
      reason: 'the method is not one of this listener, or Upgrade asks for another protocol',
    },
  });
}

function tooManyHeaders(max: number): Denial {
  return deny('headers_too_large', {
    hint: `At most ${max} headers.`,
    detail: { reason: `there are more than ${max} headers` },
  });
}

function tooLong(max: number): Denial {
  return deny('target_too_long', {
    hint: `At most ${max} bytes.`,
    detail: { reason: `the target is longer than ${max} bytes` },
  });
}
