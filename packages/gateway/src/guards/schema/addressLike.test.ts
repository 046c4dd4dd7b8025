import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isAddressLike } from './addressLike.ts';

it('whatever a fetcher may take for an absolute address reads like one', () => {
  const like = [
    'http://a',
    'HTTPS://a',
    'https:a',
    'http:/a',
    '//a',
    '\\\\a',
    '/\\a',
    '\thttps://a',
    '\u0001//a',
    '   //a',
    'ftp:a',
    'file:///etc/passwd',
    'gopher://a',
    'custom+x.y-1://a',
    's3:bucket/key',
    'jar:x',
    '\u00a0\ufeff//a',
  ];
  for (const text of like) assert.ok(isAddressLike(text), JSON.stringify(text));
});

it('other texts do not', () => {
  const unlike = [
    '',
    'a',
    'a//b',
    '/a/b',
    'note: this',
    'data:text/plain,x',
    'see https://a',
    '12:30',
    'https',
    '1http://a',
    `${'a'.repeat(40)}://x`,
  ];
  for (const text of unlike) assert.ok(!isAddressLike(text), JSON.stringify(text));
});
