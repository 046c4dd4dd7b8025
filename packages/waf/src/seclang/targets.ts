import { compileRegex } from '../regex/regex.ts';
import { RegexSyntaxError } from '../regex/regexSyntaxError.ts';
import { VARIABLES } from '../request/variables.ts';
import { XPathError, xmlVariable } from '../request/xmlPath.ts';
import type { Variable } from '../request/variables.ts';
import { didYouMean } from './didYouMean.ts';
import { tokenError } from './lexer.ts';
import type { Token } from './lexer.ts';
import type { Exclusion, Selector, Target } from './target.ts';

export interface ParsedTargets {
  readonly targets: readonly Target[];
  readonly exclusions: readonly Exclusion[];
}

/** Parse `ARGS|!ARGS:name|&REQUEST_HEADERS:Host`; a comma separates as well as a bar. */
export function parseTargets(token: Token): ParsedTargets {
  const targets: Target[] = [];
  const exclusions: Exclusion[] = [];
  for (const { text, offset } of splitTargets(token.text)) {
    if (text === '') throw tokenError(token, offset, 'the name of a variable is missing');
    if (text.startsWith('!')) {
      exclusions.push(parseExclusion(token, text.slice(1), offset + 1));
      continue;
    }
    const isCount = text.startsWith('&');
    const named = parseNamed(token, isCount ? text.slice(1) : text, offset + (isCount ? 1 : 0));
    targets.push({ ...named, isCount });
  }
  return { targets, exclusions };
}

/** Parse `ARGS:name` as what a rule is not to look at. */
export function parseExclusion(token: Token, text: string, offset: number): Exclusion {
  const colon = text.indexOf(':');
  const name = (colon === -1 ? text : text.slice(0, colon)).toUpperCase();
  if (name === 'XML') {
    const path = colon === -1 ? null : text.slice(colon + 1).toLowerCase();
    return { variable: name, selector: path === null ? null : { kind: 'key', key: path } };
  }
  const { variable, selector } = parseNamed(token, text, offset);
  return { variable: variable.name, selector };
}

function parseNamed(
  token: Token,
  text: string,
  offset: number,
): { variable: Variable; selector: Selector | null } {
  const colon = text.indexOf(':');
  const name = (colon === -1 ? text : text.slice(0, colon)).toUpperCase();
  const key = colon === -1 ? null : unquoted(text.slice(colon + 1));
  if (name === 'XML') return { variable: xmlTarget(token, key ?? '/*', offset), selector: null };
  const variable = VARIABLES.get(name);
  if (variable === undefined) {
    throw tokenError(
      token,
      offset,
      `unknown variable "${name}"${didYouMean(name, VARIABLES.keys())}`,
    );
  }
  if (key === null) return { variable, selector: null };
  if (!variable.isCollection) {
    throw tokenError(token, offset, `${name} is no collection, so it has no "${key}"`);
  }
  return { variable, selector: parseSelector(token, key, offset + colon + 1) };
}

function xmlTarget(token: Token, path: string, offset: number): Variable {
  try {
    return xmlVariable(path);
  } catch (error) {
    if (!(error instanceof XPathError)) throw error;
    throw tokenError(token, offset, error.message);
  }
}

function parseSelector(token: Token, key: string, offset: number): Selector {
  const isPattern = key.length > 2 && key.startsWith('/') && key.endsWith('/');
  if (!isPattern) return { kind: 'key', key: key.toLowerCase() };
  try {
    return { kind: 'pattern', regex: compileRegex(key.slice(1, -1), { ignoreCase: true }) };
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    throw tokenError(token, offset + 1 + error.offset, error.message);
  }
}

function unquoted(text: string): string {
  const isQuoted = text.length >= 2 && text.startsWith("'") && text.endsWith("'");
  return isQuoted ? text.slice(1, -1) : text;
}

/** Split at bars and commas that stand outside of `/pattern/` and quotes. */
function splitTargets(text: string): { text: string; offset: number }[] {
  const parts: { text: string; offset: number }[] = [];
  let start = 0;
  let closing = '';
  for (let at = 0; at <= text.length; at++) {
    const character = text.charAt(at);
    if (closing !== '') {
      if (character === '\\') at++;
      else if (character === closing) closing = '';
    } else if (text[at - 1] === ':' && (character === "'" || opensPattern(text, at))) {
      closing = character;
    }
    if (at === text.length || (closing === '' && (character === '|' || character === ','))) {
      const part = text.slice(start, at);
      parts.push({ text: part.trim(), offset: start + part.length - part.trimStart().length });
      start = at + 1;
    }
  }
  return parts;
}

/** A slash opens a pattern unless it begins a path, as in `XML:/*` and `XML://@*`. */
function opensPattern(text: string, at: number): boolean {
  return text[at] === '/' && text.slice(Math.max(0, at - 4), at).toUpperCase() !== 'XML:';
}
