/**
 * What two spellings of the address of one file have in common: scheme, host, port and decoded path. Query and fragment
 * do not choose another file where this is used. Null for what is no address.
 */
export function canonicalAddress(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.host === '') return null;
  return `${url.protocol}//${url.host}${decodePath(url.pathname)}`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
