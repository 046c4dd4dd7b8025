const TEXT_BYTES_MIN = 4;
const DELETE = 127;

/** Whether bytes are text that someone meant: valid UTF-8 and no control characters but white space. */
export function isPlausibleText(bytes: string): boolean {
  if (bytes.length < TEXT_BYTES_MIN || !isUtf8(bytes)) return false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes.charCodeAt(at);
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === DELETE) return false;
  }
  return true;
}

/** Whether bytes are UTF-8, without regard to which characters. */
export function isUtf8(bytes: string): boolean {
  let position = 0;
  while (position < bytes.length) {
    const length = characterLength(bytes, position);
    if (length === 0) return false;
    position += length;
  }
  return true;
}

/** Bytes of the UTF-8 character at the position; 0 when there is none. */
function characterLength(bytes: string, position: number): number {
  const lead = bytes.charCodeAt(position);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (position + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) {
    if ((bytes.charCodeAt(position + i) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
