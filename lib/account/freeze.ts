import 'server-only';
import { sql } from 'drizzle-orm';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { consumeLink } from '@/lib/io/once';
import { freezeTime } from '@/lib/policy/contact-email';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { voidCodes } from './codes';
import { voidMailedWays } from './mailed-ways';

export type FreezePurpose = 'hold' | 'freeze_contact_email';

type Frozen = { until: Instant; now: Instant };

/** Nothing about how somebody signs in changes by one mailbox alone until then; open set-ups, codes and resets end. */
async function freeze(tx: Transaction, accountId: string): Promise<Frozen> {
  const [row] = await tx.execute<Frozen>(sql`
    update accounts set frozen_until = clock_timestamp() + make_interval(secs => ${freezeTime / 1000})
    where id = ${accountId} returning epoch_ms(frozen_until)::float8 as until, epoch_ms(clock_timestamp())::float8 as now`);
  if (!row) throw new Error(`no account ${accountId}`);
  await voidCodes(tx, accountId, 'ended');
  await voidMailedWays(tx, accountId);
  await tx.execute(sql`
    update sign_in_attempts set ended_at = clock_timestamp()
    where account_id = ${accountId} and finished_at is null and ended_at is null`);
  return row;
}

/** Uses the link of a mail that told of a set-up or of a new contact email. */
export function freezeByLink(
  purpose: FreezePurpose,
  token: string,
  client: { readonly address: string | null; readonly userAgent: string | null },
): Promise<Result<Readonly<Frozen>, { readonly code: 'link_gone' }>> {
  return transaction(async (tx) => {
    const link = await consumeLink(tx, purpose, token);
    if (!link.ok || link.value.accountId === null) return fail({ code: 'link_gone' });
    const { accountId } = link.value;
    const frozen = await freeze(tx, accountId);
    await recordAudit(tx, {
      chain: accountChain(accountId),
      event: 'account.frozen',
      actor: { kind: 'anonymous', id: null },
      result: 'success',
      reason: purpose,
      after: { until: new Date(frozen.until).toISOString() },
      personal: client,
    });
    return ok(frozen);
  });
}
