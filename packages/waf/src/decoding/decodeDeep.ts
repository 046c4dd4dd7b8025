import type { Budget } from '../regex/regex.ts';
import { decodeBase64Texts } from './base64Text.ts';
import { decodeJsonStrings } from './jsonStrings.ts';
import { decodePercent } from './percentText.ts';

/** Bounds of deep decoding for one value. */
export interface DeepDecodingLimits {
  /** How many encodings may be wrapped in each other. */
  readonly layersMax: number;
  /** Decoded texts in all. */
  readonly countMax: number;
  /** Bytes of all decoded texts together. */
  readonly bytesMax: number;
}

export const DEEP_DECODING_LIMITS: DeepDecodingLimits = {
  layersMax: 3,
  countMax: 64,
  bytesMax: 262_144,
};

/** Values shorter than this hold no payload in any of the encodings. */
const VALUE_BYTES_MIN = 6;

type Decoder = (text: string) => readonly string[];

const DECODERS: readonly Decoder[] = [decodeJsonStrings, decodeBase64Texts, decodePercent];

/**
 * The texts that are wrapped in a value: base64 and base64url, strings inside JSON, percent encoding
 * that is left after the request's own decoding. A wrapped text counts only when it is plausible:
 * valid UTF-8 without control characters, or JSON that parses. Layers are unwrapped breadth first.
 *
 * The result may be cut by the limits; it never holds the value itself.
 *
 * @param value latin1 byte string, as are the results
 * @param budget one step is subtracted per byte looked at; below zero nothing more is decoded and the
 *   caller must fail closed
 */
export function decodeDeep(value: string, limits: DeepDecodingLimits, budget: Budget): string[] {
  const found = new Set<string>();
  let bytesLeft = limits.bytesMax;
  let layer: readonly string[] = [value];
  for (let depth = 0; depth < limits.layersMax && layer.length > 0; depth++) {
    const next: string[] = [];
    for (const text of layer.flatMap((wrapped) => decodeOnce(wrapped, budget))) {
      if (text === value || found.has(text)) continue;
      bytesLeft -= text.length;
      if (found.size >= limits.countMax || bytesLeft < 0 || budget.left < 0) return [...found];
      found.add(text);
      next.push(text);
    }
    layer = next;
  }
  return [...found];
}

function decodeOnce(text: string, budget: Budget): readonly string[] {
  if (text.length < VALUE_BYTES_MIN || budget.left < 0) return [];
  budget.left -= DECODERS.length * text.length;
  return DECODERS.flatMap((decode) => decode(text));
}
