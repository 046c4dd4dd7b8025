import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CursorInvalid, type Page, type PageRequest } from '../../ports/stores.ts';
import type { Fresh } from './place.ts';
import { client, policy, resource, startMs } from './samples.ts';

type List = (page: PageRequest) => Promise<Page<{ readonly id: string }>>;

export function pagingContract(fresh: Fresh): void {
  test('pages cover every row once, newest first, also where times are equal', async () => {
    const { stores } = await fresh();
    const ids = Array.from({ length: 23 }, (_, index) => `job-${String(index).padStart(2, '0')}`);
    await stores.resources.record(
      ids.map((id, index) => resource({ id, createdAtMs: startMs + Math.floor(index / 5) })),
    );
    for (const limit of [1, 4, 5, 22, 23, 24, 200]) {
      const pages = await readAll((page) => stores.resources.list('job', 'cl_1', page), limit);
      assert.deepEqual(pages.flat(), ids.toReversed(), `limit ${limit}`);
      assert.ok(pages.every((page) => page.length > 0 && page.length <= limit));
    }
  });

  test('rows that come while pages are read neither repeat nor shift what follows', async () => {
    const { stores } = await fresh();
    const record = (id: string, createdAtMs: number) =>
      stores.resources.record([resource({ id, createdAtMs })]);
    for (let index = 0; index < 9; index += 1) await record(`a${index}`, startMs + index);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<{ readonly id: string }> = await stores.resources.list('job', null, {
        limit: 2,
        cursor,
      });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
      await record(`late${seen.length}`, startMs + 100 + seen.length);
    } while (cursor !== null);
    assert.deepEqual(
      seen,
      Array.from({ length: 9 }, (_, index) => `a${8 - index}`),
    );
  });

  test('clients and policies are paged as well', async () => {
    const { stores } = await fresh();
    for (let index = 0; index < 5; index += 1) {
      const createdAtMs = startMs + index;
      await stores.policies.create(policy({ id: `pol_${index}`, name: `p${index}`, createdAtMs }));
      await stores.clients.create(
        client({ id: `cl_${index}`, name: `c${index}`, policyId: 'pol_0', createdAtMs }),
      );
    }
    const clients = await readAll((page) => stores.clients.list(page), 2);
    assert.deepEqual(clients, [['cl_4', 'cl_3'], ['cl_2', 'cl_1'], ['cl_0']]);
    assert.equal((await readAll((page) => stores.policies.list(page), 2)).length, 3);
  });

  test('a cursor that no list gave is refused', async () => {
    const { stores } = await fresh();
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const wrong = ['', 'x', '%%%', encode(1), encode({}), encode([]), encode(['a', 'b'])];
    for (const cursor of [...wrong, encode([1, 'a', 2]), encode([1.5, 'a']), encode([null, 'a'])]) {
      await assert.rejects(stores.clients.list({ limit: 2, cursor }), CursorInvalid, cursor);
    }
  });
}

async function readAll(list: List, limit: number): Promise<readonly string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<{ readonly id: string }> = await list({ limit, cursor });
    pages.push(page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== null);
  return pages;
}
