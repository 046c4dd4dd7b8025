import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import type { Reply } from './process/https.ts';
import { makeClient, makeKey, type TestClient } from './process/clients.ts';
import { storyboard } from './process/program.ts';
import { openStage, type Stage } from './process/stage.ts';

describe('what ends a credential', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage({ polling: '1500ms' });
  });
  after(() => stage.dispose());

  const send = (credential: string, method: string, path: string, body?: string): Promise<Reply> =>
    stage.edge.send(method, `${stage.origin}/pictoryapis${path}`, {
      headers: {
        authorization: credential,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
    });

  const askToken = (client: TestClient): Promise<Reply> =>
    send(
      '',
      'POST',
      '/v1/oauth2/token',
      JSON.stringify({ client_id: client.id, client_secret: client.key }),
    );

  const codeOf = ({ json }: Reply): unknown => (json as { code?: unknown }).code;

  /** A job that never ends, read once, so that the next poll is held. */
  async function heldPoll(
    client: TestClient,
    key: string,
  ): Promise<{ readonly reply: Promise<Reply> }> {
    stage.sandbox.fault({ kind: 'stick-job' });
    const created = await send(client.key, 'POST', '/v2/video/storyboard', storyboard);
    const { jobId } = (created.json as { data: { jobId: string } }).data;
    const path = `/v1/jobs/${jobId}`;
    assert.equal((await send(client.key, 'GET', path)).status, 200);
    const reply = send(key, 'GET', path);
    await sleep(200);
    return { reply };
  }

  it('a poll that is held while its key is revoked is refused, and that of another key is answered', async () => {
    const client = await makeClient(stage, 'held');
    const other = await makeKey(stage.admin, client.id);
    const polls = await Promise.all([heldPoll(client, client.key), heldPoll(client, other.key)]);
    await stage.gateway.credentials.setState(client.keyId, null, 'revoked', 'leaked');
    const [refused, answered] = await Promise.all(polls.map(({ reply }) => reply));
    assert.equal(refused!.status, 401);
    assert.equal(codeOf(refused!), 'credential_revoked');
    assert.doesNotMatch(refused!.text, /in-progress/);
    assert.equal(answered!.status, 200);
  });

  it('a call whose body is still coming when its key is revoked does not go upstream', async () => {
    const client = await makeClient(stage, 'slow');
    stage.sandbox.clearRequests();
    const sent = request(`${stage.origin}/pictoryapis/v2/video/storyboard/render`, {
      method: 'POST',
      ca: stage.ca,
      headers: {
        authorization: client.key,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(storyboard)),
      },
    });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.write(storyboard.slice(0, 10));
    await sleep(1_200);
    await stage.gateway.credentials.setState(client.keyId, null, 'revoked', 'leaked');
    sent.end(storyboard.slice(10));
    const [response] = await answered;
    response.resume();
    assert.equal(response.statusCode, 401);
    assert.deepEqual(stage.sandbox.requests(), []);
  });

  it('a token ends at once when the secret that it was made from is replaced without an overlap', async () => {
    const client = await makeClient(stage, 'rotated');
    const issued = await askToken(client);
    const token = (issued.json as { access_token: string }).access_token;
    assert.equal((await send(token, 'GET', '/v1/jobs')).status, 200);
    const { text } = await stage.gateway.credentials.rotate(client.keyId, 1, { overlapMs: 0 });
    assert.equal(codeOf(await send(token, 'GET', '/v1/jobs')), 'credential_expired');
    const fresh = await askToken({ ...client, key: text });
    const next = (fresh.json as { access_token: string }).access_token;
    assert.equal((await send(next, 'GET', '/v1/jobs')).status, 200);
  });

  it("tokens are asked for at the pace of the client's policy", async () => {
    const rate = { requests: 2, window_seconds: 60 };
    const client = await makeClient(stage, 'eager', { preset: 'read-only', rate });
    const replies = [await askToken(client), await askToken(client), await askToken(client)];
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.equal(codeOf(replies[2]!), 'rate_limited');
  });
});
