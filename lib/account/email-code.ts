import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { AccountActor } from './actor';
import { type CodeRefusal, type SendRefusal, type SentCode, sendCode, verifyCode } from './codes';
import { settleFactorChange } from './factor-change';
import { checkHold, type Held } from './hold';

const use = (actor: AccountActor) =>
  ({
    accountId: actor.accountId,
    purpose: 'email_method',
    channel: 'email',
    binding: actor.binding,
  }) as const;

export type NoContactEmail = { readonly code: 'contact_email_unproven' };

/** Begins to switch the email code on: a code goes to the verified contact email. */
export async function beginEmailCode(
  tx: Transaction,
  actor: AccountActor,
  lifetimeMinutes: number,
): Promise<Result<SentCode, SendRefusal | NoContactEmail | Held>> {
  const free = await checkHold(tx, actor);
  if (!free.ok) return free;
  const [row] = await tx
    .select({ contactEmail: accounts.contactEmail })
    .from(accounts)
    .where(and(eq(accounts.id, actor.accountId), isNotNull(accounts.contactEmailProvenAt)));
  if (!row?.contactEmail) return fail({ code: 'contact_email_unproven' });
  return sendCode(tx, {
    ...use(actor),
    destination: row.contactEmail,
    proven: true,
    lifetimeMinutes,
    address: actor.address,
  });
}

/** Switches the email code on, if the code came back and the contact email is still the one it was sent to. */
export async function confirmEmailCode(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<null, CodeRefusal | NoContactEmail>> {
  const proven = await verifyCode(tx, use(actor), typed);
  if (!proven.ok) return proven;
  const rows = await tx
    .update(accounts)
    .set({ emailCodeEnabledAt: sql`coalesce(${accounts.emailCodeEnabledAt}, clock_timestamp())` })
    .where(
      and(
        eq(accounts.id, actor.accountId),
        eq(accounts.contactEmail, proven.value.destination),
        isNotNull(accounts.contactEmailProvenAt),
      ),
    )
    .returning({ id: accounts.id });
  if (rows.length === 0) return fail({ code: 'contact_email_unproven' });
  await settleFactorChange(tx, actor, { kind: 'added', method: 'email', id: newId() });
  return ok(null);
}

/** Switches the email code off; false when it was not on. */
export async function disableEmailCode(tx: Transaction, accountId: string): Promise<boolean> {
  const rows = await tx
    .update(accounts)
    .set({ emailCodeEnabledAt: null })
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.emailCodeEnabledAt), isNull(accounts.closedAt)))
    .returning({ id: accounts.id });
  return rows.length === 1;
}
