import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addAccount } from '@/bin/test/rows';
import { notices } from '@/drizzle/schema';
import { closeDatabase, database, transaction } from './db';
import { listNotices, notify } from './notify';
import { newId } from './token';

const notice = { kind: 'password_changed', data: {} } as const;

/** As many notices as asked for, three of each moment. */
async function personWith(count: number) {
  const { id: accountId } = await addAccount();
  for (let at = 0; at < count; at += 1)
    await database()
      .insert(notices)
      .values({
        id: newId(),
        key: `test:${newId()}`,
        accountId,
        kind: notice.kind,
        data: {},
        createdAt: sql`now() - make_interval(mins => ${Math.floor(at / 3)})`,
      });
  return accountId;
}

afterAll(closeDatabase);

test('pages hold every notice once, newest first, however many share a moment', async () => {
  const accountId = await personWith(23);
  const seen: { readonly id: string; readonly createdAt: number }[] = [];
  let before: string | null = null;
  const sizes: number[] = [];
  do {
    const page = await listNotices(database(), accountId, { before, limit: 5 });
    sizes.push(page.notices.length);
    seen.push(...page.notices);
    before = page.next;
  } while (before !== null);
  expect(sizes).toEqual([5, 5, 5, 5, 3]);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(23);
  expect(seen.map(({ createdAt }) => createdAt)).toEqual(
    seen.map(({ createdAt }) => createdAt).toSorted((left, right) => right - left),
  );
});

test('a page behind somebody else’s notice, or behind none, is empty', async () => {
  const [mine, theirs] = [await personWith(3), await personWith(3)];
  const page = await listNotices(database(), theirs, { before: null, limit: 1 });
  for (const before of [page.next, newId()])
    expect(await listNotices(database(), mine, { before, limit: 5 })).toEqual({ notices: [], next: null });
});

test('moments are left to the reader’s zone, and no name can pass for one', async () => {
  const { id: accountId } = await addAccount();
  const at = Date.UTC(2026, 4, 3, 12);
  const data = { client: 'Firefox \ue000on\ue000 Linux', address: '192.0.2.7', at };
  await transaction((tx) => notify(tx, { key: newId(), accountId, notice: { kind: 'new_device', data } }));
  const { notices: found } = await listNotices(database(), accountId, { before: null, limit: 5 });
  const moments = found.flatMap(({ body }) => body.flat().filter((part) => typeof part === 'number'));
  expect(moments).toEqual([at]);
});
