import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, passwords, signInAttempts } from '@/drizzle/schema';
import { openHandOver } from '@/lib/account/hand-over';
import type { Executor } from '@/lib/io/db';
import { tokenHashes } from '@/lib/io/token';
import type { Instant } from '@/lib/policy/time';
import { factorRows } from '@/lib/session/factor-standing';
import { layersOf } from '@/lib/session/layers';

const attemptColumns = {
  id: signInAttempts.id,
  email: signInAttempts.email,
  clientKind: signInAttempts.clientKind,
  clientName: signInAttempts.clientName,
  passwordVerifiedAt: signInAttempts.passwordVerifiedAt,
  passwordBelowPolicy: signInAttempts.passwordBelowPolicy,
  passwordBreached: signInAttempts.passwordBreached,
  secondFactorVerifiedAt: signInAttempts.secondFactorVerifiedAt,
  secondFactorMethod: signInAttempts.secondFactorMethod,
  originProvenAt: signInAttempts.originProvenAt,
  passwordChangedAt: signInAttempts.passwordChangedAt,
  contactEmailDeferredAt: signInAttempts.contactEmailDeferredAt,
  enrolledMethod: signInAttempts.enrolledMethod,
  returnTo: signInAttempts.returnTo,
  deviceId: signInAttempts.deviceId,
  createdAt: signInAttempts.createdAt,
  expiresAt: signInAttempts.expiresAt,
};

export const accountColumns = {
  id: accounts.id,
  name: accounts.name,
  loginEmail: accounts.loginEmail,
  loginEmailProvenAt: accounts.loginEmailProvenAt,
  contactEmail: accounts.contactEmail,
  contactEmailProvenAt: accounts.contactEmailProvenAt,
  contactEmailBouncedAt: accounts.contactEmailBouncedAt,
  contactEmailResetAt: accounts.contactEmailResetAt,
  defaultMethod: accounts.defaultMethod,
  emailCodeEnabledAt: accounts.emailCodeEnabledAt,
  secondFactorsResetAt: accounts.secondFactorsResetAt,
  passwordResetAt: accounts.passwordResetAt,
  frozenUntil: accounts.frozenUntil,
  createdAt: accounts.createdAt,
};

export const passwordColumns = {
  id: passwords.id,
  origin: passwords.origin,
  setAt: passwords.setAt,
  temporaryUntil: passwords.temporaryUntil,
  changeRequiredAt: passwords.changeRequiredAt,
  changeRequiredReason: passwords.changeRequiredReason,
  validatedUnder: passwords.validatedUnder,
};

/** Which attempt: by the token that the claimant holds, or by its id within the house. */
export type WhichAttempt = { readonly token: string } | { readonly id: string };

const matches = (which: WhichAttempt) =>
  'id' in which
    ? eq(signInAttempts.id, which.id)
    : inArray(signInAttempts.tokenHash, [...tokenHashes(which.token)]);

/**
 * Attempt, account, current password, layers of policy, bound factors and pools in one statement. Null when the attempt is
 * not open; an attempt at an email nobody has is found with `account` null.
 */
export async function findClaimantRow(executor: Executor, which: WhichAttempt) {
  const [row] = await executor
    .select({
      attempt: attemptColumns,
      account: accountColumns,
      password: passwordColumns,
      hasSignedInBefore: sql<boolean>`exists (select 1 from sessions s where s.account_id = accounts.id)`,
      factors: factorRows,
      handOver: openHandOver,
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
      now: sql<Instant>`epoch_ms(clock_timestamp())`.mapWith(Number),
    })
    .from(signInAttempts)
    .leftJoin(
      accounts,
      and(eq(accounts.id, signInAttempts.accountId), isNull(accounts.suspendedAt), isNull(accounts.closedAt)),
    )
    .leftJoin(passwords, and(eq(passwords.accountId, accounts.id), isNull(passwords.retiredAt)))
    .where(
      and(
        matches(which),
        isNull(signInAttempts.finishedAt),
        isNull(signInAttempts.endedAt),
        sql`${signInAttempts.expiresAt} > clock_timestamp()`,
      ),
    );
  return row ?? null;
}

export type ClaimantRow = NonNullable<Awaited<ReturnType<typeof findClaimantRow>>>;
