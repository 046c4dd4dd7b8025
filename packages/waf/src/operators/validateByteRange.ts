import { OperatorError } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @validateByteRange
 *
 * Description: Whether the value has a byte outside the allowed ranges.
 * Arguments: numbers and ranges, `32-126,9`.
 * Returns: true when it has.
 * Example: `SecRule ARGS "@validateByteRange 1-255" "id:1,deny"`
 */
export function validateByteRange({ argument }: OperatorInput): Operator {
  const refused = refusedBytes(argument);
  return {
    isPure: true,
    requiredBytes: refused,
    evaluate: (input, { budget }) => {
      budget.left -= input.length;
      for (let at = 0; at < input.length; at++) {
        if (refused[input.charCodeAt(at)] === 1) return true;
      }
      return false;
    },
  };
}

function refusedBytes(argument: string): Uint8Array {
  const refused = new Uint8Array(256).fill(1);
  let offset = 0;
  for (const part of argument.split(',')) {
    const [first = '', last = first] = part.trim().split('-');
    const low = Number(first);
    const high = Number(last);
    if (part.trim() === '' || !isByte(low) || !isByte(high) || low > high) {
      throw new OperatorError(`"${part.trim()}" is no byte or range of bytes`, offset);
    }
    refused.fill(0, low, high + 1);
    offset += part.length + 1;
  }
  return refused;
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
