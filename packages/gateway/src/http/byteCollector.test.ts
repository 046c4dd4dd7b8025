import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { ByteCollector } from './byteCollector.ts';

test('whatever the pieces, the whole comes out', () => {
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50_000 }), { maxLength: 20 });
  fc.assert(
    fc.property(chunks, fc.boolean(), (pieces, isDeclared) => {
      const whole = Buffer.concat(pieces);
      const collector = new ByteCollector(isDeclared ? whole.length : null);
      for (const piece of pieces) collector.push(Buffer.from(piece));
      assert.ok(whole.equals(collector.bytes()));
    }),
    { numRuns: 200 },
  );
});

test('a body in one piece is not copied', () => {
  const chunk = Buffer.from('abc');
  const collector = new ByteCollector(3);
  collector.push(chunk);
  assert.equal(collector.bytes().buffer, chunk.buffer);
});

test('a million pieces of one byte cost about their length', () => {
  const collector = new ByteCollector(null);
  const piece = Buffer.from('a');
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 1_000_000; count += 1) collector.push(piece);
  assert.equal(collector.bytes().length, 1_000_000);
  assert.ok(process.memoryUsage().arrayBuffers - before < 8_000_000);
});
