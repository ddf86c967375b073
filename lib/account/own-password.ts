import 'server-only';
import { database } from '@/lib/io/db';
import type { Result } from '@/lib/policy/result';
import type { CurrentSession } from '@/lib/session/current';
import { checkTypedPassword, type PasswordRefusal } from './password-check';
import { addressPoolKey, devicePoolKey, type PasswordPool, type Place } from './password-pools';
import { readPasswordHistory } from './password-record';

function poolOf(session: CurrentSession): PasswordPool {
  const shared = { accountId: session.accountId, lockMinutes: session.policy.values.lockoutMinutes };
  return session.deviceId === null
    ? { ...shared, key: addressPoolKey(session.loginEmail), kind: 'password' }
    : { ...shared, key: devicePoolKey(session.deviceId), kind: 'known_device' };
}

/** A signed-in person types their password again: counted in the same pools as at sign-in. */
export async function checkOwnPassword(
  session: CurrentSession,
  password: string,
  userAgent: string | null,
): Promise<Result<Place, PasswordRefusal>> {
  const { current } = await readPasswordHistory(database(), session.accountId);
  return checkTypedPassword({
    pool: poolOf(session),
    accountId: session.accountId,
    hash: current?.hash ?? null,
    password,
    address: session.address,
    userAgent,
  });
}
