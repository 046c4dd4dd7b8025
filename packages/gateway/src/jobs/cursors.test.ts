import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createCursors } from './cursors.ts';

const scope = { clientId: 'cl_one', operationId: 'listNotes' };
const cursors = createCursors(randomBytes(32));

describe('a cursor', () => {
  it('opens to the page key that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pageKey) => {
        fc.pre(pageKey.isWellFormed());
        assert.equal(cursors.open(cursors.seal(pageKey, scope), scope), pageKey);
      }),
    );
  });

  it('shows nothing of the page key, and never the same twice', () => {
    const first = cursors.seal('job-of-somebody', scope);
    assert.notEqual(first, cursors.seal('job-of-somebody', scope));
    assert.match(first, /^[A-Za-z0-9_-]+$/);
    assert.ok(!Buffer.from(first, 'base64url').includes('job-of-somebody'));
  });

  it('opens for its own client and list only', () => {
    const cursor = cursors.seal('key', scope);
    assert.equal(cursors.open(cursor, { ...scope, clientId: 'cl_two' }), null);
    assert.equal(cursors.open(cursor, { ...scope, operationId: 'listFiles' }), null);
    assert.equal(createCursors(randomBytes(32)).open(cursor, scope), null);
  });

  it('that was changed anywhere does not open', () => {
    const bytes = Buffer.from(cursors.seal('key', scope), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      assert.equal(cursors.open(changed.toString('base64url'), scope), null, `byte ${at}`);
    }
  });

  it('that was never made does not open', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(cursors.open(text, scope), null)));
    for (const text of ['', 'AAAA', Buffer.alloc(28).toString('base64url')]) {
      assert.equal(cursors.open(text, scope), null);
    }
  });
});
