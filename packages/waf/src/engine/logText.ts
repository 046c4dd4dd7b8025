import { captureMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import type { VariableStore } from '../request/variableStore.ts';

const LOG_CHARS_MAX = 4096;

/**
 * A msg or logdata with the values that the variables have now, as one bounded line: control
 * characters become `\xHH`. Put together when it is asked for.
 */
export function logText(macro: Macro | null, store: VariableStore): () => string {
  if (macro === null) return () => '';
  const { constant } = macro;
  if (constant !== null) return () => constant;
  const expand = captureMacro(macro, store);
  let text: string | null = null;
  return () => (text ??= escapeControls(expand(LOG_CHARS_MAX)));
}

function escapeControls(text: string): string {
  let escaped = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code !== 0x7f) continue;
    escaped += `${text.slice(copied, at)}\\x${code.toString(16).padStart(2, '0')}`;
    copied = at + 1;
  }
  return escaped + text.slice(copied);
}
