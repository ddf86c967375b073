import 'server-only';
import { eq } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { findKnownDevice } from '@/lib/account/known-devices';
import type { ChallengeUse } from '@/lib/account/passkey-challenges';
import { askForPasskey, verifyPasskey } from '@/lib/account/passkey-proof';
import type { PasskeyRefusal } from '@/lib/account/passkeys';
import { addressPool } from '@/lib/io/client-address';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { reserve, type TooMany } from '@/lib/io/rate';
import { addressTriesPerMinute } from '@/lib/policy/lockout';
import { ok, type Result } from '@/lib/policy/result';
import { minutes } from '@/lib/policy/time';
import { readCookie } from '@/lib/session/cookies';
import { type BegunAttempt, beginAttempt, recordPasskeyProof } from './attempts';
import { holdAttempt } from './login';

/** Nobody is known yet: the passkey itself names its account. */
const use: ChallengeUse = { purpose: 'sign_in', boundTo: null, accountId: null };

/** A challenge for whoever opens the sign-in page, as JSON for the browser. */
export async function passkeyLoginOptions(address: string | null): Promise<Result<string, TooMany>> {
  const turn = await reserve(database(), {
    key: `passkey:${addressPool(address)}`,
    most: addressTriesPerMinute,
    per: minutes(1),
  });
  return turn.ok ? ok(JSON.stringify(await askForPasskey(database(), use))) : turn;
}

export type PasskeyLogin = {
  readonly answer: string;
  readonly returnTo: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
};

async function begin(tx: Transaction, accountId: string, login: PasskeyLogin): Promise<BegunAttempt> {
  const { address, userAgent, returnTo } = login;
  const [account] = await tx
    .select({ email: accounts.loginEmail })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!account) throw new Error('a passkey belongs to an account');
  const client = { kind: 'web', name: null } as const;
  const { email } = account;
  const attempt = await beginAttempt(tx, { email, accountId, client, address, userAgent, returnTo });
  const deviceId = await findKnownDevice(tx, accountId, await readCookie('device'));
  await recordPasskeyProof(tx, attempt.id, deviceId);
  return attempt;
}

/** A passkey with user verification begins a sign-in with password and second factor both proven. */
export async function signInWithPasskey(login: PasskeyLogin): Promise<Result<BegunAttempt, PasskeyRefusal>> {
  const begun = await transaction(async (tx): Promise<Result<BegunAttempt, PasskeyRefusal>> => {
    const proven = await verifyPasskey(tx, use, login.answer);
    return proven.ok ? ok(await begin(tx, proven.value.accountId, login)) : proven;
  });
  if (begun.ok) await holdAttempt(begun.value);
  return begun;
}
