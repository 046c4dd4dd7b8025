import { compileRegex } from '../regex/regex.ts';
import { RegexSyntaxError } from '../regex/regexSyntaxError.ts';
import type { StateMemory } from '../regex/stateMemory.ts';
import type { Budget, Regex } from '../regex/regex.ts';
import { expandMacro, parseMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import { OperatorError } from './operator.ts';
import type {
  Captures,
  DeferredCaptures,
  Operator,
  OperatorContext,
  OperatorInput,
} from './operator.ts';

/**
 * @rx
 *
 * Description: Whether a regular expression matches somewhere in the value. Dot matches line ends, `$` the end, also before a last line end. Linear in the value, but for patterns with back-references, which the budget bounds.
 * Arguments: the pattern; macros that name TX are expanded when the rule runs.
 * Returns: true when it does; captures the match and its groups in TX:0 to TX:9.
 * Example: `SecRule ARGS "@rx (?i)union\s+select" "id:1,deny"`
 */
export function rx({ argument, memory }: OperatorInput): Operator {
  const macro = parseMacro(argument);
  return macro.constant === null ? expandingRegex(macro, memory) : fixedRegex(argument, memory);
}

const FLAGS = { dotAll: true };

function fixedRegex(pattern: string, memory: StateMemory): Operator {
  const regex = compileOrRefuse(pattern, memory);
  return {
    isPure: true,
    required: regex.required,
    requiredBytes: regex.requiredBytes,
    necessary: pattern,
    evaluate: (input, context) => matches(regex, input, context),
  };
}

function matches(regex: Regex, input: string, context: OperatorContext): boolean {
  if (!regex.test(input, context.budget)) return false;
  if (!context.wantsCapture) return true;
  const { budget } = context;
  const isShort = input.length <= SHORT_BYTES_MAX;
  context.capture(isShort ? (regex.exec(input, budget) ?? []) : deferred(regex, input, budget));
  return true;
}

/** In a text as short as this, captures are found as quickly as put off. */
const SHORT_BYTES_MAX = 256;

function deferred(regex: Regex, input: string, budget: Budget): DeferredCaptures {
  let found: Captures | null = null;
  return {
    count: regex.groups + 1,
    find: () => (found ??= regex.exec(input, budget) ?? []),
  };
}

const EXPANDED_PATTERNS_MAX = 64;
const PATTERN_CHARS_MAX = 4096;

/** A pattern that is only known when the rule runs; one that cannot be compiled never matches. */
function expandingRegex(macro: Macro, memory: StateMemory): Operator {
  const compiled = new Map<string, Regex | null>();
  return {
    isPure: false,
    macro,
    evaluate: (input, context) => {
      const pattern = expandMacro(macro, context.store);
      let regex = compiled.get(pattern);
      if (regex === undefined) {
        regex = compileOrNull(pattern, memory);
        if (compiled.size >= EXPANDED_PATTERNS_MAX) compiled.clear();
        compiled.set(pattern, regex);
      }
      return regex !== null && matches(regex, input, context);
    },
  };
}

function compileOrRefuse(pattern: string, memory: StateMemory): Regex {
  try {
    return compileRegex(pattern, FLAGS, memory);
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw new OperatorError(error.message, error.offset);
  }
}

function compileOrNull(pattern: string, memory: StateMemory): Regex | null {
  if (pattern.length > PATTERN_CHARS_MAX) return null;
  try {
    return compileRegex(pattern, FLAGS, memory);
  } catch {
    return null;
  }
}
