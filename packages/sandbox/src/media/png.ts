import { crc32, deflateSync } from 'node:zlib';
import type { Rgb } from './colour.ts';
import type { PictureSize } from './h264.ts';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG (W3C PNG, RFC 2083) of one colour, through a palette of one entry. */
export function png(size: PictureSize, { red, green, blue }: Rgb): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.widthPixels, 0);
  header.writeUInt32BE(size.heightPixels, 4);
  header.set([1, 3], 8); // one bit a pixel, palette
  const rowBytes = 1 + Math.ceil(size.widthPixels / 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([red, green, blue])),
    chunk('IDAT', deflateSync(Buffer.alloc(rowBytes * size.heightPixels))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
