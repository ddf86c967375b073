import { sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { outbox } from '@/drizzle/schema';
import { closeDatabase, database, transaction } from './db';
import { enqueue } from './outbox';
import { forgetOldRows } from './retention';

afterAll(closeDatabase);

it('messages are forgotten after ninety days and not before', async () => {
  for (const key of ['old', 'young'])
    await transaction((tx) =>
      enqueue(tx, {
        key,
        channel: 'email',
        to: 'ann@example.com',
        notice: { kind: 'test_message', data: { by: 'Ann' } },
      }),
    );
  const ageTo = (key: string, daysAgo: number) =>
    database()
      .update(outbox)
      .set({ createdAt: sql`clock_timestamp() - make_interval(days => ${daysAgo}::int)` })
      .where(sql`key = ${key}`);
  await ageTo('old', 91);
  await ageTo('young', 89);
  await forgetOldRows();
  const rows = await database().select({ key: outbox.key }).from(outbox);
  expect(rows).toEqual([{ key: 'young' }]);
});
