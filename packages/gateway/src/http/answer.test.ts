import assert from 'node:assert/strict';
import { get } from 'node:https';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { openTestListener, testAuthority } from './fixture.ts';

const fetchBytes = (port: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, ca: testAuthority.cert }, (response) => {
      resolve(buffer(response));
    });
    request.on('error', reject);
  });

test('bytes of every value arrive as they are, in short bodies and in long ones', async () => {
  const source = Buffer.from(Array.from({ length: 64 * 1024 }, (_, index) => index % 256));
  for (const length of [0, 1, 256, 16 * 1024, 16 * 1024 + 1, source.length]) {
    // Not at the start of its memory, as pieces of a larger buffer stand.
    const body = new Uint8Array(source.buffer, source.byteOffset + source.length - length, length);
    await using opened = await openTestListener(async () => ({ status: 200, headers: [], body }));
    assert.deepEqual(await fetchBytes(opened.port), Buffer.from(body));
  }
});

test('text arrives in UTF-8', async () => {
  const body = 'Grüße, 世界\n';
  await using opened = await openTestListener(async () => ({ status: 200, headers: [], body }));
  assert.equal((await fetchBytes(opened.port)).toString(), body);
});
