import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { faultKinds } from '../faults/fault.ts';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi } from '../testing/caller.ts';
import { exchange } from '../testing/rawSocket.ts';
import { controlRoutes } from './routes.ts';

describe('the control API', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  afterEach(() => sandbox.close());

  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(sandbox.controlUrl + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // oxlint-disable-next-line typescript/no-explicit-any -- replies of many shapes
    return { status: response.status, json: text ? JSON.parse(text) : undefined };
  };
  const startJob = async () => {
    const body = { prompt: 'A quiet lake' };
    return String(
      (await callApi(sandbox, 'POST', '/v1/aistudio/images', { body })).json.data.jobId,
    );
  };

  it('listens on a port of its own and needs no credential', async () => {
    assert.notEqual(new URL(sandbox.controlUrl).port, new URL(sandbox.url).port);
    assert.equal((await fetch(`${sandbox.url}/requests`)).status, 404);
    assert.equal((await control('GET', '/operations')).json.length, 60);
  });

  it('lists what the API received, one or all, and forgets it', async () => {
    await callApi(sandbox, 'GET', '/v1/quota');
    const { json } = await control('GET', '/requests');
    assert.deepEqual(json, JSON.parse(JSON.stringify(sandbox.requests())));
    assert.equal(json[0].requestLine, 'GET /pictoryapis/v1/quota HTTP/1.1');
    assert.deepEqual((await control('GET', '/requests/1')).json, json[0]);
    assert.equal((await control('GET', '/requests/2')).status, 404);
    assert.equal((await control('DELETE', '/requests')).status, 204);
    assert.deepEqual((await control('GET', '/requests')).json, []);
  });

  it('sets, lists and clears faults', async () => {
    const fault = { kind: 'status', status: 502, method: 'GET', path: '/v1/*', times: 2 };
    assert.equal((await control('POST', '/faults', fault)).status, 204);
    assert.deepEqual((await control('GET', '/faults')).json, [{ fault, left: 2 }]);
    assert.equal((await callApi(sandbox, 'GET', '/v1/quota')).status, 502);
    assert.equal((await control('DELETE', '/faults')).status, 204);
    assert.equal((await callApi(sandbox, 'GET', '/v1/quota')).status, 200);
  });

  it('refuses a fault that it does not understand, field by field', async () => {
    const cases: [unknown, string][] = [
      [{ kind: 'expolde' }, 'kind'],
      [{ kind: 'status' }, 'status'],
      [{ kind: 'delay' }, 'delayMs'],
      [{ kind: 'hang', tims: 3 }, 'tims'],
      [{ kind: 'hang', times: 0 }, 'times'],
      [{ kind: 'status', status: 99 }, 'status'],
      [{ kind: 'status', status: 302, headers: { location: 1 } }, 'headers'],
    ];
    for (const [fault, name] of cases) {
      const { status, json } = await control('POST', '/faults', fault);
      assert.equal(status, 400, JSON.stringify(fault));
      assert.equal(json.fields[0].name, name);
    }
    assert.deepEqual(sandbox.faults(), []);
    assert.equal((await control('POST', '/faults')).status, 400);
  });

  it('moves the clock', async () => {
    assert.equal((await control('GET', '/clock')).json.now, '2026-01-01T00:00:00.000Z');
    const { json } = await control('POST', '/clock/advance', { ms: 1500 });
    assert.equal(json.now, '2026-01-01T00:00:01.500Z');
    assert.equal((await control('POST', '/clock/advance', { ms: -1 })).status, 400);
    assert.equal((await control('POST', '/clock/advance')).status, 400);
  });

  it('shows jobs and ends them', async () => {
    const [done, failed] = [await startJob(), await startJob()];
    assert.equal((await control('POST', `/jobs/${done}/complete`)).status, 204);
    const failure = { errorCode: 'E', errorMessage: 'no' };
    assert.equal((await control('POST', `/jobs/${failed}/fail`, failure)).status, 204);
    assert.equal((await control('POST', `/jobs/${failed}/fail`)).status, 404, 'it has ended');
    const { json } = await control('GET', '/jobs');
    assert.deepEqual(
      json.map((job: { id: string; status: string; kind: string }) => [
        job.id,
        job.status,
        job.kind,
      ]),
      [
        [failed, 'failed', 'ai-image'],
        [done, 'completed', 'ai-image'],
      ],
    );
    assert.equal(json[0].envelope.data.error_code, 'E');
    assert.equal(json[0].startedBy.operation, 'createAiImage');
  });

  it('reads and sets quotas, and shows what was charged', async () => {
    const id = await startJob();
    assert.deepEqual((await control('GET', '/quotas')).json.aiCredits, {
      used: 0,
      limit: 1000,
      pending: 2,
    });
    await control('POST', `/jobs/${id}/complete`);
    const { json } = await control('PATCH', '/quotas', { videoMinutes: { limit: 5 } });
    assert.equal(json.videoMinutes.limit, 5);
    assert.equal(json.aiCredits.used, 2);
    const ledger = (await control('GET', '/ledger')).json;
    assert.deepEqual([ledger[0].jobId, ledger[0].quota, ledger[0].amount], [id, 'aiCredits', 2]);
  });

  it('regenerates and revokes the key, and expires tokens', async () => {
    const old = sandbox.apiKey;
    const open = async (key: string) =>
      (await callApi(sandbox, 'GET', '/v1/quota', { headers: { Authorization: key } })).status;
    const overlapping = await control('POST', '/credentials/key/regenerate', { overlap: true });
    assert.deepEqual([await open(old), await open(overlapping.json.apiKey)], [200, 200]);
    const hard = await control('POST', '/credentials/key/regenerate');
    assert.deepEqual([await open(old), await open(hard.json.apiKey)], [401, 200]);
    assert.equal((await control('GET', '/credentials')).json.apiKey, sandbox.apiKey);
    const { clientId: client_id, clientSecret: client_secret } = sandbox;
    const token = await callApi(sandbox, 'POST', '/v1/oauth2/token', {
      body: { client_id, client_secret },
    });
    await control('POST', '/credentials/key/revoke');
    assert.equal(await open(sandbox.apiKey), 401);
    assert.equal(await open(token.json.access_token), 200);
    await control('POST', '/credentials/tokens/expire');
    assert.equal(await open(token.json.access_token), 401);
  });

  it('changes settings, all of which it knows', async () => {
    const { json } = await control('PATCH', '/settings', {
      jobNotFoundStatus: 200,
      webhookRetries: 2,
    });
    assert.deepEqual(json, {
      jobNotFoundStatus: 200,
      refuseUrllibAgents: true,
      webhookFailureShape: 'data',
      webhookRetries: 2,
      jobsPageSize: 50,
    });
    assert.equal((await control('PATCH', '/settings', { jobNotFoundStatus: 500 })).status, 400);
  });

  it('takes everything back to the start', async () => {
    const credentials = (await control('GET', '/credentials')).json;
    const first = await startJob();
    await control('POST', '/credentials/key/regenerate');
    await control('POST', '/faults', { kind: 'hang', times: 'unlimited' });
    await control('POST', '/clock/advance', { ms: 5 });
    assert.equal((await control('POST', '/reset')).status, 204);
    assert.deepEqual((await control('GET', '/credentials')).json, credentials);
    assert.deepEqual((await control('GET', '/faults')).json, []);
    assert.deepEqual((await control('GET', '/jobs')).json, []);
    assert.deepEqual((await control('GET', '/requests')).json, []);
    assert.equal((await control('GET', '/clock')).json.now, '2026-01-01T00:00:00.000Z');
    assert.equal(await startJob(), first, 'the same seed gives the same ids');
  });

  it('shows a page of what arrived, with nothing of it as markup', async () => {
    await exchange(sandbox.url, 'GET /<script> HTTP/1.1\r\nHost: x\r\n\r\n');
    const html = await (await fetch(sandbox.controlUrl)).text();
    assert.match(html, /SANDBOX \/ SIMULATOR/);
    assert.match(html, /GET \/&lt;script&gt; HTTP\/1\.1/);
  });

  it('keeps out the pages of other origins and names that were made to point here', async () => {
    const path = `${sandbox.controlUrl}/credentials`;
    const { port } = new URL(path);
    assert.equal((await fetch(path, { headers: { Origin: 'https://evil.example' } })).status, 403);
    const rebound = `GET /credentials HTTP/1.1\r\nHost: evil.example:${port}\r\n\r\n`;
    assert.match(await exchange(sandbox.controlUrl, rebound), /^HTTP\/1\.1 403 /);
    const crossSite = `GET /credentials HTTP/1.1\r\nHost: localhost:${port}\r\nSec-Fetch-Site: cross-site\r\n\r\n`;
    assert.match(await exchange(sandbox.controlUrl, crossSite), /^HTTP\/1\.1 403 /);
    const own = `GET /credentials HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
    assert.match(await exchange(sandbox.controlUrl, own), /^HTTP\/1\.1 200 /);
  });

  it('answers unknown calls with 404 and a body that is no JSON with 400', async () => {
    assert.equal((await control('GET', '/nothing')).status, 404);
    assert.equal((await control('PUT', '/faults')).status, 404);
    const response = await fetch(`${sandbox.controlUrl}/faults`, { method: 'POST', body: '{' });
    assert.equal(response.status, 400);
  });

  it('is documented, as are its faults and settings', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const calls = controlRoutes.map(([method, path]) => `${method} ${path.replace('*', '{id}')}`);
    const settings = Object.keys(sandbox.account.settings);
    assert.deepEqual([calls.length, faultKinds.length, settings.length], [23, 18, 5]);
    for (const name of [...calls, ...faultKinds, ...settings])
      assert.ok(readme.includes(`| \`${name}\` |`), `${name} is not in the README`);
  });
});
