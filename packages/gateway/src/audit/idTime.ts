const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** How the ids that begin with a time write it: the prefix, the digits, how many. */
const forms = [
  { prefix: 'req_', digits: base32, length: 10 },
  { prefix: 'adm_', digits: base62, length: 8 },
] as const;

/** The time in an id, in milliseconds since 1970; null for ids without one. Only a hint where to look first. */
export function idTimeMs(id: string): number | null {
  const form = forms.find(({ prefix }) => id.startsWith(prefix));
  if (!form) return null;
  const text = id.slice(form.prefix.length, form.prefix.length + form.length);
  const values = Array.from(text, (digit) => form.digits.indexOf(digit));
  if (values.length < form.length || values.includes(-1)) return null;
  return values.reduce((sum, value) => sum * form.digits.length + value, 0);
}
