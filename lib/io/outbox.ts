import 'server-only';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { outbox } from '@/drizzle/schema';
import type { Instant } from '@/lib/policy/time';
import { storable } from './canonical-json';
import type { Transaction } from './db';
import type { Secret } from './mail';
import type { Notice } from './notice-kinds';
import { seal } from './seal';
import { newId } from './token';

/** Workers listen here; a row that commits wakes them. */
export const outboxChannel = 'gatehouse_outbox';

export type Message = {
  /** Event, recipient and step: what was enqueued under a key is never enqueued again. */
  readonly key: string;
  readonly channel: 'email' | 'sms';
  /** A bare address or an E.164 number. */
  readonly to: string;
  readonly notice: Notice;
  readonly accountId?: string | null;
  /** The row this message serves, such as a one-time code's: `voidMessages` finds it by this. */
  readonly subjectId?: string | null;
  /** A message not delivered by then is not sent any more. */
  readonly expiresAt?: Instant | null;
};

/** Neither spaces nor control characters, quotes, lists or display names: what is addressed is one mailbox or number. */
const recipientShape = /^(?:[^\s<>(),;:"\\@\p{C}]+@[^\s<>(),;:"\\@\p{C}]+|\+[1-9]\d{4,14})$/u;

export const payloadContext = (id: string) => `outbox:${id}`;

function secretOf(notice: Notice): Secret {
  if ('code' in notice) return { code: notice.code };
  return 'url' in notice ? { url: notice.url } : null;
}

/** Writes a message in the transaction of its cause. Returns false when its key was enqueued before. */
export async function enqueue(tx: Transaction, message: Message): Promise<boolean> {
  if (!recipientShape.test(message.to))
    throw new TypeError('the recipient is not one bare address or number');
  const id = newId();
  const secret = secretOf(message.notice);
  const written = await tx
    .insert(outbox)
    .values({
      id,
      key: message.key,
      kind: message.notice.kind,
      channel: message.channel,
      recipient: message.to,
      accountId: message.accountId ?? null,
      subjectId: message.subjectId ?? null,
      data: storable(message.notice.data),
      sealedPayload: secret === null ? null : seal(JSON.stringify(secret), payloadContext(id)),
      expiresAt: message.expiresAt ?? null,
    })
    .onConflictDoNothing({ target: outbox.key })
    .returning({ id: outbox.id });
  if (written.length > 0) await tx.execute(sql`select pg_notify(${outboxChannel}, '')`);
  return written.length > 0;
}

/** What has not been delivered of these subjects never will be, and its secret is erased. */
export async function voidMessages(tx: Transaction, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx
    .update(outbox)
    .set({ voidedAt: sql`clock_timestamp()`, sealedPayload: null })
    .where(
      and(inArray(outbox.subjectId, [...subjectIds]), isNull(outbox.deliveredAt), isNull(outbox.voidedAt)),
    );
}
