import type { IdCreation } from '../domain/operation.ts';
import type { Json } from '../domain/shape.ts';
import type { UpstreamReply } from '../ports/upstream.ts';

/** The reply's JSON; undefined when it was streamed or is none. */
export function replyJson({ body }: UpstreamReply): Json | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
  } catch {
    return undefined;
  }
}

export const isEmpty = ({ body }: UpstreamReply): boolean =>
  body instanceof Uint8Array && body.length === 0;

export const isSuccess = ({ status }: UpstreamReply): boolean => status >= 200 && status < 300;

/** The distinct ids that a value tells at the pointers (RFC 6901). Texts and whole numbers are ids; nothing else is. */
export function idsAt(value: Json, { pointers }: IdCreation): readonly string[] {
  const ids = pointers.map((pointer) => toId(valueAt(value, pointer)));
  return [...new Set(ids.filter((id) => id !== null))];
}

function toId(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const name of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, Json>>)[name];
  }
  return at;
}
