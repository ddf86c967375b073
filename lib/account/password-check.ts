import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { type Busy, verifyNothing, verifyPassword } from '@/lib/io/hash';
import { notify } from '@/lib/io/notify';
import { newId } from '@/lib/io/token';
import { ceilingVerdict } from '@/lib/policy/lockout';
import { fail, type Result } from '@/lib/policy/result';
import { type Instant, type Milliseconds, seconds } from '@/lib/policy/time';
import {
  type FailedTry,
  giveBackPlace,
  mayTell,
  type PasswordPool,
  type Place,
  type PoolRefusal,
  poolStanding,
  recordFailure,
  reservePlace,
} from './password-pools';

/** One try at a password. `hash` is null where no account or no password is there; it costs the same. */
export type PasswordTry = {
  readonly pool: PasswordPool;
  readonly accountId: string | null;
  readonly hash: string | null;
  readonly password: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type PasswordRefusal =
  | { readonly code: 'wrong' }
  /** `now`: this very try was the fifth that failed. */
  | { readonly code: 'locked'; readonly until: Instant }
  | Exclude<PoolRefusal, { code: 'locked' }>
  | Busy;

const patience: Milliseconds = seconds(2);
const glance: Milliseconds = 60;

/**
 * While others' tries hold all places a short wait usually frees one, so that right passwords at once all get in. Those who
 * wait only read, so that they do not hold up those who verify.
 */
async function waitForPlace(pool: PasswordPool): Promise<Result<Place, PoolRefusal>> {
  const until = performance.now() + patience;
  let place = await reservePlace(database(), pool);
  while (!place.ok && place.error.code === 'wait' && performance.now() < until) {
    await pause(glance);
    const standing = await poolStanding(database(), pool);
    place = standing === null ? await reservePlace(database(), pool) : fail(standing);
  }
  return place;
}

async function tell(
  tx: Transaction,
  { pool, accountId }: PasswordTry & { accountId: string },
  failed: FailedTry,
) {
  const { lockedUntil, failuresSinceSuccess: failures } = failed;
  if ((lockedUntil === null && !ceilingVerdict(failures).mail) || !(await mayTell(tx, pool))) return;
  await notify(tx, {
    key: `password-failures:${newId()}`,
    accountId,
    notice:
      lockedUntil === null
        ? { kind: 'many_failures', data: { method: 'password', failures } }
        : { kind: 'locked', data: { until: lockedUntil } },
  });
}

function settleFailure(tried: PasswordTry, place: Place): Promise<FailedTry> {
  return transaction(async (tx) => {
    const failed = await recordFailure(tx, place);
    const { accountId, address, userAgent } = tried;
    if (accountId === null) return failed;
    await tell(tx, { ...tried, accountId }, failed);
    await recordAudit(tx, {
      chain: accountChain(accountId),
      event: failed.lockedUntil === null ? 'password.wrong' : 'password.locked',
      actor: { kind: 'anonymous', id: null },
      result: 'refused',
      after: { pool: tried.pool.kind, failuresInARow: failed.failuresSinceSuccess },
      personal: { address, userAgent },
    });
    return failed;
  });
}

/**
 * Reserves a place, verifies, and settles a failure. A right password answers with its place still held: the caller gives
 * it back with `recordSuccess` in the transaction of what the password opens.
 */
export async function checkTypedPassword(tried: PasswordTry): Promise<Result<Place, PasswordRefusal>> {
  const place = await waitForPlace(tried.pool);
  if (!place.ok) return place;
  const verdict =
    tried.hash === null
      ? await verifyNothing(tried.password)
      : await verifyPassword(tried.hash, tried.password);
  if (!verdict.ok) {
    await giveBackPlace(database(), place.value);
    return verdict;
  }
  if (verdict.value) return place;
  const { lockedUntil } = await settleFailure(tried, place.value);
  return fail(lockedUntil === null ? { code: 'wrong' } : { code: 'locked', until: lockedUntil });
}
