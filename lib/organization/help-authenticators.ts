import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import {
  accounts,
  memberships,
  organizations,
  passkeys,
  phoneNumbers,
  totpAuthenticators,
} from '@/drizzle/schema';
import { voidBackupCodes } from '@/lib/account/backup-codes';
import { voidCodes } from '@/lib/account/codes';
import { endHandOver } from '@/lib/account/hand-over';
import { voidKnownDevices } from '@/lib/account/known-devices';
import { voidMailedHolds, voidMailedWays } from '@/lib/account/mailed-ways';
import { preparePassword } from '@/lib/account/new-password';
import { storePassword } from '@/lib/account/passwords';
import { type Transaction, transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';
import { endSessions } from '@/lib/session/sessions';
import { auditActor, type MemberActor } from './actor';
import {
  byAdmin,
  type Help,
  type HelpFault,
  type HelpWish,
  openHelp,
  recordHelp,
  tellHelped,
} from './help-door';
import { makeTemporaryPassword } from './temporary-password';

/** The person's other organizations stay closed until a factor bound before is proven or an admin there re-admits (spec 1.3). */
async function closeElsewhere(tx: Transaction, { member, actor }: Help): Promise<void> {
  await tx
    .update(memberships)
    .set({ reproofRequiredAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(memberships.accountId, member.accountId),
        ne(memberships.organizationId, actor.organizationId),
        isNull(memberships.reproofRequiredAt),
      ),
    );
}

/** Nothing that was opened with the old authenticators stays open; a hold by one of the mailboxes ends, since an admin decided. */
export async function endTrust(tx: Transaction, help: Help): Promise<void> {
  const { accountId } = help.member;
  await endSessions(tx, { accountId, keepSessionId: null }, 'ended_by_admin');
  await tx.execute(sql`
    update sign_in_attempts set ended_at = clock_timestamp()
    where account_id = ${accountId} and finished_at is null and ended_at is null`);
  await tx.update(accounts).set({ frozenUntil: null }).where(eq(accounts.id, accountId));
  await voidKnownDevices(tx, accountId);
  await voidCodes(tx, accountId, 'reset');
  await voidMailedWays(tx, accountId);
  await voidMailedHolds(tx, accountId);
  await closeElsewhere(tx, help);
}

async function removeFactors(tx: Transaction, accountId: string): Promise<void> {
  const removedAt = sql`clock_timestamp()`;
  for (const table of [totpAuthenticators, phoneNumbers, passkeys] as const)
    await tx
      .update(table)
      .set({ removedAt })
      .where(and(eq(table.accountId, accountId), isNull(table.removedAt)));
  await voidBackupCodes(tx, accountId);
  await endHandOver(tx, accountId);
  await tx
    .update(accounts)
    .set({ emailCodeEnabledAt: null, defaultMethod: null, secondFactorsResetAt: sql`clock_timestamp()` })
    .where(eq(accounts.id, accountId));
}

/** Removes every second factor of a managed account; a rule that asks for one gives no new grace. */
export function resetSecondFactors(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<{ readonly name: string }, HelpFault>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'reset_second_factors' });
    if (!opened.ok) return opened;
    await removeFactors(tx, opened.value.member.accountId);
    await endTrust(tx, opened.value);
    await tellHelped(tx, opened.value, { kind: 'factors_reset', data: byAdmin(opened.value) });
    await recordHelp(tx, opened.value, { event: 'second_factors_reset', touchesAccount: true });
    return ok({ name: opened.value.member.name });
  });
}

/** `switched_off`: the organization's admins may not set passwords. `try_again`: another change came first, or too much is being hashed. */
export type TemporaryFault = HelpFault | { readonly code: 'switched_off' | 'try_again' };
export type TemporaryPassword = {
  readonly name: string;
  /** Leaves once, for the screen of the admin who asked. */
  readonly password: string;
  readonly expiresAt: Instant | null;
};

async function mayBeSet(tx: Transaction, organizationId: string): Promise<boolean> {
  const [row] = await tx
    .select({ isOn: organizations.adminsMaySetPasswords })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.isOn ?? false;
}

async function openTemporary(
  tx: Transaction,
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<Help, TemporaryFault>> {
  const opened = await openHelp(tx, actor, { ...wish, action: 'set_password' });
  if (!opened.ok) return opened;
  return (await mayBeSet(tx, actor.organizationId)) ? opened : fail({ code: 'switched_off' });
}

/** Sets a password that meets the policy in force, is shown once, must be changed at the first sign-in and lasts 72 hours. */
export async function setTemporaryPassword(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<TemporaryPassword, TemporaryFault>> {
  const asked = await transaction((tx) => openTemporary(tx, actor, wish));
  if (!asked.ok) return asked;
  const { accountId } = asked.value.member;
  const policy = await policyFor(accountId);
  const password = makeTemporaryPassword(policy.values);
  const prepared = await preparePassword({ door: 'admin', candidate: password, policy, for: { accountId } });
  if (!prepared.ok) return fail({ code: 'try_again' });
  return transaction(async (tx) => {
    const opened = await openTemporary(tx, actor, wish);
    if (!opened.ok) return opened;
    const { member } = opened.value;
    const stored = await storePassword(tx, {
      accountId,
      loginEmail: member.loginEmail,
      prepared: prepared.value,
      ...auditActor(actor),
      keep: { sessionId: null, attemptId: null },
      byAdmin: { ...byAdmin(opened.value), organizationId: actor.organizationId },
    });
    if (!stored.ok) return fail({ code: 'try_again' });
    await closeElsewhere(tx, opened.value);
    await recordHelp(tx, opened.value, { event: 'temporary_password_set', touchesAccount: false });
    return ok({ name: member.name, password, expiresAt: stored.value.temporaryUntil });
  });
}

/** An admin here knows the person and lets them in again, after an authenticator was reset elsewhere. */
export function readmitMember(
  actor: MemberActor,
  wish: HelpWish,
): Promise<Result<{ readonly name: string }, HelpFault>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'readmit' });
    if (!opened.ok) return opened;
    const { member } = opened.value;
    await tx
      .update(memberships)
      .set({ reproofRequiredAt: null })
      .where(and(eq(memberships.id, member.id), eq(memberships.organizationId, actor.organizationId)));
    await recordHelp(tx, opened.value, { event: 'readmitted', touchesAccount: false });
    return ok({ name: member.name });
  });
}
