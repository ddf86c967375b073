import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { accounts, notices } from '@/drizzle/schema';
import type { Instant } from '@/lib/policy/time';
import { storable } from './canonical-json';
import type { Executor, Transaction } from './db';
import type { InAppNotice } from './notice-kinds';
import { enqueue } from './outbox';
import { noticeText, storedNotice } from './texts';
import type { NoticeText, SpellMoment } from './texts/template';
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

/** A paragraph whose moments are left as instants, to be spelled in the reader's zone where it is drawn. */
export type Paragraph = readonly (string | Instant)[];

export type NoticeView = {
  readonly id: string;
  readonly title: string;
  readonly body: readonly Paragraph[];
  readonly action: NoticeText['action'] | null;
  readonly isAboutSecurity: boolean;
  readonly createdAt: Instant;
  readonly readAt: Instant | null;
};

export type NoticePage = {
  readonly notices: readonly NoticeView[];
  /** The last notice of this page; null when no older ones follow. */
  readonly next: string | null;
};

/** A character for private use stands around an instant until the paragraph is taken apart. */
const leaveMoment: SpellMoment = (at) => `\ue000${at}\ue000`;
const paragraphOf = (text: string): Paragraph =>
  text.split(/\ue000(\d+)\ue000/).map((part, index) => (index % 2 === 1 ? Number(part) : part));

function viewsOf({ kind, data, ...row }: NoticeRow): readonly NoticeView[] {
  const content = storedNotice(kind, data);
  if (content === null) return [];
  const { title, body, action = null, security } = noticeText(content, leaveMoment);
  return [{ ...row, title, body: body.map(paragraphOf), action, isAboutSecurity: security }];
}

const columns = {
  id: notices.id,
  kind: notices.kind,
  data: notices.data,
  createdAt: notices.createdAt,
  readAt: notices.readAt,
};

type NoticeRow = Pick<typeof notices.$inferSelect, keyof typeof columns>;

/** Only what is older than one of the person's own notices. */
const olderThan = (accountId: string, before: string) => sql`(${notices.createdAt}, ${notices.id}) <
  (select created_at, id from notices where id = ${before} and account_id = ${accountId})`;

/** A page of a person's notices in words, newest first. */
export async function listNotices(
  executor: Executor,
  accountId: string,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<NoticePage> {
  const rows = await executor
    .select(columns)
    .from(notices)
    .where(and(eq(notices.accountId, accountId), before === null ? undefined : olderThan(accountId, before)))
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
  return { notices: shown.flatMap(viewsOf), next };
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
