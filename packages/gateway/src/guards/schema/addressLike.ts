/**
 * Every scheme-relative text, and every text with a scheme that fetchers follow even without slashes; `data:` fetches
 * nothing. Leading blanks of any kind and control characters are skipped, as whoever reads addresses may skip them.
 */
const addressLike =
  // oxlint-disable-next-line no-control-regex
  /^[\0-\x20\s]*(?:(?:[a-z][a-z0-9+.-]{0,31}:)?[\\/]{2}|(?:https?|ftps?|file|gopher|dict|ldaps?|jar|s3|gs|smb|sftp|ssh):)/i;

/** Whether a text may be taken for an absolute address by whoever fetches it. */
export function isAddressLike(text: string): boolean {
  return addressLike.test(text);
}
