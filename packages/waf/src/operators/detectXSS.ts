import { detectXss } from './detectXss/detectXss.ts';
import type { Operator } from './operator.ts';

/**
 * @detectXSS
 *
 * Description: Whether the value would inject script, by tokenizing it as the several HTML contexts would.
 * Arguments: none.
 * Returns: true when it would.
 * Example: `SecRule ARGS "@detectXSS" "id:1,deny"`
 */
export function detectXSS(): Operator {
  return {
    isPure: true,
    requiredBytes: BYTES_OF_MARKUP,
    evaluate: (input, { budget }) => detectXss(input, budget),
  };
}

/** Markup needs `<`, an attribute `=`, a script's string a quote, an address a colon or a reference to one. */
const BYTES_OF_MARKUP = new Uint8Array(256);
for (const character of '<="\'`:&') BYTES_OF_MARKUP[character.charCodeAt(0)] = 1;
