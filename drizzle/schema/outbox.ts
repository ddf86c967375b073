import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { organizations } from './organizations';

export const outboxChannels = ['email', 'sms'] as const;

/**
 * Messages to be delivered, written in the transaction of their cause (spec 4.5). `key` (event, recipient, step) makes each unique.
 * - waiting: `delivered_at`, `voided_at` and `failed_at` are null; due when `next_try_at` has come; `leased_until` guards a running delivery.
 * - a message whose `expires_at` has passed is not sent. `sealed_payload` holds secrets and is erased on delivery, voiding or expiry.
 * - `sealed_copy` is the delivered text, kept only while the development desk is on.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    sequence: integer().generatedAlwaysAsIdentity(),
    key: text().notNull(),
    kind: text().notNull(),
    channel: oneOf(outboxChannels).notNull(),
    recipient: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    data: jsonb().$type<unknown>().notNull(),
    sealedPayload: text(),
    sealedCopy: text(),
    subjectId: uuid(),
    createdAt: createdAt(),
    expiresAt: instant(),
    nextTryAt: createdAt(),
    tries: integer().notNull().default(0),
    leasedUntil: instant(),
    deliveredAt: instant(),
    failedAt: instant(),
    voidedAt: instant(),
    lastError: text(),
  },
  (table) => [
    uniqueIndex('outbox_key_key').on(table.key),
    index('outbox_due_idx')
      .on(table.nextTryAt)
      .where(sql`${table.deliveredAt} is null and ${table.failedAt} is null and ${table.voidedAt} is null`),
    index('outbox_recipient_idx').on(table.recipient, table.sequence),
    index('outbox_subject_idx').on(table.subjectId),
    check('outbox_channel_known', sql`${table.channel} in (${literals(outboxChannels)})`),
  ],
);

/** In-app notices (spec 4.5), from the same template as the mail. unread: `read_at` is null. `key` makes each unique. */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    key: text().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    organizationId: uuid().references(() => organizations.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    data: jsonb().$type<unknown>().notNull(),
    createdAt: createdAt(),
    readAt: instant(),
  },
  (table) => [
    uniqueIndex('notices_key_key').on(table.key),
    index('notices_account_idx').on(table.accountId, table.createdAt),
  ],
);
