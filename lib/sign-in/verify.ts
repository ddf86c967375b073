import 'server-only';
import { checkTypedPassword, type PasswordRefusal } from '@/lib/account/password-check';
import {
  addressPoolKey,
  devicePoolKey,
  giveBackPlace,
  type PasswordPool,
  type Place,
  recordSuccess,
} from '@/lib/account/password-pools';
import { isCurrentPassword } from '@/lib/account/password-record';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { addressPool } from '@/lib/io/client-address';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { type Reservation, release, reserve, type TooMany } from '@/lib/io/rate';
import { addressAllowed } from '@/lib/policy/cidr';
import { addressTriesPerMinute } from '@/lib/policy/lockout';
import { type PasswordIssue, passwordMalformation } from '@/lib/policy/password';
import { temporaryPasswordExpired } from '@/lib/policy/password-age';
import { fail, ok, type Result } from '@/lib/policy/result';
import { minutes } from '@/lib/policy/time';
import { lockAccount } from '@/lib/session/sessions';
import type { PasswordProof } from './attempts';
import { type ClearTextVerdict, examineClearText, keepVerdict } from './clear-text';
import { findLoginRow, type LoginRow } from './login-row';
import { untilAnswerTime } from './refusal-time';

/** A password typed for an email, at the browser or client that sent it. The email is normalized already. */
export type TypedLogin = {
  readonly email: string;
  readonly domain: string;
  readonly password: string;
  readonly deviceCookie: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type LoginRefusal =
  | PasswordRefusal
  | TooMany
  | { readonly code: 'address_refused' }
  | { readonly code: 'malformed'; readonly issue: PasswordIssue }
  /** These three are told after the right password only. */
  | { readonly code: 'suspended' }
  | { readonly code: 'unverified' }
  | { readonly code: 'temporary_expired' };

export type ProvenLogin = PasswordProof & { readonly accountId: string };

const poolOf = (typed: TypedLogin, row: LoginRow): PasswordPool => {
  const { account, deviceId, policy } = row;
  const lockMinutes = policy.values.lockoutMinutes;
  return deviceId === null
    ? { key: addressPoolKey(typed.email), kind: 'password', accountId: account?.id ?? null, lockMinutes }
    : { key: devicePoolKey(deviceId), kind: 'known_device', accountId: account?.id ?? null, lockMinutes };
};

/** What keeps somebody with the right password out. */
function barOf(
  row: LoginRow,
): Extract<LoginRefusal['code'], 'suspended' | 'unverified' | 'temporary_expired'> | null {
  const { account, password, now } = row;
  if (account?.isSuspended) return 'suspended';
  if (account?.isProven === false) return 'unverified';
  const setByAdminAt = password?.isTemporary ? password.setAt : null;
  return temporaryPasswordExpired(setByAdminAt, now) ? 'temporary_expired' : null;
}

type RightPassword = {
  readonly row: LoginRow;
  readonly current: NonNullable<LoginRow['password']>;
  readonly accountId: string;
  readonly place: Place;
  readonly verdict: ClearTextVerdict;
};

async function settleRight<T>(
  typed: TypedLogin,
  right: RightPassword,
  open: (tx: Transaction, proof: ProvenLogin) => Promise<T>,
): Promise<Result<T, LoginRefusal>> {
  const { row, current, accountId, place, verdict } = right;
  return transaction(async (tx) => {
    await lockAccount(tx, accountId);
    if (!(await isCurrentPassword(tx, current.id))) {
      await giveBackPlace(tx, place);
      return fail({ code: 'wrong' });
    }
    await recordSuccess(tx, place);
    await keepVerdict(tx, current, verdict);
    const bar = barOf(row);
    if (bar === null) {
      const { isBelowPolicy, isBreached } = verdict;
      return ok(await open(tx, { accountId, isBelowPolicy, isBreached, deviceId: row.deviceId }));
    }
    await recordAudit(tx, {
      chain: accountChain(accountId),
      event: 'sign_in.refused',
      actor: { kind: 'claimant', id: accountId },
      result: 'refused',
      reason: bar,
      personal: { address: typed.address, userAgent: typed.userAgent },
    });
    return fail({ code: bar });
  });
}

async function verify<T>(
  typed: TypedLogin,
  open: (tx: Transaction, proof: ProvenLogin) => Promise<T>,
): Promise<Result<T, LoginRefusal>> {
  const row = await findLoginRow(typed, typed.deviceCookie);
  const lists = row.policy.values.allowList.enforced;
  if (!addressAllowed(lists, typed.address, row.now).allowed) return fail({ code: 'address_refused' });
  const accountId = row.account?.id ?? null;
  const place = await checkTypedPassword({
    pool: poolOf(typed, row),
    accountId,
    hash: row.password?.hash ?? null,
    password: typed.password,
    address: typed.address,
    userAgent: typed.userAgent,
  });
  if (!place.ok) return place;
  const current = row.password;
  if (accountId === null || current === null) throw new Error('a password was right that nobody has');
  const verdict = await examineClearText(row, current, typed.password);
  return settleRight(typed, { row, current, accountId, place: place.value, verdict }, open);
}

const takeTurn = (address: string | null): Promise<Result<Reservation, TooMany>> =>
  reserve(database(), {
    key: `sign-in:${addressPool(address)}`,
    most: addressTriesPerMinute,
    per: minutes(1),
  });

/**
 * The password step of every door: limits first, then the address list, then one try that was reserved before it is
 * verified. `open` runs in the transaction that gives the place back and writes the proof where it belongs.
 */
export async function provePassword<T>(
  typed: TypedLogin,
  open: (tx: Transaction, proof: ProvenLogin) => Promise<T>,
): Promise<Result<T, LoginRefusal>> {
  const since = performance.now();
  const issue = passwordMalformation(typed.password);
  if (issue !== null) return fail({ code: 'malformed', issue });
  const turn = await takeTurn(typed.address);
  if (!turn.ok) return turn;
  const proven = await verify(typed, open);
  if (proven.ok) await release(database(), turn.value);
  else await untilAnswerTime(since);
  return proven;
}
