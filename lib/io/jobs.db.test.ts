import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { jobs } from '@/drizzle/schema';
import { hours } from '@/lib/policy/time';
import { closeDatabase, database } from './db';
import { every, runIfDue, startJobs } from './jobs';

const rowOf = async (kind: string) => {
  const [row] = await database().select().from(jobs).where(eq(jobs.kind, kind));
  return row;
};
const add = (kind: string) => database().insert(jobs).values({ kind });

afterAll(closeDatabase);

describe('a job', () => {
  it('runs on one instance at a time, and then not before it is due again', async () => {
    await add('slow');
    let running = 0;
    let most = 0;
    let runs = 0;
    const job = every('slow', hours(1), async () => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
    });
    await Promise.all(Array.from({ length: 6 }, () => runIfDue(job)));
    expect(await runIfDue(job)).toBe(false);
    expect({ most, runs }).toEqual({ most: 1, runs: 1 });
    await database()
      .update(jobs)
      .set({ nextRunAt: sql`clock_timestamp() - interval '1 ms'` })
      .where(eq(jobs.kind, 'slow'));
    expect(await runIfDue(job)).toBe(true);
  });

  it('that fails is tried again soon and leaves word', async () => {
    await add('bad');
    const job = every('bad', hours(1), () => Promise.reject(new TypeError('no')));
    expect(await runIfDue(job)).toBe(true);
    const row = await rowOf('bad');
    expect(row?.lastError).toBe('TypeError');
    expect((row?.nextRunAt ?? 0) - (row?.lastRunAt ?? 0)).toBeLessThanOrEqual(60_000);
  });

  it('is begun by the instance that knows it', async () => {
    let runs = 0;
    const { stop } = startJobs([
      every('begun', hours(1), () => {
        runs += 1;
        return Promise.resolve();
      }),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stop();
    expect(runs).toBe(1);
  });
});
