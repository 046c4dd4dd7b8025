const MARKERS = [
  'expression(',
  'javascript:',
  'vbscript:',
  '-moz-binding',
  'behavior:',
  'behaviour:',
  '@import',
];
const STYLE_BYTES_MAX = 4096;

/** Whether CSS calls script: old engines' expressions, bindings and behaviours, script addresses, imports. */
export function isStyleAttack(css: string): boolean {
  const flat = withoutComments(css.slice(0, STYLE_BYTES_MAX));
  return MARKERS.some((marker) => flat.includes(marker));
}

/** Lower case, without comments, blanks, controls and backslashes, all of which CSS lets stand inside words. */
function withoutComments(css: string): string {
  let out = '';
  for (let i = 0; i < css.length; i++) {
    const byte = css.charCodeAt(i);
    if (byte === 47 && css[i + 1] === '*') {
      const close = css.indexOf('*/', i + 2);
      if (close < 0) break;
      i = close + 1;
    } else if (byte > 32 && byte !== 92) {
      out += css[i];
    }
  }
  return out.toLowerCase();
}
