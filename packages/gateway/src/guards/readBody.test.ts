import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deny, isDenial } from '../domain/denial.ts';
import type { BodySource } from '../domain/received.ts';
import { echoOperation } from '../providers/echo.fixture.ts';
import { bodySource, headers } from './guards.fixture.ts';
import { readBody } from './readBody.ts';

const guard = readBody({ jsonBytesMax: 100, uploadBytesMax: 200, depthMax: 8, valuesMax: 50 });
const json = { 'content-type': 'application/json' };
const octets = { 'content-type': 'application/octet-stream' };

const check = async (operationId: string, body: BodySource, sent: Record<string, string> = json) =>
  guard.check({ operation: echoOperation(operationId), body, headers: headers(sent) });

async function codeOf(...args: Parameters<typeof check>): Promise<string> {
  const outcome = await check(...args);
  return isDenial(outcome) ? outcome.code : 'passed';
}

describe('a JSON body', () => {
  it('is handed on as bytes and as value', async () => {
    for (const declared of ['length', 'chunked'] as const) {
      const outcome = await check('createNote', bodySource('{"title":"a"}', declared));
      assert.ok(!isDenial(outcome));
      assert.equal(Buffer.from(outcome.content.bytes!).toString(), '{"title":"a"}');
      assert.deepEqual(outcome.content.json, { title: 'a' });
      assert.equal(outcome.content.stream, null);
    }
  });

  it('that no guard may switch off is always read', () => assert.equal(guard.otherwise, undefined));

  it('is refused when it is missing and needed', async () => {
    assert.equal(await codeOf('createNote', bodySource('')), 'body_missing');
    assert.equal(await codeOf('createNote', bodySource('', 'chunked')), 'body_missing');
    assert.equal(await codeOf('createNote', bodySource(''), {}), 'body_missing');
  });

  it('may be missing where it is optional', async () => {
    for (const declared of ['length', 'chunked'] as const) {
      const outcome = await check('annotate', bodySource('', declared));
      assert.deepEqual(outcome, { content: { bytes: null, json: undefined, stream: null } });
    }
  });

  it('is refused where none is taken, whatever its framing', async () => {
    assert.equal(await codeOf('readNote', bodySource('{}')), 'body_unexpected');
    assert.equal(await codeOf('readNote', bodySource('{}', 'chunked')), 'body_unexpected');
    assert.equal(await codeOf('readNote', bodySource('')), 'passed');
    assert.equal(await codeOf('readNote', bodySource('', 'chunked')), 'passed');
    const slow = bodySource('', 'chunked', deny('body_timeout'));
    assert.equal(await codeOf('readNote', slow), 'body_timeout');
  });

  it('is refused by its declared length before it is read', async () => {
    const body = bodySource('x'.repeat(101));
    assert.equal(await codeOf('createNote', body), 'body_too_large');
    assert.deepEqual(body.reads, []);
  });

  it('is read up to the limit and no further', async () => {
    const padded = (bytes: number) => `{"title":"a"}${' '.repeat(bytes - 13)}`;
    assert.equal(await codeOf('createNote', bodySource(padded(100))), 'passed');
    const body = bodySource(padded(101), 'chunked');
    assert.equal(await codeOf('createNote', body), 'body_too_large');
    assert.deepEqual(body.reads, [100]);
  });

  it('that does not arrive is refused as the reader says', async () => {
    const body = bodySource('{}', 'length', deny('body_timeout'));
    assert.equal(await codeOf('createNote', body), 'body_timeout');
  });

  it('that is not one plain value is refused, saying why and not what', async () => {
    const outcome = await check('createNote', bodySource('{"secret":1,"secret":2}'));
    assert.ok(isDenial(outcome));
    assert.equal(outcome.code, 'body_malformed');
    assert.match(outcome.hint!, /twice/);
    assert.ok(!JSON.stringify(outcome).includes('secret'));
  });
});

describe('the media type', () => {
  const good = [
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json ;\tcharset="utf-8"',
  ];
  const bad = [
    '',
    'application/json;',
    'application/json garbage',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json; charset=utf-8; x=y',
    "application/json; charset='utf-8'",
    'application/json; boundary=x',
    'application/jsonx',
    'application/problem+json',
    'application/vnd.api+json',
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    ' application/json',
    'application/json\u00a0',
  ];

  it('may say that JSON is UTF-8', async () => {
    for (const type of good) {
      assert.equal(
        await codeOf('createNote', bodySource('{}'), { 'content-type': type }),
        'passed',
        type,
      );
    }
  });

  it('must be the one of the operation', async () => {
    for (const type of bad) {
      const code = await codeOf('createNote', bodySource('{}'), { 'content-type': type });
      assert.equal(code, 'media_type_unsupported', JSON.stringify(type));
    }
    assert.equal(await codeOf('createNote', bodySource('{}'), {}), 'media_type_unsupported');
    assert.equal(await codeOf('uploadFile', bodySource('x'), json), 'media_type_unsupported');
    const charset = { 'content-type': 'application/octet-stream; charset=utf-8' };
    assert.equal(await codeOf('uploadFile', bodySource('x'), charset), 'media_type_unsupported');
  });

  it('is named in the refusal', async () => {
    const outcome = await check('uploadFile', bodySource('x'), json);
    assert.ok(isDenial(outcome));
    assert.equal(outcome.pointer, 'header:content-type');
    assert.equal(outcome.hint, 'must be application/octet-stream');
  });

  it('goes with no content coding', async () => {
    for (const coding of ['gzip', 'br', 'identity', '']) {
      const code = await codeOf('createNote', bodySource('{}'), {
        ...json,
        'content-encoding': coding,
      });
      assert.equal(code, 'content_coding_unsupported', coding);
    }
  });
});

describe('an opaque body', () => {
  it('is handed on unread', async () => {
    const body = bodySource('bytes');
    const outcome = await check('uploadFile', body, octets);
    assert.ok(!isDenial(outcome));
    assert.deepEqual([outcome.content.bytes, outcome.content.json], [null, undefined]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of outcome.content.stream!) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), 'bytes');
    assert.deepEqual(body.reads, [200]);
  });

  it('has a limit of its own', async () => {
    assert.equal(await codeOf('uploadFile', bodySource('x'.repeat(200)), octets), 'passed');
    const large = bodySource('x'.repeat(201));
    assert.equal(await codeOf('uploadFile', large, octets), 'body_too_large');
    assert.deepEqual(large.reads, []);
    assert.equal(await codeOf('uploadFile', bodySource('x', 'chunked'), octets), 'passed');
  });

  it('is refused when it is missing', async () => {
    assert.equal(await codeOf('uploadFile', bodySource(''), octets), 'body_missing');
  });
});
