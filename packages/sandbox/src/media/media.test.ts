import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { rgbOf, videoColour } from './colour.ts';
import { silentMp3 } from './mp3.ts';
import { mp4 } from './mp4.ts';
import { escapeHtml, page } from './page.ts';
import { png } from './png.ts';
import { plainText, srt, vtt } from './subtitles.ts';

const size = { widthPixels: 320, heightPixels: 180 };
const scenes = ['a', 'b', 'c'].map((name, index) => ({
  colour: videoColour(rgbOf(name)),
  durationMs: 500 * (index + 1),
}));

/** The boxes of an MP4 as paths with their place, opened as far as containers go. */
function boxes(
  file: Buffer,
  from = 0,
  to = file.length,
  parent = '',
): Map<string, [number, number]> {
  const found = new Map<string, [number, number]>();
  for (let at = from; at < to;) {
    const length = file.readUInt32BE(at);
    assert.ok(length >= 8 && at + length <= to, `box at ${at}`);
    const path = `${parent}/${file.toString('latin1', at + 4, at + 8)}`;
    found.set(path, [at + 8, at + length]);
    if (/\/(?:moov|trak|mdia|minf|stbl)$/.test(path))
      for (const [name, place] of boxes(file, at + 8, at + length, path)) found.set(name, place);
    at += length;
  }
  return found;
}

describe('an MP4', () => {
  const file = mp4(size, scenes);
  const found = boxes(file);
  const table = '/moov/trak/mdia/minf/stbl';

  it('has its index before its media and nothing beside', () =>
    assert.deepEqual(
      [...found.keys()].filter((path) => path.split('/').length === 2),
      ['/ftyp', '/moov', '/mdat'],
    ));

  it('points at its pictures, each of the size it says', () => {
    const [mediaFrom, mediaTo] = found.get('/mdat')!;
    assert.equal(file.readUInt32BE(found.get(`${table}/stco`)![0] + 8), mediaFrom);
    const [sizes] = found.get(`${table}/stsz`)!;
    let at = mediaFrom;
    for (let index = 0; index < scenes.length; index += 1) {
      const sampleBytes = file.readUInt32BE(sizes + 12 + 4 * index);
      assert.equal(file.readUInt32BE(at), sampleBytes - 4);
      assert.equal(file[at + 4]! & 0x1f, 5, 'an IDR picture');
      at += sampleBytes;
    }
    assert.equal(at, mediaTo);
  });

  it('lasts as long as its scenes together', () =>
    assert.equal(file.readUInt32BE(found.get('/moov/mvhd')![0] + 16), 3000));

  it('is small', () => assert.ok(file.length < 4096, `${file.length} bytes`));
});

const decoder = 'ffmpeg';
const skip = spawnSync(decoder, ['-version']).status === 0 ? false : `${decoder} is not installed`;

describe('a decoder that was not made here', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-media-'));
  after(() => rmSync(folder, { recursive: true }));

  const decode = (name: string, bytes: Buffer, ...output: string[]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const run = spawnSync(decoder, ['-v', 'error', '-i', path, ...output, '-']);
    assert.equal(run.stderr.toString(), '');
    return run.stdout;
  };

  it('sees each scene of the MP4 in its colour, to the last pixel', () => {
    const raw = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'yuv420p'];
    const pixels = decode('a.mp4', mp4(size, scenes), ...raw);
    const luma = size.widthPixels * size.heightPixels;
    assert.equal(pixels.length, (luma * 3 * scenes.length) / 2);
    for (const [index, { colour }] of scenes.entries()) {
      const picture = pixels.subarray((luma * 3 * index) / 2, (luma * 3 * (index + 1)) / 2);
      assert.ok(picture.subarray(0, luma).every((sample) => sample === colour.y));
      assert.ok(picture.subarray(luma, luma * 1.25).every((sample) => sample === colour.cb));
      assert.ok(picture.subarray(luma * 1.25).every((sample) => sample === colour.cr));
    }
  });

  it('hears two seconds of silence in the MP3', () => {
    const samples = decode('a.mp3', silentMp3(2), '-f', 's16le');
    assert.ok(samples.length > 2 * 44_100 * 1.9);
    assert.ok(samples.every((byte) => byte === 0));
  });

  it('sees the PNG in its colour', () => {
    const colour = rgbOf('picture');
    const pixels = decode('a.png', png(size, colour), '-f', 'rawvideo', '-pix_fmt', 'rgb24');
    assert.equal(pixels.length, size.widthPixels * size.heightPixels * 3);
    assert.deepEqual([...pixels.subarray(-3)], [colour.red, colour.green, colour.blue]);
  });
});

describe('a PNG', () => {
  it('holds one empty row a line', () => {
    const file = png({ widthPixels: 17, heightPixels: 3 }, rgbOf('a'));
    const data = file.indexOf('IDAT');
    const rows = inflateSync(file.subarray(data + 4, data + 4 + file.readUInt32BE(data - 4)));
    assert.equal(rows.length, 3 * (1 + 3));
  });
});

describe('subtitles', () => {
  const captions = [
    { text: 'Less < more & so on', startSeconds: 0, endSeconds: 1.25 },
    { text: 'Late', startSeconds: 3661.5, endSeconds: 3662 },
  ];

  it('are SubRip', () =>
    assert.equal(
      srt(captions),
      '1\n00:00:00,000 --> 00:00:01,250\nLess < more & so on\n\n2\n01:01:01,500 --> 01:01:02,000\nLate\n',
    ));

  it('are WebVTT with its marks escaped', () =>
    assert.equal(
      vtt(captions),
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.250\nLess &lt; more &amp; so on\n\n01:01:01.500 --> 01:01:02.000\nLate\n',
    ));

  it('are plain lines', () => assert.equal(plainText(captions), 'Less < more & so on\nLate\n'));
});

describe('a page', () => {
  it('says that it is a sandbox and lets no markup of callers through', () => {
    const html = page('<script>alert(1)</script>', '');
    assert.match(html, /SANDBOX \/ SIMULATOR/);
    assert.ok(!html.includes('<script>'));
    assert.equal(escapeHtml(`<a b='"&'>`), '&lt;a b=&#39;&quot;&amp;&#39;&gt;');
  });
});
