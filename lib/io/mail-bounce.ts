import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, type outbox } from '@/drizzle/schema';
import { accountChain, recordAudit } from './audit';
import type { Transaction } from './db';
import { notify } from './notify';

type Returned = Pick<typeof outbox.$inferSelect, 'id' | 'accountId' | 'recipient'>;

/**
 * Mail to a contact email came back for good: the address is marked once, until it is proven again, and its person is told where
 * no mail is needed for it.
 */
export async function recordBounce(tx: Transaction, { id, accountId, recipient }: Returned): Promise<void> {
  if (accountId === null) return;
  const marked = await tx
    .update(accounts)
    .set({ contactEmailBouncedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(accounts.id, accountId),
        eq(accounts.contactEmail, recipient),
        isNull(accounts.contactEmailBouncedAt),
      ),
    )
    .returning({ id: accounts.id });
  if (marked.length === 0) return;
  const notice = { kind: 'contact_bounced', data: {} } as const;
  await notify(tx, { key: `contact-bounced:${id}`, accountId, notice, only: 'app' });
  await recordAudit(tx, {
    chain: accountChain(accountId),
    event: 'contact_email.bounced',
    actor: { kind: 'system', id: null },
    result: 'success',
    personal: { email: recipient },
  });
}
