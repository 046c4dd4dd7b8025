import { deny, isDenial, type Denial } from '../domain/denial.ts';
import type { Operation } from '../domain/operation.ts';
import type { BodySource, HeaderList, Received } from '../domain/received.ts';
import type { Json } from '../domain/shape.ts';
import type { Guard } from '../pipeline/guard.ts';
import { parseJson, type JsonLimits } from './json/parse.ts';
import type { Routed } from './routes.ts';

export interface WithContent {
  /** The body as it was read. */
  readonly content: {
    /** The bytes as they came; null when there is no body or it is streamed. */
    readonly bytes: Uint8Array | null;
    /** Undefined when there is no body or it is opaque. */
    readonly json: Json | undefined;
    /** An opaque body, not yet read. Throws {@link BodyRefused} where it turns out too large, too slow or malformed. */
    readonly stream: AsyncIterable<Uint8Array> | null;
  };
}

export interface BodyLimits extends JsonLimits {
  readonly jsonBytesMax: number;
  /** For opaque bodies, which are streamed. */
  readonly uploadBytesMax: number;
}

type Needs = Pick<Received, 'headers' | 'body'> & Pick<Routed, 'operation'>;

const none: WithContent = { content: { bytes: null, json: undefined, stream: null } };

/**
 * The body, in the one media type that the operation takes, whole and within limits, and read in the one way in which
 * every parser reads it. Opaque bodies are handed on unread. Always enforced.
 */
export function readBody(limits: BodyLimits): Guard<Needs, WithContent> {
  return {
    name: 'readBody',
    check: ({ headers, body, operation }) => {
      if (operation.body === null) return refuseBody(body);
      if (body.bytesDeclared === 0) return operation.body.required ? missing : none;
      const denial = checkHeaders(headers, operation.body);
      if (denial !== null) return denial;
      return operation.body.shape === null
        ? streamBody(body, limits.uploadBytesMax)
        : readJson(body, operation.body.required, limits);
    },
  };
}

async function readJson(
  source: BodySource,
  required: boolean,
  limits: BodyLimits,
): Promise<WithContent | Denial> {
  if (source.bytesDeclared !== null && source.bytesDeclared > limits.jsonBytesMax) {
    return tooLarge(limits.jsonBytesMax);
  }
  const bytes = await source.read(limits.jsonBytesMax);
  if (isDenial(bytes)) return bytes;
  if (bytes.length === 0) return required ? missing : none;
  const read = parseJson(bytes, limits);
  return 'malformed' in read
    ? malformed(read.malformed)
    : { content: { bytes, json: read.json, stream: null } };
}

function streamBody(source: BodySource, bytesMax: number): WithContent | Denial {
  if (source.bytesDeclared !== null && source.bytesDeclared > bytesMax) return tooLarge(bytesMax);
  return { content: { bytes: null, json: undefined, stream: source.stream(bytesMax) } };
}

/** A body of unknown length may still be empty. */
function refuseBody(source: BodySource): WithContent | Denial | Promise<WithContent | Denial> {
  if (source.bytesDeclared === 0) return none;
  if (source.bytesDeclared !== null) return unexpected;
  return source.read(0).then((bytes) => {
    if (!isDenial(bytes)) return none;
    return bytes.code === 'body_too_large' ? unexpected : bytes;
  });
}

function checkHeaders(
  headers: HeaderList,
  { mediaType }: NonNullable<Operation['body']>,
): Denial | null {
  if (headers.get('content-encoding') !== undefined) return encoded;
  return isMediaType(headers.get('content-type'), mediaType) ? null : wrongMediaType(mediaType);
}

/**
 * Exactly the operation's media type; JSON may say `charset=utf-8`, which it is anyway. Nothing looser: what a lenient
 * parser takes for JSON, another one takes for something else.
 */
function isMediaType(written: string | undefined, mediaType: string): boolean {
  if (written === undefined) return false;
  const text = written.toLowerCase();
  if (text === mediaType) return true;
  if (mediaType !== 'application/json' || !text.startsWith(mediaType)) return false;
  return /^[ \t]*;[ \t]*charset=(?:utf-8|"utf-8")$/.test(text.slice(mediaType.length));
}

const missing: Denial = deny('body_missing', {
  detail: { reason: 'the operation needs a body and none came', remedy: 'send the body' },
});

const unexpected: Denial = deny('body_unexpected', {
  detail: { reason: 'the operation takes no body and one came', remedy: 'send no body' },
});

const encoded: Denial = deny('content_coding_unsupported', {
  detail: {
    reason: 'the body has a Content-Encoding',
    remedy: 'send the body without Content-Encoding',
  },
});

const wrongMediaType = (mediaType: string): Denial =>
  deny('media_type_unsupported', {
    pointer: 'header:content-type',
    hint: `must be ${mediaType}`,
    detail: {
      reason: 'the Content-Type is not the one of the operation',
      remedy: `send Content-Type: ${mediaType}`,
    },
  });

const tooLarge = (bytesMax: number): Denial =>
  deny('body_too_large', {
    hint: `at most ${bytesMax} bytes`,
    detail: { reason: `the body is larger than ${bytesMax} bytes`, source: 'limits' },
  });

const malformed = (reason: string): Denial =>
  deny('body_malformed', {
    hint: reason,
    detail: { reason: `the body is refused: ${reason}`, remedy: 'send one plain JSON value' },
  });
