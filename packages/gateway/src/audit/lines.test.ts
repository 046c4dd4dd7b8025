import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { linesBackward, linesStarting, wholeLinesEnd } from './lines.ts';

async function withFile<Value>(
  content: string,
  use: (file: FileHandle, size: number) => Promise<Value>,
): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'filmgate-lines-'));
  try {
    await writeFile(join(folder, 'lines'), content);
    const file = await open(join(folder, 'lines'));
    try {
      return await use(file, Buffer.byteLength(content));
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Short lines, and some that are longer than a portion. */
const line = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 400_000 }).map((length) => 'é'.repeat(length)),
  },
);
const lines = fc.array(
  line.map((text) => text.replaceAll('\n', '')),
  { maxLength: 12 },
);

test('read backward, a file gives its whole lines in reverse, with their places', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.constantFrom('', 'torn', 'é'.repeat(200_000)), (whole, torn) =>
      withFile(whole.map((text) => `${text}\n`).join('') + torn, async (file, size) => {
        const end = await wholeLinesEnd(file, size);
        assert.equal(size - end, Buffer.byteLength(torn));
        const found = (await collect(linesBackward(file, end))).flat();
        assert.deepEqual(
          found.map(({ text }) => text),
          whole.toReversed(),
        );
        let offset = end;
        for (const each of found) {
          offset -= Buffer.byteLength(each.text) + 1;
          assert.equal(each.offset, offset);
        }
      }),
    ),
    { numRuns: 60 },
  );
});

test('lines that begin with a text are found wherever portions are cut', async () => {
  for (const filler of [
    0, 1, 262_137, 262_138, 262_139, 262_140, 262_141, 262_142, 262_143, 262_144, 600_000,
  ]) {
    const content = `A:1\n${'x'.repeat(filler)}\nA:2\nBA:3\nA:4\n\nA:torn`;
    await withFile(content, async (file) => {
      const found = await collect(linesStarting(file, 'A:', 0));
      assert.deepEqual(found, ['A:1', 'A:2', 'A:4'], `filler ${filler}`);
      assert.deepEqual(await collect(linesStarting(file, 'A:', 4)), ['A:2', 'A:4']);
    });
  }
});

test('a long line that begins so is found whole', async () => {
  const long = `A:${'y'.repeat(700_000)}`;
  await withFile(`x\n${long}\nA:2\n`, async (file) => {
    assert.deepEqual(await collect(linesStarting(file, 'A:', 0)), [long, 'A:2']);
  });
});
