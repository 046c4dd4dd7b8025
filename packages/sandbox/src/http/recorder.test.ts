import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Recorder, type NewRequest } from './recorder.ts';

const request: NewRequest = {
  method: 'GET',
  target: '/',
  requestLine: 'GET / HTTP/1.1',
  headers: [],
  headBase64: '',
  operation: null,
};
const numbers = (recorder: Recorder) => recorder.list().map(({ number }) => number);

describe('the recorder', () => {
  it('forgets the oldest beyond its number of requests, and counts on', () => {
    const recorder = new Recorder(2);
    for (let count = 0; count < 4; count += 1) recorder.add(request);
    assert.deepEqual(numbers(recorder), [3, 4]);
  });

  it('forgets the oldest when bodies grow too large, but never the newest', () => {
    const recorder = new Recorder(10, 8);
    for (const size of [3, 3, 3]) recorder.addBody(recorder.add(request), Buffer.alloc(size), true);
    assert.deepEqual(numbers(recorder), [2, 3]);
    recorder.addBody(recorder.add(request), Buffer.alloc(100), true);
    assert.deepEqual(numbers(recorder), [4]);
  });
});
