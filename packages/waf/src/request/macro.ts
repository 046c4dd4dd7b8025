import type { Entry } from './entry.ts';
import { VARIABLES } from './variables.ts';
import type { Variable } from './variables.ts';
import type { VariableStore } from './variableStore.ts';

interface MacroReference {
  readonly variable: Variable;
  /** Lower-case key, or null for the first entry of the variable. */
  readonly key: string | null;
}

/** A text with `%{NAME}` or `%{NAME.key}` in it. */
export interface Macro {
  readonly source: string;
  /** The text itself when there is nothing to expand. */
  readonly constant: string | null;
  readonly parts: readonly (string | MacroReference)[];
}

/** A macro that names no known variable. */
export class MacroError extends Error {
  readonly offset: number;
  readonly variable: string;

  constructor(variable: string, offset: number) {
    super(`unknown variable "${variable}" in a macro`);
    this.name = 'MacroError';
    this.variable = variable;
    this.offset = offset;
  }
}

/** Parse the macros of a text; throws MacroError. `%{` that is no macro stays text. */
export function parseMacro(source: string): Macro {
  const parts: (string | MacroReference)[] = [];
  let at = 0;
  for (let open = source.indexOf('%{'); open !== -1; open = source.indexOf('%{', open + 2)) {
    const close = source.indexOf('}', open);
    const inner = close === -1 ? '' : source.slice(open + 2, close);
    if (!isReference(inner)) continue;
    if (open > at) parts.push(source.slice(at, open));
    parts.push(parseReference(inner, open));
    at = close + 1;
  }
  if (parts.length === 0) return { source, constant: source, parts: [source] };
  if (at < source.length) parts.push(source.slice(at));
  return { source, constant: null, parts };
}

/** The text with the current values in it; what is not set is empty. */
export function expandMacro(macro: Macro, store: VariableStore): string {
  if (macro.constant !== null) return macro.constant;
  let text = '';
  for (const part of macro.parts) text += typeof part === 'string' ? part : valueOf(part, store);
  return text;
}

/**
 * Take hold of the values that a macro names now, to expand it later, cut at a length. Values that
 * are found when they are first read are not found before.
 */
export function captureMacro(macro: Macro, store: VariableStore): (charsMax: number) => string {
  const parts = macro.parts.map((part) => (typeof part === 'string' ? part : entryOf(part, store)));
  return (charsMax) => {
    let text = '';
    for (const part of parts) {
      if (text.length >= charsMax) break;
      const whole = typeof part === 'string' ? part : (part?.value ?? '');
      text += whole.slice(0, charsMax - text.length);
    }
    return text;
  };
}

function valueOf(reference: MacroReference, store: VariableStore): string {
  return entryOf(reference, store)?.value ?? '';
}

function entryOf({ variable, key }: MacroReference, store: VariableStore): Entry | undefined {
  if (key === null) return variable.read(store)[0];
  if (variable.find !== undefined) return variable.find(store, key)[0];
  return variable.read(store).find((entry) => entry.lowerKey === key);
}

function isReference(inner: string): boolean {
  const first = inner.charAt(0).toLowerCase();
  return first >= 'a' && first <= 'z' && !inner.includes('{') && !inner.includes(' ');
}

function parseReference(inner: string, offset: number): MacroReference {
  const cut = firstSeparator(inner);
  const name = (cut === -1 ? inner : inner.slice(0, cut)).toUpperCase();
  const variable = VARIABLES.get(name);
  if (variable === undefined) throw new MacroError(name, offset);
  return { variable, key: cut === -1 ? null : inner.slice(cut + 1).toLowerCase() };
}

function firstSeparator(inner: string): number {
  const dot = inner.indexOf('.');
  const colon = inner.indexOf(':');
  if (dot === -1 || colon === -1) return Math.max(dot, colon);
  return Math.min(dot, colon);
}
