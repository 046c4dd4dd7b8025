import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readTestRequests } from './testRequests.ts';

it('a file of lines gives a request for each', () => {
  const body = Buffer.from('{"a":1}').toString('base64');
  const text = `# a comment\nGET\t/a?b=c\n\nPOST\t/a\tapplication/json\t${body}\r\n`;
  const requests = readTestRequests(Buffer.from(text));
  assert.deepEqual(
    requests?.map(({ method, target, body: bytes }) => [method, target, String(bytes)]),
    [
      ['GET', '/a?b=c', ''],
      ['POST', '/a', '{"a":1}'],
    ],
  );
  assert.ok(
    requests?.[1]?.headers.some(
      ([name, value]) => name === 'content-type' && value === 'application/json',
    ),
  );
});

it('a file of one HTTP message gives that request', () => {
  const [request] = readTestRequests(
    Buffer.from('POST /a HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n\r\nhello'),
  )!;
  assert.equal(request?.target, '/a');
  assert.deepEqual(request?.headers, [
    ['host', 'x'],
    ['content-type', 'text/plain'],
  ]);
  assert.equal(String(request?.body), 'hello');
});

it('a file of something else gives nothing', () => {
  assert.equal(readTestRequests(Buffer.from('hello\nworld\n')), null);
});
