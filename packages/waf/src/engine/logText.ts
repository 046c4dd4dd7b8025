import { captureMacro } from '../request/macro.ts';
import type { Macro } from '../request/macro.ts';
import type { RuleLink } from '../seclang/rule.ts';
import type { VariableStore } from '../request/variableStore.ts';

const LOG_CHARS_MAX = 4096;

/** A msg or logdata with its values in it, as one bounded line: control characters become `\xHH`. */
export function logText(macro: Macro | null, store: VariableStore): string {
  if (macro === null) return '';
  return macro.constant ?? escapeControls(captureMacro(macro, store)(LOG_CHARS_MAX));
}

/** msg and logdata of a match. */
export interface LogTexts {
  readonly message: string;
  readonly logData: string;
}

/** The texts of a link with the values of now, each put together when it is first read. */
export function deferredLogTexts(
  link: Pick<RuleLink, 'message' | 'logData'>,
  store: VariableStore,
): LogTexts {
  const message = deferredLogText(link.message, store);
  const logData = deferredLogText(link.logData, store);
  return {
    get message() {
      return message();
    },
    get logData() {
      return logData();
    },
  };
}

/** Adds texts to what they belong to without reading them. */
export function withLogTexts<Item>(item: Item, texts: LogTexts): Item & LogTexts {
  return {
    ...item,
    get message() {
      return texts.message;
    },
    get logData() {
      return texts.logData;
    },
  };
}

/** The same as `logText` with the values of now, but put together when it is first asked for. */
function deferredLogText(macro: Macro | null, store: VariableStore): () => string {
  if (macro === null || macro.constant !== null) return () => macro?.constant ?? '';
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
