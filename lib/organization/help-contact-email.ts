import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { endHandOver, type IssuedPin, issueHandOverPin } from '@/lib/account/hand-over';
import { type Transaction, transaction } from '@/lib/io/db';
import { ok, type Result } from '@/lib/policy/result';
import { accountStanding } from '@/lib/session/account-standing';
import type { MemberActor } from './actor';
import { endTrust } from './help-authenticators';
import {
  byAdmin,
  type Help,
  type HelpFault,
  type HelpWish,
  openHelp,
  recordHelp,
  tellHelped,
} from './help-door';

/** What the admin has to know: whose it was, and the PIN to hand over where codes to the old address were the only second factor. */
export type ContactReset = { readonly name: string; readonly handOver: IssuedPin | null };

/** Whether codes to the contact email are the only second factor, or were until an earlier reset that is not finished yet. */
async function isOnlyFactor(tx: Transaction, { member }: Help): Promise<boolean> {
  const wasOpen = await endHandOver(tx, member.accountId);
  const { methods } = await accountStanding(tx, member.accountId);
  const isOn = and(eq(accounts.id, member.accountId), isNotNull(accounts.emailCodeEnabledAt));
  const wasFactor = wasOpen || methods.length > 0 || (await tx.$count(accounts, isOn)) > 0;
  return wasFactor && methods.every((method) => method === 'email');
}

/**
 * Codes by email stay switched on only where they are all there is, so that the account does not become one of a password
 * alone; the new address has to be verified before they are sent there.
 */
async function replaceContactEmail(
  tx: Transaction,
  accountId: string,
  { email, isOnlyFactor }: { readonly email: string | null; readonly isOnlyFactor: boolean },
): Promise<void> {
  await tx
    .update(accounts)
    .set({
      contactEmail: email,
      contactEmailProvenAt: null,
      contactEmailBouncedAt: null,
      contactEmailResetAt: sql`clock_timestamp()`,
      ...(isOnlyFactor ? {} : { emailCodeEnabledAt: null }),
    })
    .where(eq(accounts.id, accountId));
}

/**
 * Clears the contact email of a managed account, or sets another, to be verified at the next sign-in; the old one is told.
 * Cleared where codes that went there are the only second factor, it gives a PIN to hand over, asked for in their place.
 */
export function resetContactEmail(
  actor: MemberActor,
  wish: HelpWish & { readonly email: string | null },
): Promise<Result<ContactReset, HelpFault>> {
  return transaction(async (tx) => {
    const opened = await openHelp(tx, actor, { ...wish, action: 'reset_contact_email' });
    if (!opened.ok) return opened;
    const { member } = opened.value;
    const wasOnlyFactor = await isOnlyFactor(tx, opened.value);
    const pin = wasOnlyFactor && wish.email === null;
    // Told first: afterwards the old address is not the account's any more.
    await tellHelped(tx, opened.value, {
      kind: 'contact_reset_by_admin',
      data: { ...byAdmin(opened.value), pin },
    });
    await replaceContactEmail(tx, member.accountId, { email: wish.email, isOnlyFactor: wasOnlyFactor });
    await endTrust(tx, opened.value);
    const handOver = pin
      ? await issueHandOverPin(tx, {
          accountId: member.accountId,
          organizationId: actor.organizationId,
          issuedBy: actor.accountId,
        })
      : null;
    await recordHelp(tx, opened.value, {
      event: 'contact_email_reset',
      after: { contactEmail: wish.email === null ? 'cleared' : 'set', handOverPin: pin },
      touchesAccount: true,
    });
    return ok({ name: member.name, handOver });
  });
}
