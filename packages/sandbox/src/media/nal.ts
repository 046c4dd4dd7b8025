/**
 * A NAL unit: header with the highest reference priority and the type, then the payload, in which a 3 is put
 * wherever the bytes would look like a start code (ITU-T H.264, clause 7.3.1, emulation prevention).
 */
export function nal(type: number, payload: Buffer): Buffer {
  const bytes: number[] = [(3 << 5) | type];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}
