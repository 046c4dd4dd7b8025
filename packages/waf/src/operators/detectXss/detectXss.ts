import type { Budget } from '../../regex/regex.ts';
import { isScriptAddressAlone } from './address.ts';
import { hasAttributeBreakout } from './attributeBreakout.ts';
import { hasActiveMarkup } from './markup.ts';
import { hasScriptBreakout } from './scriptBreakout.ts';

const PASSES = 3;

/**
 * Whether a value would run script in a page it is pasted into: as markup, inside an attribute
 * (unquoted or in either quote), as an address, or inside a string of a script.
 * See docs/how-detection-decides.md.
 *
 * @param input latin1 byte string
 * @param budget one step is subtracted per byte and pass; below zero the answer is false and the
 *   caller must fail closed
 */
export function detectXss(input: string, budget: Budget): boolean {
  budget.left -= PASSES * input.length;
  if (budget.left < 0) return false;
  return (
    hasActiveMarkup(input) ||
    isScriptAddressAlone(input) ||
    hasAttributeBreakout(input) ||
    hasScriptBreakout(input)
  );
}
