import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSandbox, type Sandbox } from '../index.ts';
import { callApi } from '../testing/caller.ts';

describe('lists and records', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ clock: 'manual' });
  });
  after(() => sandbox.close());

  const get = async (path: string) => callApi(sandbox, 'GET', path);
  const send = (method: string, path: string, body: unknown) =>
    callApi(sandbox, method, path, { body });

  it('of music keep to their filters and pages', async () => {
    const search = async (body: object) =>
      (await send('POST', '/v1/music/search', body)).json.items;
    const calm = await search({ mood: ['Calm'], notInstrument: ['Piano'], pageSize: 100 });
    assert.ok(calm.length > 0);
    for (const track of calm) {
      assert.deepEqual(track.moods, ['Calm']);
      assert.ok(!track.instruments.includes('Piano'));
    }
    assert.deepEqual(await search({ mood: ['calm'] }), [], 'values mind upper and lower case');
    const [first, second] = [await search({ page: 1 }), await search({ page: 2 })];
    assert.equal(first.length, 20);
    assert.notEqual(first[0].id, second[0].id);
    assert.equal((await send('POST', '/v1/music/search', { pageSize: 5 })).status, 400);
  });

  it('of music words are as long as the service documents', async () => {
    assert.equal((await get('/v1/music/genres/groups')).json.length, 12);
    assert.equal((await get('/v1/music/purposes')).json.length, 74);
  });

  it('of credits want year and month together, within a year', async () => {
    assert.equal((await get('/v1/aicredits/usage')).json.length, 1);
    assert.equal((await get('/v1/aicredits/usage?year=2026&month=1')).json.length, 1);
    assert.deepEqual((await get('/v1/aicredits/usage?year=2025&month=12')).json, []);
    for (const query of [
      'year=2026',
      'month=1',
      'year=2025&month=1',
      'year=2026&month=13',
      'year=2026&month=2',
    ])
      assert.equal((await get(`/v1/aicredits/usage?${query}`)).json.code, 'INVALID_REQUEST', query);
  });

  it('of connections mind their version', async () => {
    const aws = { name: 'a', awsAccountId: '123456789012', awsRegion: 'eu-west-1' };
    assert.equal(
      (await send('POST', '/v1/awsconnections', { ...aws, awsAccountId: '12' })).status,
      400,
    );
    const { connectionId } = (await send('POST', '/v1/awsconnections', aws)).json;
    const path = `/v1/awsconnections/${connectionId}`;
    assert.equal((await send('PUT', path, { name: 'b', version: 1 })).json.version, 2);
    assert.equal((await send('PUT', path, { name: 'c', version: 1 })).status, 400);
    assert.equal((await get(path)).json.name, 'b');
    assert.equal((await send('DELETE', path, undefined)).status, 204);
    assert.equal((await send('DELETE', path, undefined)).status, 404);
  });

  it('of Vimeo connections never give back a secret, and want a name of their own', async () => {
    const secrets = { clientIdentifier: 'id-1', clientSecret: 'secret-1', accessToken: 'token-1' };
    const body = { name: 'films', ...secrets };
    const created = await send('POST', '/v1/vimeo-connections', body);
    assert.equal(created.status, 200);
    assert.equal((await send('POST', '/v1/vimeo-connections', body)).json.fields[0].name, 'name');
    const path = `/v1/vimeo-connections/${created.json.connectionId}`;
    const changed = await send('PUT', path, { version: 1, accessToken: 'token-2' });
    const replies = [
      created.json,
      changed.json,
      (await get(path)).json,
      (await get('/v1/vimeo-connections')).json,
    ];
    assert.doesNotMatch(JSON.stringify(replies), /id-1|secret-1|token-/);
    assert.equal((await send('PUT', path, { name: 'x' })).status, 400, 'the version is required');
    for (let count = 0; count < 2; count += 1)
      assert.equal((await send('DELETE', path, undefined)).status, 204, 'a repeat is harmless');
  });

  it('of projects are replaced whole', async () => {
    const before = (await get('/v2/projects/2')).json;
    assert.equal(before.project_id, 2, 'older projects have numbers');
    await send('PUT', '/v2/projects/2', { projectName: 'New', scenes: [] });
    const after = (await get('/v2/projects/2')).json;
    assert.equal(after.projectName, 'New');
    assert.equal(after.project_id, 2);
    assert.equal(after.videoDuration, undefined);
    assert.equal((await get('/v2/projects/none')).status, 404);
  });

  it('of voices hold what was added, and speakers find it', async () => {
    const body = { name: 'Mine', engine: 'neural', service: 'aws', voiceId: 'v-9' };
    const { id } = (await send('POST', '/v1/voiceovers/tracks', body)).json;
    const listed = (await get('/v1/voiceovers/tracks')).json;
    assert.ok(
      listed.some(
        (voice: { id: number; voice: string }) => voice.id === id && voice.voice === 'v-9',
      ),
    );
  });

  it('of media want a keyword', async () => {
    assert.equal((await get('/v1/media/search')).status, 400);
    assert.equal((await get('/v1/media/search?keyword=a&page=0')).status, 400);
    assert.equal((await get('/v1/media/search?keyword=a&page=3')).json.data.page, 3);
  });

  it('answer a body that is no JSON with 400', async () => {
    const response = await fetch(`${sandbox.url}/pictoryapis/v1/oauth2/token`, {
      method: 'POST',
      body: '{',
    });
    assert.equal(response.status, 400);
    const { code, fields } = (await response.json()) as { code: string; fields: unknown };
    assert.equal(code, 'INVALID_REQUEST_BODY');
    assert.deepEqual(fields, [{ name: 'body', errors: ['must be JSON'] }]);
  });
});
