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

function valueOf({ variable, key }: MacroReference, store: VariableStore): string {
  if (key === null) return variable.read(store)[0]?.value ?? '';
  if (variable.find !== undefined) return variable.find(store, key)[0]?.value ?? '';
  return variable.read(store).find((entry) => entry.lowerKey === key)?.value ?? '';
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
