import { MacroError, parseMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import { WRITABLE_COLLECTIONS } from '../request/variableStore.ts';
import type { WritableCollection } from '../request/variableStore.ts';
import { tokenError } from './lexer.ts';
import type { WrittenAction } from './actionList.ts';
import type { SetVariable } from './effect.ts';

/** Parse the value of setvar: `tx.a=1`, `tx.a=+1`, `tx.a=-1`, `tx.a`, `!tx.a`; key and value may hold macros. */
export function parseSetVariable(action: WrittenAction): SetVariable {
  const { value } = action;
  const isDelete = value.startsWith('!');
  const equals = value.indexOf('=');
  const place = value.slice(isDelete ? 1 : 0, equals === -1 ? undefined : equals).trim();
  const dot = firstOf(place, '.:');
  const collection = dot === -1 ? null : writableCollection(place.slice(0, dot));
  if (collection === null || dot === place.length - 1) {
    throw tokenError(
      action.token,
      action.valueOffset,
      `setvar needs a place such as tx.name, not "${place}"`,
    );
  }
  const key = macro(action, place.slice(dot + 1));
  const written = equals === -1 ? '1' : value.slice(equals + 1);
  if (isDelete)
    return { kind: 'setvar', collection, key, operation: 'delete', value: macro(action, '') };
  const sign = written.charAt(0);
  if (sign === '+' || sign === '-') {
    const operation = sign === '+' ? 'add' : 'subtract';
    return { kind: 'setvar', collection, key, operation, value: macro(action, written.slice(1)) };
  }
  return { kind: 'setvar', collection, key, operation: 'set', value: macro(action, written) };
}

/** The writable collection of a name in any case, or null. */
export function writableCollection(name: string): WritableCollection | null {
  const upper = name.trim().toUpperCase();
  return WRITABLE_COLLECTIONS.find((collection) => collection === upper) ?? null;
}

function macro(action: WrittenAction, text: string): Macro {
  try {
    return parseMacro(text);
  } catch (error) {
    if (!(error instanceof MacroError)) throw error;
    throw tokenError(action.token, action.valueOffset, error.message);
  }
}

function firstOf(text: string, characters: string): number {
  for (let at = 0; at < text.length; at++) {
    if (characters.includes(text.charAt(at))) return at;
  }
  return -1;
}
