import type { Operation } from './operation.ts';

/** What the plainest operation has: a free read that names and makes nothing. */
export const plainOperation = {
  cost: 'free-read',
  destructive: false,
  accountWide: false,
  anyCase: false,
  pathParameters: [],
  query: [],
  body: null,
  ids: [],
  creates: [],
  deletes: null,
  lists: null,
} as const satisfies Partial<Operation>;
