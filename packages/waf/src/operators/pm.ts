import { hexByteAt } from '../request/urlDecode.ts';
import { asciiLowerCase } from '../transformations/lowercase.ts';
import { AhoCorasick } from './ahoCorasick.ts';
import { OperatorError } from './operator.ts';
import type { Operator, OperatorInput } from './operator.ts';

/**
 * @pm
 *
 * Description: Whether the value contains one of the words, without regard to case.
 * Arguments: words separated by spaces; `|41 42|` stands for bytes.
 * Returns: true when it does; captures the word as it stands in the value in TX:0.
 * Example: `SecRule REQUEST_HEADERS:User-Agent "@pm nikto sqlmap" "id:1,deny"`
 */
export function pm({ argument }: OperatorInput): Operator {
  const words = splitWords(argument);
  if (words.length === 0) throw new OperatorError('no words to look for');
  return matchWords(words);
}

/** An operator that looks for words; the automaton is built when it is first needed. */
export function matchWords(words: readonly string[]): Operator {
  const required = [...new Set(words.map(asciiLowerCase))];
  let automaton: AhoCorasick | null = null;
  return {
    isPure: true,
    required,
    evaluate: (input, context) => {
      context.budget.left -= input.length;
      automaton ??= new AhoCorasick(required);
      const found = automaton.first(input);
      if (found === null) return false;
      if (context.wantsCapture) context.capture([input.slice(found.start, found.end)]);
      return true;
    },
  };
}

function splitWords(argument: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < argument.length; at++) {
    const character = argument.charAt(at);
    const bytes = character === '|' ? hexadecimalRun(argument, at + 1) : null;
    if (bytes !== null) {
      word += bytes.text;
      at = bytes.end;
    } else if (character !== ' ') word += character;
    else {
      words.push(word);
      word = '';
    }
  }
  return [...words, word].filter((candidate) => candidate !== '');
}

/** `41 42|` as bytes with the offset of its closing bar, or null when it is none. */
function hexadecimalRun(argument: string, start: number): { text: string; end: number } | null {
  const end = argument.indexOf('|', start);
  if (end <= start) return null;
  let text = '';
  for (const pair of argument.slice(start, end).split(' ')) {
    const byte = pair.length === 2 ? hexByteAt(pair, 0) : -1;
    if (byte < 0) return null;
    text += String.fromCharCode(byte);
  }
  return { text, end };
}
