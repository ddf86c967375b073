import 'server-only';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, notices, outbox } from '@/drizzle/schema';
import type { Transaction } from './db';
import type { InAppNotice } from './notice-kinds';
import { outboxChannel } from './outbox';
import { newId } from './token';

export type Announcement = {
  /** Event and step; each account is added, so that nobody is told twice. */
  readonly key: string;
  readonly organizationId: string | null;
  readonly notice: InAppNotice;
  readonly accountIds: readonly string[];
};

const chunk = 500;

function recipients(tx: Transaction, accountIds: readonly string[]) {
  return tx
    .select({
      accountId: accounts.id,
      recipient: sql<string | null>`case
        when ${accounts.contactEmailProvenAt} is not null then ${accounts.contactEmail}
        when ${accounts.loginEmailProvenAt} is not null then ${accounts.loginEmail} end`,
    })
    .from(accounts)
    .where(and(inArray(accounts.id, [...accountIds]), isNull(accounts.closedAt)))
    .orderBy(accounts.id);
}

async function tell(tx: Transaction, { key, organizationId, notice, accountIds }: Announcement) {
  const { kind, data } = notice;
  const people = await recipients(tx, accountIds);
  if (people.length === 0) return;
  await tx
    .insert(notices)
    .values(
      people.map(({ accountId }) => ({
        id: newId(),
        key: `${key}:${accountId}`,
        accountId,
        organizationId,
        kind,
        data,
      })),
    )
    .onConflictDoNothing({ target: notices.key });
  const mails = people.flatMap(({ accountId, recipient }) =>
    recipient === null
      ? []
      : [
          {
            id: newId(),
            key: `${key}:${accountId}:mail`,
            kind,
            channel: 'email' as const,
            recipient,
            accountId,
            data,
          },
        ],
  );
  if (mails.length > 0) await tx.insert(outbox).values(mails).onConflictDoNothing({ target: outbox.key });
}

/** Tells many people the same, in the app and by mail, in a few statements, in the transaction of the cause. */
export async function notifyMany(tx: Transaction, announcement: Announcement): Promise<void> {
  const { accountIds } = announcement;
  for (let at = 0; at < accountIds.length; at += chunk)
    await tell(tx, { ...announcement, accountIds: accountIds.slice(at, at + chunk) });
  if (accountIds.length > 0) await tx.execute(sql`select pg_notify(${outboxChannel}, '')`);
}
