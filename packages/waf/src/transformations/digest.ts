/** The padded message of MD5 (RFC 1321, section 3) and SHA-1 (FIPS 180-4, section 5.1.1) as 32-bit words. */
export function paddedWords(input: string, order: 'big' | 'little'): Uint32Array {
  const little = order === 'little';
  const blockCount = Math.ceil((input.length + 9) / 64);
  const view = new DataView(new ArrayBuffer(blockCount * 64));
  for (let at = 0; at < input.length; at++) view.setUint8(at, input.charCodeAt(at));
  view.setUint8(input.length, 0x80);
  const lengthAt = blockCount * 64 - 8;
  const bits = input.length * 8;
  view.setUint32(little ? lengthAt : lengthAt + 4, bits >>> 0, little);
  view.setUint32(little ? lengthAt + 4 : lengthAt, Math.floor(bits / 2 ** 32), little);
  return Uint32Array.from({ length: blockCount * 16 }, (_, index) =>
    view.getUint32(index * 4, little),
  );
}

export function rotateLeft(word: number, count: number): number {
  return ((word << count) | (word >>> (32 - count))) >>> 0;
}
