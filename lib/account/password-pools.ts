import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database, type Executor, type Transaction } from '@/lib/io/db';
import { keyedHash } from '@/lib/io/keys';
import {
  failureCeiling as ceiling,
  failureMemory,
  poolSize as limit,
  lockMailInterval,
} from '@/lib/policy/lockout';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';

/** Where a try is counted: the typed address, known or not, or one browser that signed in to one account before. */
export type PasswordPool = {
  readonly key: string;
  readonly kind: 'password' | 'known_device';
  readonly accountId: string | null;
  /** By the policy in force for the typed domain. */
  readonly lockMinutes: number;
};

export const addressPoolKey = (email: string) => keyedHash('address', `password:${email}`);
export const devicePoolKey = (deviceId: string) => keyedHash('address', `known-device:${deviceId}`);

/** A place taken by a running try. */
export type Place = { readonly pool: PasswordPool; readonly takenAt: string };

export type PoolRefusal =
  | { readonly code: 'locked'; readonly until: Instant }
  /** A hundred failures without a success: only known devices and a reset by mail still open. */
  | { readonly code: 'ceiling' }
  /** All places are taken by tries that have not ended. */
  | { readonly code: 'wait' };

/** A try that has not reported by then counts as failed. */
const longestTry = sql`interval '60 seconds'`;
const memory = sql`make_interval(secs => ${failureMemory / 1000})`;

const isLocked = sql`coalesce(p.locked_until > clock_timestamp(), false)`;
/** Consecutive failures that still count: none after the end of a lock, or after a day without any. */
const failures = sql`(case when p.locked_until is not null or p.last_failure_at <= clock_timestamp() - ${memory}
  then 0 else p.failures end)`;
const places = sql`array(select r from unnest(p.reservations) r where r > clock_timestamp() - ${memory})`;
const dead = sql`(select count(*)::int from unnest(p.reservations) r
  where r <= clock_timestamp() - ${longestTry} and r > clock_timestamp() - ${memory})`;

/** Takes a free place in one conditional statement; the row is held while its clock is read. */
async function takePlace(executor: Executor, pool: PasswordPool): Promise<Place | null> {
  const [row] = await executor.execute<{ taken_at: string }>(sql`
    insert into failure_pools as p (key, kind, account_id, reservations, created_at)
    values (${pool.key}, ${pool.kind}, ${pool.accountId}, array[clock_timestamp()], clock_timestamp())
    on conflict (key) do update set
      failures = ${failures},
      reservations = ${places} || clock_timestamp()::timestamptz(3),
      locked_until = null,
      account_id = coalesce(excluded.account_id, p.account_id)
    where not ${isLocked} and p.failures_since_success < ${ceiling}
      and ${failures} + cardinality(${places}) < ${limit}
    returning reservations[cardinality(reservations)]::text as taken_at`);
  return row ? { pool, takenAt: row.taken_at } : null;
}

/** Tries that died unreported have failed: where they fill the pool, the lock falls late but falls. */
async function settleDead(executor: Executor, pool: PasswordPool): Promise<void> {
  await executor.execute(sql`
    update failure_pools as p set
      failures = ${limit}, reservations = '{}', last_failure_at = clock_timestamp(),
      failures_since_success = p.failures_since_success + ${dead},
      locked_until = clock_timestamp() + ${lockLength(pool)}
    where p.key = ${pool.key} and not ${isLocked} and ${dead} > 0 and ${failures} + ${dead} >= ${limit}`);
}

const lockLength = (pool: PasswordPool): SQL => sql`make_interval(mins => ${pool.lockMinutes}::int)`;

/** How the pool stands at this moment, by reading alone; null while a place is free. */
export async function poolStanding(executor: Executor, pool: PasswordPool): Promise<PoolRefusal | null> {
  const [row] = await executor.execute<{ until: number | null; spent: boolean; full: boolean }>(sql`
    select case when ${isLocked} then epoch_ms(p.locked_until)::float8 end as until,
      p.failures_since_success >= ${ceiling} as spent, ${failures} + cardinality(${places}) >= ${limit} as full
    from failure_pools p where p.key = ${pool.key}`);
  if (row?.spent) return { code: 'ceiling' };
  if (row?.until != null) return { code: 'locked', until: row.until };
  return row?.full ? { code: 'wait' } : null;
}

async function refusalOf(executor: Executor, pool: PasswordPool): Promise<PoolRefusal> {
  await settleDead(executor, pool);
  return (await poolStanding(executor, pool)) ?? { code: 'wait' };
}

/** Reserves a place before anything is verified, or tells why there is none. */
export async function reservePlace(
  executor: Executor,
  pool: PasswordPool,
): Promise<Result<Place, PoolRefusal>> {
  const place = await takePlace(executor, pool);
  return place === null ? fail(await refusalOf(executor, pool)) : ok(place);
}

/** The places without this one; two taken in the same millisecond are worth the same, so one of them goes. */
const without = (takenAt: string): SQL => {
  const at = sql`array_position(p.reservations, ${takenAt}::timestamptz(3))`;
  return sql`(case when ${at} is null then p.reservations
    else p.reservations[:${at} - 1] || p.reservations[${at} + 1:] end)`;
};

export type FailedTry = {
  /** Set when this failure brought the lock down. */
  readonly lockedUntil: Instant | null;
  readonly failuresSinceSuccess: number;
};

/** The verification failed: the fifth in a row locks at once. */
export async function recordFailure(tx: Transaction, { pool, takenAt }: Place): Promise<FailedTry> {
  const falls = sql`(${failures} + 1 + (select count(*) from unnest(${without(takenAt)}) r
    where r <= clock_timestamp() - ${longestTry}) >= ${limit})`;
  const [row] = await tx.execute<{ until: number | null; in_a_row: number }>(sql`
    update failure_pools as p set
      failures = case when ${falls} then ${limit} else ${failures} + 1 end,
      reservations = case when ${falls} then '{}' else ${without(takenAt)} end,
      locked_until = case when ${falls} then clock_timestamp() + ${lockLength(pool)} end,
      last_failure_at = clock_timestamp(),
      failures_since_success = p.failures_since_success + 1
    where p.key = ${pool.key}
    returning epoch_ms(locked_until)::float8 as until, failures_since_success as in_a_row`);
  return { lockedUntil: row?.until ?? null, failuresSinceSuccess: row?.in_a_row ?? 0 };
}

/** The password was right: its place is free again and nothing counts any more. */
export async function recordSuccess(tx: Transaction, { pool, takenAt }: Place): Promise<void> {
  await tx.execute(sql`
    update failure_pools as p set
      failures = 0, failures_since_success = 0, locked_until = null, reservations = ${without(takenAt)}
    where p.key = ${pool.key}`);
}

/** The try came to no verdict: its place is given back and nothing is counted. */
export async function giveBackPlace(executor: Executor, { pool, takenAt }: Place): Promise<void> {
  await executor.execute(
    sql`update failure_pools as p set reservations = ${without(takenAt)} where p.key = ${pool.key}`,
  );
}

/** Whether the owner may be told of this pool now: at most once an hour. */
export async function mayTell(tx: Transaction, pool: PasswordPool): Promise<boolean> {
  const rows = await tx.execute(sql`
    update failure_pools set told_at = clock_timestamp()
    where key = ${pool.key} and (told_at is null or told_at <= clock_timestamp() - make_interval(secs => ${lockMailInterval / 1000})) returning 1`);
  return rows.length === 1;
}

/** A verified reset, an unlock or a cool-down: every pool of the account's password starts again at zero. */
export async function clearPasswordPools(
  tx: Transaction,
  account: { readonly accountId: string; readonly loginEmail: string },
): Promise<void> {
  await tx.execute(sql`
    update failure_pools set failures = 0, failures_since_success = 0, reservations = '{}', locked_until = null
    where (account_id = ${account.accountId} and kind in ('password', 'known_device'))
      or key = ${addressPoolKey(account.loginEmail)}`);
}

/** Forgets addresses nobody has, a day after their last failure; one at the ceiling is kept as long as a known one would be. */
export async function forgetUnknownAddresses(): Promise<void> {
  await database().execute(sql`
    delete from failure_pools as p
    where p.kind = 'password' and p.account_id is null and p.failures_since_success < ${ceiling} and not ${isLocked}
      and coalesce(p.last_failure_at, p.created_at) <= clock_timestamp() - ${memory}`);
}
