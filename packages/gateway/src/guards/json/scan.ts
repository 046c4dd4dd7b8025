/** Counts of a JSON text, taken from its bytes before anything is built from them. */
export interface JsonCounts {
  readonly depthMax: number;
  /** Members of all objects. */
  readonly members: number;
  /** Members and array items; at most, for malformed text. */
  readonly values: number;
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * One pass over the bytes. It trusts nothing but that structure stands outside of quotes; the parser decides about the
 * rest. In UTF-8 no byte of a longer character equals one of the structural ones.
 */
export function scanJson(bytes: Uint8Array): JsonCounts {
  let depth = 0;
  let depthMax = 0;
  let members = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case quote:
        at = endOfText(bytes, at);
        break;
      case 0x7b: // {
      case 0x5b: // [
        depth += 1;
        if (depth > depthMax) depthMax = depth;
        values += 1;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1;
        break;
      case 0x3a: // :
        members += 1;
        break;
      case 0x2c: // ,
        values += 1;
        break;
      default:
    }
  }
  return { depthMax, members, values };
}

/** The position of the closing quote, or the end of the bytes. */
function endOfText(bytes: Uint8Array, openedAt: number): number {
  let at = openedAt + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}
