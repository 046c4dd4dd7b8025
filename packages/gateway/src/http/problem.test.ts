import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denials, deny, type DenialCode } from '../domain/denial.ts';
import { createRefuse } from './problem.ts';

const refuse = createRefuse('https://docs.example/');
const headersOf = (answer: ReturnType<typeof refuse>) =>
  new Headers(answer.headers.map(([n, v]) => [n, v]));

test('every denial becomes a problem document with all members', () => {
  const codes = Object.keys(denials) as DenialCode[];
  for (const code of codes) {
    const answer = refuse(deny(code, { detail: { reason: 'a secret reason' } }), 'req_1');
    assert.equal(answer.status, denials[code].status);
    assert.deepEqual(JSON.parse(answer.body as string), {
      type: `https://docs.example/${code}`,
      title: denials[code].title,
      status: denials[code].status,
      code,
      request_id: 'req_1',
      retryable: denials[code].retryable,
      fault: denials[code].fault,
    });
    const headers = headersOf(answer);
    assert.equal(headers.get('content-type'), 'application/problem+json');
    assert.equal(headers.get('filmgate-error'), 'true');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.has('www-authenticate'), answer.status === 401);
  }
  assert.ok(codes.length >= 40);
});

test('public members are shown, and none can take the place of a standard one', () => {
  const answer = refuse(
    deny('insufficient_scope', {
      pointer: '/scenes/0',
      hint: 'Needs video:render.',
      extensions: { scope: 'video:render', status: 200, code: 'fine', request_id: 'x' },
      headers: [['Retry-After', '3']],
    }),
    'req_2',
  );
  const document = JSON.parse(answer.body as string) as Record<string, unknown>;
  assert.equal(document['scope'], 'video:render');
  assert.equal(document['status'], 403);
  assert.equal(document['code'], 'insufficient_scope');
  assert.equal(document['request_id'], 'req_2');
  assert.equal(document['pointer'], '/scenes/0');
  assert.equal(document['hint'], 'Needs video:render.');
  assert.equal(headersOf(answer).get('retry-after'), '3');
});

test('a challenge of the denial itself is not doubled', () => {
  const headers = [['WWW-Authenticate', 'DPoP algs="ES256"']] as const;
  const answer = refuse(deny('credential_missing', { headers }), 'req_3');
  assert.equal(headersOf(answer).get('www-authenticate'), 'DPoP algs="ES256"');
});

test('a reply in the provider’s shape replaces the document and keeps the mark', () => {
  const providerReply = { status: 404, body: '{"message":"not found"}' };
  const answer = refuse(deny('resource_unknown', { providerReply }), 'req_4');
  assert.equal(answer.status, 404);
  assert.equal(answer.body, providerReply.body);
  assert.equal(headersOf(answer).get('content-type'), 'application/json');
  assert.equal(headersOf(answer).get('filmgate-error'), 'true');
});
