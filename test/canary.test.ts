import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeClient, makeKey, makeProgram, storyboard, type Program } from './process/program.ts';

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

describe('after a run that used every kind of secret everywhere', () => {
  let program: Program;
  const secrets = new Map<string, string>();
  const answers: string[] = [];
  before(async () => {
    program = await makeProgram({ edge: `plaintext: '127.0.0.1:38471'` });
    await misuse(program, secrets, answers);
  });
  after(() => program.dispose());

  it('no secret stands in any file or output', () => {
    assert.ok(secrets.size >= 7, [...secrets.keys()].join(' '));
    const places = new Map([['the output', Buffer.from(program.output())]]);
    for (const file of filesBelow(join(program.folder, 'data')))
      places.set(file, readFileSync(file));
    assert.ok(places.size > 5);
    for (const [name, secret] of secrets) {
      for (const [place, content] of places)
        assert.ok(!content.includes(secret), `${name} stands in ${place}`);
    }
  });

  it('the upstream credential stands in no answer', () => {
    for (const answer of answers)
      assert.ok(!answer.includes(secrets.get('the upstream key')!), answer);
  });
});

async function misuse(
  program: Program,
  secrets: Map<string, string>,
  answers: string[],
): Promise<void> {
  const running = await program.start();
  const { edge, edgeUrl, admin } = running;
  const client = await makeClient(running, 'canary');
  const note = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<string> => {
    const { text } = await edge.send(method, edgeUrl + path, {
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    answers.push(text);
    return text;
  };
  secrets.set('the upstream key', program.sandbox.apiKey);
  secrets.set('the bootstrap token', 'bootstrap-token-of-the-whole-process-tests');
  secrets.set('a key', client.key);
  await note('POST', '/v2/video/storyboard/render', { authorization: client.key }, storyboard);
  await note('GET', '/v1/quota', { authorization: `Bearer ${client.key}` });
  const token = JSON.parse(
    await note(
      'POST',
      '/v1/oauth2/token',
      {},
      JSON.stringify({ client_id: client.id, client_secret: client.key }),
    ),
  ) as { access_token: string };
  secrets.set('a token', token.access_token);
  await note('GET', '/v1/quota', { authorization: token.access_token });

  // A secret where it does not belong: in the path, in names, in other headers, in a body that is refused.
  const stray = await makeKey(admin, client.id);
  secrets.set('a key in odd places', stray.key);
  await note('GET', `/v1/jobs/${stray.key}`, {
    authorization: client.key,
    'x-api-key': stray.key,
    'user-agent': stray.key,
  });
  await note(
    'POST',
    '/v2/video/storyboard',
    { authorization: client.key },
    JSON.stringify({ [stray.key]: stray.key }),
  );
  await note(
    'POST',
    '/v2/video/storyboard',
    { authorization: client.key },
    `{"videoName": ${stray.key}`,
  );
  await note('GET', `/${stray.key}`, { authorization: client.key });

  const vimeo = 'vimeo-secret-7f3e9a51c2d84b60';
  secrets.set('a secret of a body', vimeo);
  await note(
    'POST',
    '/v1/vimeo-connections',
    { authorization: client.key },
    JSON.stringify({
      name: 'v',
      clientIdentifier: vimeo,
      clientSecret: vimeo,
      accessToken: vimeo,
    }),
  );

  const inQuery = await makeKey(admin, client.id);
  secrets.set('a key in the query', inQuery.key);
  await note('GET', `/v1/quota?key=${inQuery.key}`, {});
  const inTheClear = await makeKey(admin, client.id);
  secrets.set('a key in the clear', inTheClear.key);
  await sendInTheClear(38_471, inTheClear.key);
  await sleep(500);
  for (const { keyId } of [inQuery, inTheClear]) {
    const { json } = await admin('GET', `/v1/keys/${keyId}`);
    assert.equal(
      (json as { state: string }).state,
      'disabled',
      `key ${keyId} was exposed and still works`,
    );
  }
  program.sandbox.fault({ kind: 'reset', path: '/v1/quota' });
  await note('GET', '/v1/quota', { authorization: client.key });
  const rotated = await admin('POST', `/v1/keys/${client.keyId}/rotate`, {});
  answers.push(rotated.text);
  await running.end('SIGTERM');
}

function sendInTheClear(port: number, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET /v1/quota HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`,
      );
    });
    socket
      .on('data', () => {})
      .on('close', () => resolve())
      .on('error', reject);
  });
}
