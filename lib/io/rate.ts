import 'server-only';
import { and, eq, lt, sql } from 'drizzle-orm';
import { rateWindows } from '@/drizzle/schema';
import { fail, ok, type Result } from '@/lib/policy/result';
import { days, type Instant, type Milliseconds } from '@/lib/policy/time';
import { database, type Executor } from './db';

export type RateLimit = {
  /** Names limit and subject, such as `sign-in:192.0.2.1`; for clients use `addressPool`. */
  readonly key: string;
  readonly most: number;
  readonly per: Milliseconds;
};

/** A place taken in a window. */
export type Reservation = { readonly key: string; readonly windowStart: Instant };

export type TooMany = { readonly code: 'too_many'; readonly retryAfterSeconds: number };

type Row = { start: string; count: number | null; wait: number };

/** Takes a place in the current fixed window in one statement, or tells when the next window begins. */
export async function reserve(executor: Executor, limit: RateLimit): Promise<Result<Reservation, TooMany>> {
  const span = sql`${limit.per / 1000}::float8`;
  const [row] = await executor.execute<Row>(sql`
    with clock as (select extract(epoch from clock_timestamp())::float8 as at),
    slot as (select at, floor(at / ${span}) * ${span} as start from clock),
    taken as (
      insert into rate_windows (key, window_start, count)
      select ${limit.key}, to_timestamp(start), 1 from slot
      on conflict (key, window_start) do update set count = rate_windows.count + 1
      where rate_windows.count < ${limit.most}
      returning count
    )
    select (start * 1000)::bigint::text as start, (select count from taken) as count,
      greatest(1, ceil(start + ${span} - at))::int as wait from slot`);
  if (!row) throw new Error('the statement that reserves answers with one row');
  if (row.count === null) return fail({ code: 'too_many', retryAfterSeconds: row.wait });
  return ok({ key: limit.key, windowStart: Number(row.start) });
}

/** Gives a place back, as for a right password, which does not count. */
export async function release(executor: Executor, { key, windowStart }: Reservation): Promise<void> {
  await executor
    .update(rateWindows)
    .set({ count: sql`greatest(0, ${rateWindows.count} - 1)` })
    .where(and(eq(rateWindows.key, key), eq(rateWindows.windowStart, windowStart)));
}

/** Removes windows that have long ended. */
export async function tidyRateWindows(): Promise<void> {
  const longAgo = sql`clock_timestamp() - make_interval(secs => ${days(2) / 1000})`;
  await database().delete(rateWindows).where(lt(rateWindows.windowStart, longAgo));
}
