import { verifiedNumber } from './verifiedNumber.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @verifyCC
 *
 * Description: Whether the value holds a payment card number: digits that the pattern finds and that pass the Luhn check (ISO/IEC 7812-1, annex B).
 * Arguments: a regular expression that finds candidates.
 * Returns: true when one passes; captures it in TX:0.
 * Example: `SecRule ARGS "@verifyCC \d{13,16}" "id:1,deny"`
 */
export function verifyCC(input: OperatorInput): Operator {
  return verifiedNumber(input, passesLuhn);
}

function passesLuhn(candidate: string): boolean {
  let sum = 0;
  let isSecond = false;
  let digits = 0;
  for (let at = candidate.length - 1; at >= 0; at--) {
    const digit = candidate.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) continue;
    digits++;
    const doubled = isSecond ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
    isSecond = !isSecond;
  }
  return digits > 0 && sum % 10 === 0;
}
