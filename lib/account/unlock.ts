import 'server-only';
import { eq } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { notify, securityAddress } from '@/lib/io/notify';
import { consumeLink, issueLink } from '@/lib/io/once';
import { enqueue } from '@/lib/io/outbox';
import { fail, ok, type Result } from '@/lib/policy/result';
import { minutes } from '@/lib/policy/time';
import { clearTries } from './factor-tries';
import { clearPasswordPools } from './password-pools';

const linkLifetime = minutes(60);

/** Mails a person the link with which they unlock themselves; false when there is no proven address to mail to. */
export async function mailUnlockLink(tx: Transaction, accountId: string): Promise<boolean> {
  const email = await securityAddress(tx, accountId);
  if (email === null) return false;
  const link = await issueLink(tx, { purpose: 'unlock', email, accountId, lifetime: linkLifetime });
  return enqueue(tx, {
    key: `unlock:${link.id}`,
    channel: 'email',
    to: email,
    accountId,
    subjectId: link.id,
    expiresAt: link.expiresAt,
    notice: {
      kind: 'unlock_link',
      data: { minutes: linkLifetime / minutes(1) },
      url: `${settings().appUrl}/unlock?token=${link.token}`,
    },
  });
}

/** The person opened the link and pressed the button: every count of wrong tries starts again. */
export function unlockByLink(
  token: string,
  client: { readonly address: string | null; readonly userAgent: string | null },
): Promise<Result<null, { readonly code: 'link_gone' }>> {
  return transaction(async (tx) => {
    const link = await consumeLink(tx, 'unlock', token);
    if (!link.ok || link.value.accountId === null) return fail({ code: 'link_gone' });
    const { id, accountId } = link.value;
    const [account] = await tx
      .select({ loginEmail: accounts.loginEmail })
      .from(accounts)
      .where(eq(accounts.id, accountId));
    if (!account) return fail({ code: 'link_gone' });
    await clearPasswordPools(tx, { accountId, loginEmail: account.loginEmail });
    await clearTries(tx, accountId);
    await notify(tx, { key: `unlocked:${id}`, accountId, notice: { kind: 'unlocked', data: { by: null } } });
    await recordAudit(tx, {
      chain: accountChain(accountId),
      event: 'account.unlocked',
      actor: { kind: 'account', id: accountId },
      result: 'success',
      personal: client,
    });
    return ok(null);
  });
}
