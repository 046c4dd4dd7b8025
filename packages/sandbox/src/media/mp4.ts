import type { Colour } from './colour.ts';
import { colourStream, type PictureSize } from './h264.ts';

/** One stretch of a video that shows a single colour. */
interface ColourScene {
  readonly colour: Colour;
  readonly durationMs: number;
}

const timescalePerSecond = 1000;

/**
 * A complete MP4 (ISO/IEC 14496-12, H.264 per 14496-15): one picture a scene, shown for the scene's length.
 * The index stands before the media, so it plays while it loads.
 */
export function mp4(size: PictureSize, scenes: readonly ColourScene[]): Buffer {
  const stream = colourStream(size);
  const pictures = scenes.map(({ colour }, index) => stream.picture(colour, index));
  const track: Track = {
    size,
    durationsMs: scenes.map(({ durationMs }) => durationMs),
    picturesBytes: pictures.map(({ length }) => length),
    decoder: decoderConfiguration(stream.sequenceParameters, stream.pictureParameters),
  };
  const type = fileType();
  const mediaStart = (mediaIndex: Buffer) => type.length + mediaIndex.length + boxHeaderBytes;
  const index = movie(track, mediaStart(movie(track, 0)));
  return Buffer.concat([type, index, box('mdat', ...pictures)]);
}

interface Track {
  readonly size: PictureSize;
  readonly durationsMs: readonly number[];
  readonly picturesBytes: readonly number[];
  readonly decoder: Buffer;
}

const boxHeaderBytes = 8;

function fileType(): Buffer {
  return box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'));
}

function movie(track: Track, mediaOffset: number): Buffer {
  const duration = track.durationsMs.reduce((sum, ms) => sum + ms, 0);
  return box(
    'moov',
    movieHeader(duration),
    box('trak', trackHeader(track, duration), media(track, duration, mediaOffset)),
  );
}

const identityMatrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));

function movieHeader(duration: number): Buffer {
  const times = [0, 0, timescalePerSecond, duration].map(u32);
  const rateAndVolume = [u32(0x10000), u16(0x100), Buffer.alloc(10)];
  const nextTrackId = u32(2);
  return fullBox(
    'mvhd',
    0,
    ...times,
    ...rateAndVolume,
    identityMatrix,
    Buffer.alloc(24),
    nextTrackId,
  );
}

function trackHeader({ size }: Track, duration: number): Buffer {
  const enabledInMovie = 3;
  const trackId = 1;
  return fullBox(
    'tkhd',
    enabledInMovie,
    ...[0, 0, trackId, 0, duration].map(u32),
    Buffer.alloc(16),
    identityMatrix,
    u32(size.widthPixels * 0x10000),
    u32(size.heightPixels * 0x10000),
  );
}

function media(track: Track, duration: number, mediaOffset: number): Buffer {
  const undetermined = 0x55c4;
  const header = fullBox(
    'mdhd',
    0,
    ...[0, 0, timescalePerSecond, duration].map(u32),
    u16(undetermined),
    u16(0),
  );
  const handler = fullBox('hdlr', 0, u32(0), text('vide'), Buffer.alloc(12), text('Sandbox\0'));
  const videoHeader = fullBox('vmhd', 1, Buffer.alloc(8));
  const sameFile = fullBox('url ', 1);
  const data = box('dinf', fullBox('dref', 0, u32(1), sameFile));
  return box(
    'mdia',
    header,
    handler,
    box('minf', videoHeader, data, sampleTable(track, mediaOffset)),
  );
}

/** Without a table of sync samples every picture is one, and so they are. */
function sampleTable(track: Track, mediaOffset: number): Buffer {
  const { durationsMs, picturesBytes } = track;
  const times = durationsMs.flatMap((ms) => [u32(1), u32(ms)]);
  return box(
    'stbl',
    fullBox('stsd', 0, u32(1), videoEntry(track)),
    fullBox('stts', 0, u32(durationsMs.length), ...times),
    fullBox('stsc', 0, u32(1), u32(1), u32(picturesBytes.length), u32(1)),
    fullBox('stsz', 0, u32(0), u32(picturesBytes.length), ...picturesBytes.map(u32)),
    fullBox('stco', 0, u32(1), u32(mediaOffset)),
  );
}

function videoEntry({ size, decoder }: Track): Buffer {
  const dataReference = [Buffer.alloc(6), u16(1)];
  const dotsPerInch = [u32(0x480000), u32(0x480000)];
  return box(
    'avc1',
    ...dataReference,
    Buffer.alloc(16),
    u16(size.widthPixels),
    u16(size.heightPixels),
    ...dotsPerInch,
    u32(0),
    u16(1),
    Buffer.alloc(32),
    u16(24),
    u16(0xffff),
    box('avcC', decoder),
  );
}

/** AVCDecoderConfigurationRecord, ISO/IEC 14496-15 clause 5.3.3.1. */
function decoderConfiguration(sequence: Buffer, picture: Buffer): Buffer {
  const lengthsOfFourBytes = 0xff;
  const oneSequence = 0xe1;
  return Buffer.concat([
    Buffer.from([1, sequence[1]!, sequence[2]!, sequence[3]!, lengthsOfFourBytes, oneSequence]),
    u16(sequence.length),
    sequence,
    Buffer.from([1]),
    u16(picture.length),
    picture,
  ]);
}

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + boxHeaderBytes), text(type), body]);
}

function fullBox(type: string, flags: number, ...parts: readonly Buffer[]): Buffer {
  return box(type, u32(flags), ...parts);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
