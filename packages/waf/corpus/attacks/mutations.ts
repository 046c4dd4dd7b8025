import type { Random } from '../random.ts';

/** A way to write a payload so that it still works, or works once the application has decoded it. */
export interface Mutation {
  readonly name: string;
  readonly apply: (payload: string, random: Random) => string;
}

const mixedCase = (payload: string, random: Random): string =>
  payload.replaceAll(
    /\b(?:or|and|union|select|from|script|alert|onerror|onload|sleep|drop|table|insert|where|img|svg|javascript)\b/gi,
    (word) =>
      [...word]
        .map((letter) => (random.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase()))
        .join(''),
  );

const percentAll = (payload: string): string =>
  [...Buffer.from(payload)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

export const PLAIN: Mutation = { name: 'plain', apply: (payload) => payload };

/** Mutations that keep a payload's own characters. */
export const SPELLINGS: readonly Mutation[] = [
  PLAIN,
  { name: 'case', apply: mixedCase },
  {
    name: 'prefix',
    apply: (payload, random) => `${random.pick(['test', '42', 'hello', 'video'])}${payload}`,
  },
  {
    name: 'comment',
    apply: (payload) =>
      payload.replaceAll(
        /(?<=\b(?:union|select|or|and|from|where|order|by)) (?=\w|['"(])/gi,
        '/**/',
      ),
  },
  { name: 'newline', apply: (payload) => payload.replaceAll(' ', '\n') },
];

/** Mutations that wrap a payload in an encoding. */
export const WRAPPINGS: readonly Mutation[] = [
  { name: 'base64', apply: (payload) => Buffer.from(payload).toString('base64') },
  { name: 'base64url', apply: (payload) => Buffer.from(payload).toString('base64url') },
  { name: 'json', apply: (payload) => JSON.stringify({ q: payload }) },
  { name: 'percent', apply: percentAll },
  { name: 'percent twice', apply: (payload) => percentAll(percentAll(payload)) },
];
