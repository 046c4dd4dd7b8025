import type { Json } from '../../domain/shape.ts';
import { scanJson } from './scan.ts';

export interface JsonLimits {
  /** Nested objects and arrays. */
  readonly depthMax: number;
  /** Members and array items together. */
  readonly valuesMax: number;
}

/** Why bytes are not one plain JSON value. */
export interface Malformed {
  readonly malformed: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one JSON value (RFC 8259) that every parser reads alike: UTF-8 without a byte order mark, no member twice, no
 * lone surrogate, no number beyond the range of doubles, no member `__proto__`. Limits are checked before anything is
 * built, so that a small text cannot become a large structure.
 */
export function parseJson(
  bytes: Uint8Array,
  limits: JsonLimits,
): { readonly json: Json } | Malformed {
  const counts = scanJson(bytes);
  if (counts.depthMax > limits.depthMax)
    return { malformed: `nested deeper than ${limits.depthMax}` };
  if (counts.values > limits.valuesMax)
    return { malformed: `more than ${limits.valuesMax} values` };
  let json: Json;
  try {
    json = JSON.parse(utf8.decode(bytes)) as Json;
  } catch {
    return { malformed: 'not one JSON value in UTF-8' };
  }
  const audit = new Audit();
  const flaw = audit.visit(json);
  if (flaw !== null) return { malformed: flaw };
  // The parser keeps one of two members of the same name: then the text has more of them than the value.
  if (audit.members !== counts.members) return { malformed: 'a member stands twice in an object' };
  return { json };
}

class Audit {
  members = 0;

  visit(value: Json): string | null {
    if (typeof value === 'string') return value.isWellFormed() ? null : loneSurrogate;
    if (typeof value === 'number')
      return Number.isFinite(value) ? null : 'a number is out of range';
    if (typeof value !== 'object' || value === null) return null;
    return Array.isArray(value)
      ? this.#visitItems(value as readonly Json[])
      : this.#visitMembers(value as { readonly [member: string]: Json });
  }

  #visitItems(items: readonly Json[]): string | null {
    for (const item of items) {
      const flaw = this.visit(item);
      if (flaw !== null) return flaw;
    }
    return null;
  }

  #visitMembers(value: { readonly [member: string]: Json }): string | null {
    for (const name of Object.keys(value)) {
      this.members += 1;
      if (name === '__proto__') return 'a member is named __proto__';
      const flaw = name.isWellFormed() ? this.visit(value[name]!) : loneSurrogate;
      if (flaw !== null) return flaw;
    }
    return null;
  }
}

const loneSurrogate = 'half a surrogate pair';
