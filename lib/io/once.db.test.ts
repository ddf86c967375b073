import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { mailedLinks } from '@/drizzle/schema';
import { minutes } from '@/lib/policy/time';
import { closeDatabase, database, transaction } from './db';
import { consumeLink, issueLink, peekLink } from './once';

const issue = () =>
  transaction((tx) =>
    issueLink(tx, { purpose: 'reset_password', email: 'ann@example.com', lifetime: minutes(15) }),
  );
const consume = (token: string) => transaction((tx) => consumeLink(tx, 'reset_password', token));

afterAll(closeDatabase);

describe('a mailed link', () => {
  it('works once, of fifty at the same time', async () => {
    const { token } = await issue();
    const results = await Promise.all(Array.from({ length: 50 }, () => consume(token)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is not used up by looking at it, nor by what was undone', async () => {
    const { token, id } = await issue();
    expect(await peekLink(database(), 'reset_password', token)).toMatchObject({
      id,
      email: 'ann@example.com',
    });
    await expect(
      transaction(async (tx) => {
        await consumeLink(tx, 'reset_password', token);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect((await consume(token)).ok).toBe(true);
    expect(await peekLink(database(), 'reset_password', token)).toBeNull();
  });

  it('serves its own purpose, until it expires, and is not kept in the clear', async () => {
    const { token, id } = await issue();
    expect(await peekLink(database(), 'sign_up', token)).toBeNull();
    const [row] = await database().select().from(mailedLinks).where(eq(mailedLinks.id, id));
    expect(JSON.stringify(row)).not.toContain(token);
    await database()
      .update(mailedLinks)
      .set({ expiresAt: sql`clock_timestamp() - interval '1 second'` })
      .where(eq(mailedLinks.id, id));
    expect((await consume(token)).ok).toBe(false);
  });
});
