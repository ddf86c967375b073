import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { accounts } from '@/drizzle/schema';
import { closeDatabase, database, now, transaction } from './db';
import { errorFields } from './log';
import { Outage, outageOf } from './outage';

const caught = async (run: Promise<unknown>): Promise<unknown> => {
  try {
    await run;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

afterAll(closeDatabase);

describe('the database', () => {
  it('is used as a role that owns nothing', async () => {
    const [row] = await database().execute(sql`select current_user::text as name`);
    expect(row).toEqual({ name: 'gatehouse_app' });
    const error = await caught(Promise.resolve(database().execute(sql`create table mine (id int)`)));
    expect(inspect(error)).toMatch(/permission denied/);
  });

  it('gives a moment that is the server’s and moves on within a transaction', async () => {
    const [first, second] = await transaction(async (tx) => {
      const before = await now(tx);
      await tx.execute(sql`select pg_sleep(0.02)`);
      return [before, await now(tx)];
    });
    expect(second - first).toBeGreaterThanOrEqual(15);
    expect(Math.abs(first - Date.now())).toBeLessThan(60_000);
  });

  it('tells an outage from a bug', async () => {
    const slow = await caught(
      transaction(async (tx) => {
        await tx.execute(sql`set local statement_timeout = 20`);
        await tx.execute(sql`select pg_sleep(1)`);
      }),
    );
    expect(slow).toBeInstanceOf(Outage);
    const bug = await caught(Promise.resolve(database().execute(sql`select * from nowhere`)));
    expect(outageOf(bug)).toBeNull();
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(outageOf(new Error('wrapped', { cause: refused }))).toBeInstanceOf(Outage);
  });

  it('says so when all connections are taken, and serves again once they are free', async () => {
    const [error] = await Promise.all([
      caught(
        Promise.all(
          Array.from({ length: 20 }, () => transaction((tx) => tx.execute(sql`select pg_sleep(5.5)`))),
        ),
      ),
      new Promise((resolve) => setTimeout(resolve, 6000)),
    ]);
    expect(error).toBeInstanceOf(Outage);
    expect(await transaction((tx) => now(tx))).toBeGreaterThan(0);
  });

  it('keeps parameters out of errors', async () => {
    const secret = 'ann-secret@example.com';
    const error = await caught(
      database()
        .select({ id: accounts.id })
        .from(accounts)
        .where(eq(sql`${accounts.id} / 0`, secret)),
    );
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
    expect(JSON.stringify(errorFields(error))).not.toContain(secret);
    expect(inspect(error)).toContain('Failed query: select');
  });
});
