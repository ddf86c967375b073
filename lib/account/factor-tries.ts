import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/io/db';
import { keyedHash } from '@/lib/io/keys';
import { notify } from '@/lib/io/notify';
import { newId } from '@/lib/io/token';
import { ceilingVerdict, failureCeiling, secondFactorPool } from '@/lib/policy/lockout';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';

/** What a person proves; backup codes count as a method of their own. */
export type TriedMethod = 'email' | 'sms' | 'totp' | 'backup';

export type TriesRefusal =
  | { readonly code: 'paused'; readonly until: Instant }
  /** A hundred failures without a success: off until another method, a backup code or an admin restores it. */
  | { readonly code: 'method_off' };

const window = sql`make_interval(secs => ${secondFactorPool.window / 1000})`;
const pause = sql`make_interval(secs => ${secondFactorPool.pause / 1000})`;

const accountKey = (accountId: string) => keyedHash('address', `second-factor:${accountId}`);
const methodKey = (accountId: string, method: TriedMethod) =>
  keyedHash('address', `second-factor:${accountId}:${method}`);

/** The wrong tries that still count: of the last hour, and since the last pause ended. */
const counting: SQL = sql`array(select at from unnest(p.reservations) at
  where at > clock_timestamp() - ${window} and at > coalesce(p.locked_until, '-infinity'))`;

/**
 * Takes one of ten places before anything is compared, and holds the pool until the transaction ends, so that tries
 * of one person are judged one after another. A place counts as a wrong try unless `forgiveTry` gives it back.
 */
async function takePlace(tx: Transaction, accountId: string): Promise<Instant | null> {
  const key = accountKey(accountId);
  const taken = await tx.execute(sql`
    insert into failure_pools as p (key, kind, account_id, reservations, last_failure_at)
    values (${key}, 'second_factor', ${accountId}, array[clock_timestamp()], clock_timestamp())
    on conflict (key) do update set
      reservations = ${counting} || clock_timestamp(),
      last_failure_at = clock_timestamp(),
      locked_until = case when cardinality(${counting}) + 1 >= ${secondFactorPool.wrongMax} then clock_timestamp() + ${pause} end
    where p.locked_until is null or p.locked_until <= clock_timestamp()
    returning 1`);
  if (taken.length === 1) return null;
  const [row] = await tx.execute<{ until: number }>(
    sql`select epoch_ms(locked_until)::float8 as until from failure_pools where key = ${key}`,
  );
  return row?.until ?? 0;
}

async function countMethod(tx: Transaction, accountId: string, method: TriedMethod): Promise<number | null> {
  const [row] = await tx.execute<{ failures: number }>(sql`
    insert into failure_pools as p (key, kind, account_id, failures_since_success)
    values (${methodKey(accountId, method)}, 'second_factor', ${accountId}, 1)
    on conflict (key) do update set failures_since_success = p.failures_since_success + 1
    where p.failures_since_success < ${failureCeiling}
    returning failures_since_success as failures`);
  return row?.failures ?? null;
}

/** The place a running try holds. */
export type Try = { readonly accountId: string; readonly method: TriedMethod; readonly failures: number };

/** Begins a try: refused while paused, or when the method is off. */
export async function beginTry(
  tx: Transaction,
  accountId: string,
  method: TriedMethod,
): Promise<Result<Try, TriesRefusal>> {
  const until = await takePlace(tx, accountId);
  if (until !== null) return fail({ code: 'paused', until });
  const failures = await countMethod(tx, accountId, method);
  if (failures === null) {
    await giveBackPlace(tx, accountId);
    return fail({ code: 'method_off' });
  }
  return ok({ accountId, method, failures });
}

const giveBackPlace = (tx: Transaction, accountId: string) =>
  tx.execute(sql`
    update failure_pools set reservations = trim_array(reservations, 1), locked_until = null
    where key = ${accountKey(accountId)} and cardinality(reservations) > 0`);

/** The try cost nothing: the code was an older one, or none was needed. */
export async function forgiveTry(tx: Transaction, { accountId, method }: Try): Promise<void> {
  await giveBackPlace(tx, accountId);
  await tx.execute(sql`
    update failure_pools set failures_since_success = failures_since_success - 1
    where key = ${methodKey(accountId, method)} and failures_since_success > 0`);
}

/** The try succeeded: it does not count, and every method that had been switched off by failures is on again. */
export async function succeedTry(tx: Transaction, { accountId }: Try): Promise<void> {
  await giveBackPlace(tx, accountId);
  await tx.execute(sql`
    update failure_pools set failures_since_success = 0
    where account_id = ${accountId} and kind = 'second_factor'`);
}

/** The try was wrong: it keeps the place it took, and each tenth in a row is told. */
export async function failTry(tx: Transaction, { accountId, method, failures }: Try): Promise<void> {
  if (!ceilingVerdict(failures).mail) return;
  await notify(tx, {
    key: `second-factor-failures:${newId()}`,
    accountId,
    notice: { kind: 'many_failures', data: { method, failures } },
  });
}

/** Cool-down and unlock: no failure counts any longer. */
export async function clearTries(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`
    update failure_pools set failures_since_success = 0, reservations = '{}', locked_until = null
    where account_id = ${accountId} and kind = 'second_factor'`);
}
