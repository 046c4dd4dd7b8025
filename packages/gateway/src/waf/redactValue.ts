const shownMax = 8;

/** Variables whose values are, or may be, credentials. */
const secretName =
  /authorization|cookie|secret|password|passwd|token|credential|session|api[_-]?key|private[_-]?key/i;

/**
 * The first characters of a matched value and its length; of what may be a credential, the length alone.
 * `value` is a byte string.
 */
export function redactValue(variable: string, value: string): string {
  const length = `(${value.length} bytes)`;
  if (secretName.test(variable)) return length;
  const shown = Buffer.from(value.slice(0, 4 * shownMax), 'latin1').toString('utf8');
  const start = [...shown].slice(0, shownMax).join('');
  return value.length <= shownMax ? `${start} ${length}` : `${start}… ${length}`;
}
