import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { rateWindows } from '@/drizzle/schema';
import { hours } from '@/lib/policy/time';
import { closeDatabase, database } from './db';
import { release, reserve, tidyRateWindows } from './rate';
import { newId } from './token';

const limit = () => ({ key: `test:${newId()}`, most: 30, per: hours(24) });

afterAll(closeDatabase);

describe('a rate window', () => {
  it('has exactly as many places as promised when a hundred knock at once', async () => {
    const here = limit();
    const results = await Promise.all(Array.from({ length: 100 }, () => reserve(database(), here)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(30);
    const refused = results.find((result) => !result.ok);
    expect(refused).toMatchObject({ ok: false, error: { code: 'too_many' } });
    if (refused && !refused.ok) {
      expect(refused.error.retryAfterSeconds).toBeGreaterThan(0);
      expect(refused.error.retryAfterSeconds).toBeLessThanOrEqual(24 * 3600);
    }
  });

  it('takes a place back, and begins anew with the next window', async () => {
    const here = { ...limit(), most: 1 };
    const first = await reserve(database(), here);
    expect((await reserve(database(), here)).ok).toBe(false);
    if (first.ok) await release(database(), first.value);
    expect((await reserve(database(), here)).ok).toBe(true);
    await database()
      .update(rateWindows)
      .set({ windowStart: sql`window_start - interval '3 days'` })
      .where(sql`key = ${here.key}`);
    expect((await reserve(database(), here)).ok).toBe(true);
    await tidyRateWindows();
    expect(await database().$count(rateWindows, sql`key = ${here.key}`)).toBe(1);
  });
});
