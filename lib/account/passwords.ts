import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts, passwords } from '@/drizzle/schema';
import { type AuditActor, accountChain, type PersonalData, recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import type { InAppNotice } from '@/lib/io/notice-kinds';
import { notify } from '@/lib/io/notify';
import { newId } from '@/lib/io/token';
import { temporaryPasswordLifetime } from '@/lib/policy/password-age';
import { fail, ok, type Result } from '@/lib/policy/result';
import { endSessions, lockAccount, type SessionEndReason } from '@/lib/session/sessions';
import { voidCodes } from './codes';
import { voidKnownDevices } from './known-devices';
import { voidMailedWays } from './mailed-ways';
import type { PasswordDoor, PreparedPassword } from './new-password';
import { clearPasswordPools } from './password-pools';
import { dropOldPasswords, type PasswordOrigin, retirePassword } from './password-record';

export type PasswordStore = {
  readonly accountId: string;
  readonly loginEmail: string;
  readonly prepared: PreparedPassword;
  readonly actor: AuditActor;
  readonly personal: PersonalData;
  /** The session or attempt in which the change is made goes on; all others end. */
  readonly keep: { readonly sessionId: string | null; readonly attemptId: string | null };
  /** Where an admin sets it: who, where and why, for the mail. */
  readonly byAdmin?: {
    readonly by: string;
    readonly organization: string;
    readonly organizationId: string;
    readonly reason: string;
  };
};

/** Another change came first; nothing was written. */
export type Superseded = { readonly code: 'superseded' };

const origins: Readonly<Record<PasswordDoor, PasswordOrigin>> = {
  sign_up: 'sign_up',
  invitation: 'invitation',
  reset: 'reset',
  forced: 'self',
  voluntary: 'self',
  admin: 'admin',
};

const events: Readonly<Record<PasswordDoor, string>> = {
  sign_up: 'password.set',
  invitation: 'password.set',
  reset: 'password.reset',
  forced: 'password.changed',
  voluntary: 'password.changed',
  admin: 'password.set_by_admin',
};

const endReasons: Readonly<Record<PasswordDoor, SessionEndReason | null>> = {
  sign_up: null,
  invitation: null,
  reset: 'password_reset',
  forced: 'password_changed',
  voluntary: 'password_changed',
  admin: 'ended_by_admin',
};

type Written = { readonly id: string; readonly temporaryUntil: number | null };

/** Null when a current password is there that the new one was not compared with. */
async function insertPassword(tx: Transaction, store: PasswordStore): Promise<Written | null> {
  const { accountId, prepared } = store;
  const isTemporary = prepared.door === 'admin';
  const [row] = await tx
    .insert(passwords)
    .values({
      id: newId(),
      accountId,
      hash: prepared.hash,
      origin: origins[prepared.door],
      setAt: sql`clock_timestamp()`,
      validatedUnder: prepared.validatedUnder,
      ...(isTemporary
        ? {
            temporaryUntil: sql`clock_timestamp() + make_interval(secs => ${temporaryPasswordLifetime / 1000})`,
            changeRequiredAt: sql`clock_timestamp()`,
            changeRequiredReason: 'temporary' as const,
          }
        : {}),
    })
    .onConflictDoNothing()
    .returning({ id: passwords.id, temporaryUntil: passwords.temporaryUntil });
  return row ?? null;
}

/** Ends what the old password opened: sessions, begun sign-ins, known devices, links, and after a reset codes, challenges and the lock. */
async function endOldTrust(tx: Transaction, store: PasswordStore): Promise<void> {
  const { accountId, loginEmail, prepared, keep } = store;
  const reason = endReasons[prepared.door];
  if (reason === null) return;
  await endSessions(tx, { accountId, keepSessionId: keep.sessionId }, reason);
  await tx.execute(sql`
    update sign_in_attempts set ended_at = clock_timestamp()
    where account_id = ${accountId} and finished_at is null and ended_at is null
      and id is distinct from ${keep.attemptId}::uuid`);
  await voidKnownDevices(tx, accountId);
  await voidMailedWays(tx, accountId);
  if (prepared.door !== 'reset') return;
  await voidCodes(tx, accountId, 'reset');
  await tx.execute(sql`
    update passkey_challenges set consumed_at = clock_timestamp()
    where account_id = ${accountId} and consumed_at is null`);
  await clearPasswordPools(tx, { accountId, loginEmail });
  await tx
    .update(accounts)
    .set({ passwordResetAt: sql`clock_timestamp()` })
    .where(eq(accounts.id, accountId));
}

function noticeOf({ prepared, byAdmin }: PasswordStore, written: Written): InAppNotice | null {
  switch (prepared.door) {
    case 'sign_up':
    case 'invitation':
      return null;
    case 'reset':
      return { kind: 'password_reset', data: {} };
    case 'forced':
    case 'voluntary':
      return { kind: 'password_changed', data: {} };
    case 'admin': {
      if (!byAdmin || written.temporaryUntil === null)
        throw new Error('a temporary password names its admin');
      const { by, organization, reason } = byAdmin;
      const expiresAt = written.temporaryUntil;
      return { kind: 'password_set_by_admin', data: { by, organization, reason, expiresAt } };
    }
  }
}

/**
 * The one way a password is set, for every door: retires the one it was compared with, writes the new one, ends what the old
 * one opened, tells the person and leaves proof, all in the caller's transaction. Of two changes at once one wins.
 */
export async function storePassword(
  tx: Transaction,
  store: PasswordStore,
): Promise<Result<{ readonly temporaryUntil: number | null }, Superseded>> {
  const { accountId, prepared, byAdmin } = store;
  await lockAccount(tx, accountId);
  if (!(await retirePassword(tx, accountId, prepared.replaces))) return fail({ code: 'superseded' });
  const written = await insertPassword(tx, store);
  if (written === null) return fail({ code: 'superseded' });
  await dropOldPasswords(tx, accountId);
  await endOldTrust(tx, store);
  const notice = noticeOf(store, written);
  if (notice) await notify(tx, { key: `password:${written.id}`, accountId, notice });
  await recordAudit(tx, {
    chain: accountChain(accountId),
    event: events[prepared.door],
    actor: store.actor,
    result: 'success',
    organizationId: byAdmin?.organizationId ?? null,
    reason: byAdmin?.reason ?? null,
    after: {
      door: prepared.door,
      rules: prepared.validatedUnder,
      ...(prepared.breachUnchecked ? { breachCheck: 'not answered' } : {}),
    },
    personal: store.personal,
  });
  return ok({ temporaryUntil: written.temporaryUntil });
}
