import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainOperation } from '../domain/operation.fixture.ts';
import type { Method, Operation } from '../domain/operation.ts';
import { createRoutes } from './routes.ts';

const operation = (method: Method, path: string, anyCase = false): Operation => ({
  ...plainOperation,
  id: `${method} ${path}`,
  method,
  path,
  summary: '',
  scope: 'things:read',
  anyCase,
});

const find = createRoutes('/api', [
  operation('GET', '/v1/things'),
  operation('POST', '/v1/things'),
  operation('GET', '/v1/things/{id}'),
  operation('GET', '/v1/things/latest'),
  operation('DELETE', '/v1/things/{id}/clean'),
  operation('POST', '/v1/media/makeurl', true),
]);

const route = (method: Method, path: string) => find(method, path.split('/').slice(1));
const idOf = (method: Method, path: string) => {
  const found = route(method, path);
  return 'operation' in found ? found.operation.id : found.otherMethods;
};

describe('routes', () => {
  it('find an operation by method and path below the prefix', () => {
    assert.equal(idOf('GET', '/api/v1/things'), 'GET /v1/things');
    assert.equal(idOf('POST', '/api/v1/things'), 'POST /v1/things');
  });

  it('name the path parameters, in a table without a prototype', () => {
    const found = route('DELETE', '/api/v1/things/42/clean');
    assert.ok('operation' in found);
    assert.equal(found.parameters['id'], '42');
    assert.equal(found.parameters['constructor'], undefined);
  });

  it('prefer a literal segment over a parameter', () => {
    assert.equal(idOf('GET', '/api/v1/things/latest'), 'GET /v1/things/latest');
    assert.equal(idOf('DELETE', '/api/v1/things/latest/clean'), 'DELETE /v1/things/{id}/clean');
  });

  it('match a segment in any case only where the operation says so', () => {
    assert.equal(idOf('POST', '/api/v1/media/makeUrl'), 'POST /v1/media/makeurl');
    assert.equal(idOf('POST', '/api/v1/media/MAKEURL'), 'POST /v1/media/makeurl');
    assert.deepEqual(idOf('GET', '/api/v1/THINGS'), []);
    assert.deepEqual(idOf('POST', '/api/v1/Media/makeurl'), []);
  });

  it('find nothing without the prefix, above or below a path, or with another method', () => {
    for (const path of [
      '/v1/things',
      '/api',
      '/api/v1',
      '/api/v1/things/1/2',
      '/api/v1/things/1/clean/x',
      '/other/v1/things',
    ]) {
      assert.deepEqual(idOf('GET', path), [], path);
    }
    assert.deepEqual(idOf('DELETE', '/api/v1/things'), ['GET', 'POST']);
  });

  it('refuse a catalogue in which two operations answer the same call', () => {
    const twice = [operation('GET', '/a/{x}'), operation('GET', '/a/{y}')];
    assert.throws(() => createRoutes('/api', twice), /two operations/);
  });
});
