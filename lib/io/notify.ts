import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { accounts, notices } from '@/drizzle/schema';
import type { Instant } from '@/lib/policy/time';
import { storable } from './canonical-json';
import type { Executor, Transaction } from './db';
import type { InAppNotice } from './notice-kinds';
import { enqueue } from './outbox';
import { noticeText, storedNotice } from './texts';
import { momentIn, type NoticeText } from './texts/template';
import { newId } from './token';

export type Notification = {
  /** Event and step; the account is added, so that one key serves everybody told of one event. */
  readonly key: string;
  readonly accountId: string;
  readonly organizationId?: string | null;
  readonly notice: InAppNotice;
  /** `app` leaves the mail away; `mail` leaves the app away. */
  readonly only?: 'app' | 'mail';
};

/** Where security mail goes: the verified contact email, else the proven login email, else nowhere. */
export async function securityAddress(executor: Executor, accountId: string): Promise<string | null> {
  const [row] = await executor
    .select({
      address: sql<string | null>`case
        when ${accounts.contactEmailProvenAt} is not null then ${accounts.contactEmail}
        when ${accounts.loginEmailProvenAt} is not null then ${accounts.loginEmail} end`,
    })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNull(accounts.closedAt)));
  return row?.address ?? null;
}

async function writeNotice(tx: Transaction, { key, accountId, organizationId, notice }: Notification) {
  await tx
    .insert(notices)
    .values({
      id: newId(),
      key: `${key}:${accountId}`,
      accountId,
      organizationId: organizationId ?? null,
      kind: notice.kind,
      data: storable(notice.data),
    })
    .onConflictDoNothing({ target: notices.key });
}

/** Tells one person, in the app and by mail, once per key, in the transaction of the cause. */
export async function notify(tx: Transaction, notification: Notification): Promise<void> {
  const { key, accountId, notice, only } = notification;
  if (only !== 'mail') await writeNotice(tx, notification);
  if (only === 'app') return;
  const to = await securityAddress(tx, accountId);
  if (to !== null)
    await enqueue(tx, { key: `${key}:${accountId}:mail`, channel: 'email', to, notice, accountId });
}

export type NoticeView = {
  readonly id: string;
  readonly kind: string;
  readonly text: NoticeText;
  readonly organizationId: string | null;
  readonly createdAt: Instant;
  readonly readAt: Instant | null;
};

/** A person's newest notices, in words, with moments in the zone given by its IANA name. */
export async function listNotices(
  executor: Executor,
  accountId: string,
  { zone = 'UTC', limit = 50 }: { readonly zone?: string; readonly limit?: number } = {},
): Promise<readonly NoticeView[]> {
  const rows = await executor
    .select({
      id: notices.id,
      kind: notices.kind,
      data: notices.data,
      organizationId: notices.organizationId,
      createdAt: notices.createdAt,
      readAt: notices.readAt,
    })
    .from(notices)
    .where(eq(notices.accountId, accountId))
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(limit);
  return rows.flatMap(({ data, ...row }) => {
    const content = storedNotice(row.kind, data);
    return content ? [{ ...row, text: noticeText(content, momentIn(zone)) }] : [];
  });
}

/** How many notices a person has not read. */
export async function countUnread(executor: Executor, accountId: string): Promise<number> {
  return executor.$count(notices, and(eq(notices.accountId, accountId), isNull(notices.readAt)));
}

/** Marks a person's own notice as read, or all of them when no id is given. */
export async function markRead(executor: Executor, accountId: string, id?: string): Promise<void> {
  const own = and(eq(notices.accountId, accountId), isNull(notices.readAt));
  await executor
    .update(notices)
    .set({ readAt: sql`clock_timestamp()` })
    .where(id === undefined ? own : and(own, eq(notices.id, id)));
}
