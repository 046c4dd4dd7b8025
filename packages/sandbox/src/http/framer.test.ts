import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { RequestFramer } from './framer.ts';

const requests = [
  ['GET /one HTTP/1.1\r\nhost:  spaced \r\n\r\n', ''],
  ['POST /two HTTP/1.1\r\nContent-Length: 11\r\n\r\n', 'body\r\n\r\nbody'.slice(0, 11)],
  [
    'POST /three HTTP/1.1\r\nTRANSFER-ENCODING: chunked\r\n\r\n',
    '5;x=y\r\nhello\r\n1\r\n\r\r\n0\r\nT: r\r\n\r\n',
  ],
  ['PUT /four HTTP/1.1\r\nContent-Length: 0\r\n\r\n', ''],
  ['GET /five HTTP/1.1\r\n\r\n', ''],
] as const;

const stream = Buffer.from(requests.map(([head, body]) => head + body).join(''), 'latin1');

describe('the framer', () => {
  it('finds each head exactly, however the bytes are cut', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const framer = new RequestFramer();
        const points = [0, ...unsorted.toSorted((a, b) => a - b), stream.length];
        for (let index = 1; index < points.length; index += 1)
          framer.push(stream.subarray(points[index - 1], points[index]));
        for (const [head] of requests) assert.equal(framer.takeHead()?.toString('latin1'), head);
        assert.equal(framer.takeHead(), undefined);
        assert.equal(framer.leftOver().length, 0);
      }),
    );
  });

  it('keeps what is no complete head', () => {
    const framer = new RequestFramer();
    framer.push(Buffer.from('GET / HTTP/1.1\r\nHost'));
    assert.equal(framer.takeHead(), undefined);
    assert.equal(framer.leftOver().toString(), 'GET / HTTP/1.1\r\nHost');
  });
});
