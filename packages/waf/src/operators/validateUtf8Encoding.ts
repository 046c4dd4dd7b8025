import type { Operator } from './operator.ts';

/**
 * @validateUtf8Encoding
 *
 * Description: Whether the value is no UTF-8 (RFC 3629): a stray, missing or overlong byte, a surrogate, or a code point above U+10FFFF.
 * Arguments: none.
 * Returns: true when it is none.
 * Example: `SecRule ARGS "@validateUtf8Encoding" "id:1,deny"`
 */
export function validateUtf8Encoding(): Operator {
  const requiredBytes = new Uint8Array(256).fill(1, 0x80);
  return {
    isPure: true,
    requiredBytes,
    evaluate: (input, { budget }) => {
      budget.left -= input.length;
      for (let at = 0; at < input.length;) {
        const length = sequenceLength(input, at);
        if (length === 0) return true;
        at += length;
      }
      return false;
    },
  };
}

/** Length of the valid sequence at an offset, or 0. The bounds of the second byte refuse overlong forms and surrogates. */
function sequenceLength(input: string, at: number): number {
  const lead = input.charCodeAt(at);
  if (lead < 0x80) return 1;
  const second = input.charCodeAt(at + 1);
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && isTail(input.charCodeAt(at + 2)) ? 3 : 0;
  }
  if (lead < 0xf0 || lead > 0xf4) return 0;
  const low = lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xf4 ? 0x8f : 0xbf;
  const hasTails = isTail(input.charCodeAt(at + 2)) && isTail(input.charCodeAt(at + 3));
  return second >= low && second <= high && hasTails ? 4 : 0;
}

function isTail(code: number): boolean {
  return code >= 0x80 && code <= 0xbf;
}
