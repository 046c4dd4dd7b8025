import { byteAt, isLetter } from './bytes.ts';

const SCHEME_BYTES_MAX = 96;
const NAMED_REFERENCES: ReadonlyMap<string, string> = new Map([
  ['colon', ':'],
  ['tab', ''],
  ['newline', ''],
  ['lpar', '('],
  ['rpar', ')'],
  ['period', '.'],
]);
const SCRIPT_SCHEMES = ['javascript:', 'vbscript:', 'livescript:', 'jscript:', 'mocha:'];
const DOCUMENT_TYPES = [
  'text/html',
  'text/xml',
  'application/xhtml',
  'application/xml',
  'image/svg',
  'text/xsl',
  'application/javascript',
  'text/javascript',
  ',',
  ';',
];

/** Whether an attribute's value is an address that runs code when followed. */
export function isScriptAddress(value: string): boolean {
  const head = normalize(value);
  return SCRIPT_SCHEMES.some((scheme) => head.startsWith(scheme)) || isDocumentData(head);
}

/**
 * The same for a value that stands alone and might be prose: `JavaScript: The Good Parts` has the
 * scheme but no code behind it.
 */
export function isScriptAddressAlone(value: string): boolean {
  const head = normalize(value);
  if (isDocumentData(head)) return !head.startsWith('data:,') && !head.startsWith('data:;');
  const scheme = SCRIPT_SCHEMES.find((candidate) => head.startsWith(candidate));
  return scheme !== undefined && isCode(value.slice(0, 2048));
}

/** Whether text calls, assigns or evaluates something: a name right before `(`, a template, `[…](`, `=`. */
export function isCode(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const byte = text.charCodeAt(i);
    if (byte === 96) return true;
    if (byte === 40 && i > 0 && isCallee(text.charCodeAt(i - 1))) return true;
    if (byte === 61 && i > 0 && byteAt(text, i + 1) !== 32 && isCallee(text.charCodeAt(i - 1)))
      return true;
    if (byte === 37 && (text.startsWith('28', i + 1) || text.startsWith('60', i + 1))) return true;
  }
  return false;
}

function isCallee(byte: number): boolean {
  return (
    isLetter(byte) ||
    (byte >= 48 && byte <= 57) ||
    byte === 95 ||
    byte === 36 ||
    byte === 93 ||
    byte === 41 ||
    byte === 41 ||
    byte === 47
  );
}

function isDocumentData(head: string): boolean {
  return head.startsWith('data:') && DOCUMENT_TYPES.some((type) => head.startsWith(type, 5));
}

/** The head of an address as a browser reads it: references resolved, blanks and controls dropped, lower case. */
function normalize(value: string): string {
  let out = '';
  for (let i = 0; i < value.length && out.length < SCHEME_BYTES_MAX; i++) {
    const byte = value.charCodeAt(i);
    if (byte <= 32 || byte === 0xa0 || byte === 92) continue;
    if (byte !== 38) {
      out += value[i];
      continue;
    }
    const reference = readReference(value, i);
    out += reference.text;
    i = reference.end - 1;
  }
  return out.toLowerCase();
}

function readReference(value: string, start: number): { text: string; end: number } {
  const window = value.slice(start + 1, start + 16);
  const semicolon = window.indexOf(';');
  const name = semicolon < 0 ? '' : window.slice(0, semicolon).toLowerCase();
  const named = NAMED_REFERENCES.get(name);
  if (named !== undefined) return { text: named, end: start + semicolon + 2 };
  if (window[0] !== '#') return { text: '&', end: start + 1 };
  const hex = window[1] === 'x' || window[1] === 'X';
  let end = hex ? 2 : 1;
  let code = 0;
  for (; end < window.length; end++) {
    const digit = Number.parseInt(window[end] ?? '', hex ? 16 : 10);
    if (Number.isNaN(digit)) break;
    code = code * (hex ? 16 : 10) + digit;
  }
  if (window[end] === ';') end++;
  return { text: code > 32 && code < 256 ? String.fromCharCode(code) : '', end: start + 1 + end };
}
