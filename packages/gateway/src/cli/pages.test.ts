import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/load.ts';
import { configText } from './commands/configText.ts';
import { toLines } from './commands/tail.ts';
import { withCredential } from './commands/upstream.ts';
import { page, type Request } from './commands/why.ts';
import { Failure } from './failure.ts';
import { toMoment, toSeconds } from './moment.ts';
import { checkReveal } from './secret.ts';
import { Terminal } from './terminal.ts';
import { Values } from './values.ts';

const terminal = new Terminal({
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
  form: 'table',
  utc: true,
});

const request: Request = {
  id: 'req_01M87YHMAQAHX9T3ZFHQSJAH2G',
  at: '2026-11-24T12:00:03.000Z',
  actor: { kind: 'client', client_name: 'crm', key_id: 'J1d8hTOlrK8R', via: null },
  action: 'deleteProject',
  method: 'DELETE',
  path: '/pictoryapis/v2/projects/42',
  source_ip: '192.0.2.7',
  decision: 'denied',
  code: 'insufficient_scope',
  status: 403,
  duration_ms: 1.2,
  findings: [],
};

test('the page of why has everything, in 80 columns', () => {
  const lines = page(terminal, {
    request,
    explanation: {
      verdict: 'Denied by authorize with 403: The credential lacks the needed scope.',
      checks: [
        { name: 'peer', result: 'passed' },
        { name: 'rate', result: 'reported', reason: 'more than 10 requests in 60 s' },
        { name: 'authorize', result: 'denied', reason: `${'a long reason '.repeat(9)}ends` },
        { name: 'schema', result: 'not reached' },
      ],
      decided_by: 'authorize',
      reason: 'the scope projects:delete is not granted',
      source: 'policy create-and-read',
      remedy: 'filmgate policy update create-and-read --add-scope projects:delete',
    },
  });
  for (const line of lines) assert.ok(line.length <= 80, line);
  const text = lines.join('\n');
  for (const part of [
    request.id,
    'DELETE /pictoryapis/v2/projects/42 (deleteProject)',
    '2026-11-24 12:00:03Z  client crm  key J1d8hTOlrK8R  from 192.0.2.7',
    '  ✔ peer',
    '  ! rate       would deny: more than 10 requests in 60 s',
    '  ✖ authorize  a long reason',
    '  · schema     not reached',
    '  rule     policy create-and-read',
    '  to pass  filmgate policy update create-and-read --add-scope projects:delete',
  ]) {
    assert.ok(text.includes(part), part);
  }
});

test('a tail shows a line for each request, and for a refusal how to ask why', () => {
  const lines = toLines(terminal, { ...request, path: `/${'p'.repeat(200)}` });
  assert.equal(lines.length, 2);
  for (const line of lines) assert.ok(line.length <= 80, line);
  assert.match(lines[1]!, /insufficient_scope: filmgate why req_/);
  assert.equal(toLines(terminal, { ...request, decision: 'allowed' }).length, 1);
});

test('what init writes is a configuration that can be used, with anything for an answer', () => {
  const answers = {
    data: './my "data": #1',
    edge: '0.0.0.0:8443',
    admin: '127.0.0.1:9443',
    hosts: ['gateway.example.com'],
    credential: { file: 'secrets/key: [x]' },
    sandbox: null,
    isDevelopment: false,
  };
  const { config } = parseConfig(configText(answers), '/somewhere/filmgate.yaml');
  assert.equal(config.data, answers.data);
  assert.equal(config.mode, 'production');
  assert.deepEqual(config.edge.hosts, ['gateway.example.com', 'localhost', '127.0.0.1', '[::1]']);
  assert.deepEqual(config.upstream.credential, { api_key: answers.credential });
  const desk = parseConfig(
    configText({
      ...answers,
      credential: null,
      sandbox: { url: 'https://127.0.0.1:7443/api', ca: 'ca.pem' },
      isDevelopment: true,
    }),
    '/somewhere/filmgate.yaml',
  ).config;
  assert.equal(desk.upstream.environment, 'sandbox');
  assert.equal(desk.mode, 'development');
});

test('a credential is put into the file without losing its comments', () => {
  const before = configText({
    data: './data',
    edge: '127.0.0.1:8443',
    admin: '127.0.0.1:9443',
    hosts: [],
    credential: null,
    sandbox: null,
    isDevelopment: false,
  });
  const after = withCredential(before, { api_key: { env: 'THE_KEY' } });
  assert.deepEqual(parseConfig(after, '/x/filmgate.yaml').config.upstream.credential, {
    api_key: { env: 'THE_KEY' },
  });
  const comments = before.split('\n').filter((line) => line.trimStart().startsWith('#'));
  assert.ok(comments.length > 8);
  for (const comment of comments) assert.ok(after.includes(comment.trim()), comment);
});

test('moments are spans from now or dates', () => {
  const nowMs = Date.parse('2026-11-24T00:00:00Z');
  assert.equal(toMoment('90d', 'expires', nowMs), '2027-02-22T00:00:00.000Z');
  assert.equal(toMoment('2027-01-31', 'expires', nowMs), '2027-01-31T00:00:00.000Z');
  assert.equal(toMoment(null, 'expires', nowMs), null);
  for (const text of ['soon', '90', '2027-13-01', '31.1.2027']) {
    assert.throws(() => toMoment(text, 'expires', nowMs), Failure, text);
  }
  assert.equal(toSeconds('24h', 'overlap'), 86_400);
  assert.throws(() => toSeconds('1', 'overlap'), Failure);
});

test('a secret goes to a person, or where somebody said so', () => {
  const person = { isPerson: true } as Terminal;
  const pipe = { isPerson: false } as Terminal;
  checkReveal({ terminal: person, values: new Values({}) });
  checkReveal({ terminal: pipe, values: new Values({ reveal: [''] }) });
  assert.throws(
    () => checkReveal({ terminal: pipe, values: new Values({}) }),
    /nothing was created/,
  );
});
