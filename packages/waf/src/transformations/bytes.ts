const CHUNK_BYTES = 8192;

/** Bytes as a latin1 byte string. */
export function fromBytes(bytes: Uint8Array, length = bytes.length): string {
  if (length <= CHUNK_BYTES) return String.fromCharCode(...bytes.subarray(0, length));
  let text = '';
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(length, at + CHUNK_BYTES)));
  }
  return text;
}
