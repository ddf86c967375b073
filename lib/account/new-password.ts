import 'server-only';
import { database } from '@/lib/io/db';
import { type Busy, hashPassword, verifyPassword } from '@/lib/io/hash';
import type { EffectivePolicy } from '@/lib/policy/effective';
import {
  checkPassword,
  formerPasswordsCompared,
  type PasswordIssue,
  type PasswordNames,
  passwordMalformation,
  type RuleTuple,
  ruleTuple,
} from '@/lib/policy/password';
import { type ChangeOccasion, checkMinimumAge, type TooYoung } from '@/lib/policy/password-age';
import { fail, ok, type Result } from '@/lib/policy/result';
import { checkBreaches } from './breached-passwords';
import { type PasswordHistory, readPasswordHistory } from './password-record';

/** Every way in which a password comes to be set. */
export type PasswordDoor = 'sign_up' | 'invitation' | 'reset' | 'forced' | 'voluntary' | 'admin';

export type PasswordWish = {
  readonly door: PasswordDoor;
  readonly candidate: string;
  /** The policy in force for the account; given, never loaded here. */
  readonly policy: EffectivePolicy;
  /** The account, or the names of the one that is about to be made. */
  readonly for: { readonly accountId: string } | { readonly names: PasswordNames };
};

export type WishRefusal =
  | { readonly code: 'refused'; readonly issues: readonly PasswordIssue[] }
  | TooYoung
  | Busy;

/** A password that met every rule, hashed and ready to be stored against the current one it was compared with. */
export type PreparedPassword = {
  readonly door: PasswordDoor;
  readonly hash: string;
  readonly validatedUnder: RuleTuple;
  readonly replaces: string | null;
  /** The service of known breaches did not answer; the audit row says so. */
  readonly breachUnchecked: boolean;
};

const noHistory = (names: PasswordNames): PasswordHistory => ({
  current: null,
  former: [],
  names,
  loginEmail: names.login ?? '',
  now: 0,
});

/** Which of several hashes a candidate matches; each is verified with its own parameters, one after another. */
async function matchesAny(hashes: readonly string[], candidate: string): Promise<Result<boolean, Busy>> {
  for (const hash of hashes) {
    const same = await verifyPassword(hash, candidate);
    if (!same.ok || same.value) return same;
  }
  return ok(false);
}

function occasionOf(door: PasswordDoor, history: PasswordHistory): ChangeOccasion {
  const wasGiven = history.current?.origin === 'admin' || history.current?.origin === 'invitation';
  if (door === 'voluntary') return wasGiven ? 'first_after_given' : 'voluntary';
  return door === 'reset' ? 'forgot_password' : 'forced';
}

function checkAge({ door, policy }: PasswordWish, history: PasswordHistory): Result<null, TooYoung> {
  if (history.current === null) return ok(null);
  const change = { occasion: occasionOf(door, history), changedAt: history.current.setAt };
  return checkMinimumAge(policy, change, history.now);
}

/** The facts only this side can know: compared with former passwords, looked up in the lists. */
async function gatherFacts({ candidate, policy }: PasswordWish, history: PasswordHistory) {
  const same = await matchesAny(history.current ? [history.current.hash] : [], candidate);
  if (!same.ok) return same;
  const count = formerPasswordsCompared(policy.values, history.current?.isTemporary);
  const compared = history.former.slice(0, count);
  const reused = await matchesAny(compared, candidate);
  if (!reused.ok) return reused;
  const verdict = policy.values.breachedCheck ? await checkBreaches(candidate) : 'clean';
  return ok({
    verdict,
    facts: {
      names: history.names,
      sameAsCurrent: same.value,
      reused: reused.value,
      breached: verdict === 'breached',
      common: verdict === 'common',
    },
  });
}

/** Checks a wished password against every rule and hashes it. Nothing is written; the slow work happens outside any transaction. */
export async function preparePassword(wish: PasswordWish): Promise<Result<PreparedPassword, WishRefusal>> {
  const fault = passwordMalformation(wish.candidate);
  if (fault !== null) return fail({ code: 'refused', issues: [fault] });
  const history =
    'names' in wish.for
      ? noHistory(wish.for.names)
      : await readPasswordHistory(database(), wish.for.accountId);
  const age = checkAge(wish, history);
  if (!age.ok) return age;
  const gathered = await gatherFacts(wish, history);
  if (!gathered.ok) return gathered;
  const issues = checkPassword(wish.policy.values, wish.candidate, gathered.value.facts);
  if (issues.length > 0) return fail({ code: 'refused', issues });
  const hash = await hashPassword(wish.candidate);
  if (!hash.ok) return hash;
  return ok({
    door: wish.door,
    hash: hash.value,
    validatedUnder: ruleTuple(wish.policy.values),
    replaces: history.current?.id ?? null,
    breachUnchecked: gathered.value.verdict === 'unchecked',
  });
}
