import { verifiedNumber } from './verifiedNumber.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @verifySSN
 *
 * Description: Whether the value holds a United States social security number: nine digits that the pattern finds and that the issuing rules allow.
 * Arguments: a regular expression that finds candidates.
 * Returns: true when one is allowed; captures it in TX:0.
 * Example: `SecRule ARGS "@verifySSN \d{3}-?\d{2}-?\d{4}" "id:1,deny"`
 */
export function verifySSN(input: OperatorInput): Operator {
  return verifiedNumber(input, isIssuable);
}

function isIssuable(candidate: string): boolean {
  const digits = [...candidate]
    .filter((character) => character >= '0' && character <= '9')
    .join('');
  if (digits.length !== 9) return false;
  const area = Number(digits.slice(0, 3));
  const isAreaUsed = area > 0 && area !== 666 && area < 740;
  return isAreaUsed && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
}
