import { compileRegex } from '../regex/regex.ts';
import { RegexSyntaxError } from '../regex/regexSyntaxError.ts';
import { OperatorError } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

const CANDIDATES_MAX = 32;

/** An operator that finds candidates by a pattern and checks each. */
export function verifiedNumber(
  { argument }: OperatorInput,
  isValid: (candidate: string) => boolean,
): Operator {
  const regex = compile(argument);
  return {
    isPure: true,
    required: regex.required,
    requiredBytes: regex.requiredBytes,
    evaluate: (input, context) => {
      let rest = input;
      for (let count = 0; count < CANDIDATES_MAX; count++) {
        const candidate = regex.exec(rest, context.budget)?.[0];
        if (candidate === undefined || candidate === '') return false;
        if (isValid(candidate)) {
          if (context.wantsCapture) context.capture([candidate]);
          return true;
        }
        rest = rest.slice(rest.indexOf(candidate) + candidate.length);
      }
      return false;
    },
  };
}

function compile(pattern: string): ReturnType<typeof compileRegex> {
  try {
    return compileRegex(pattern, { dotAll: true });
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw new OperatorError(error.message, error.offset);
  }
}
