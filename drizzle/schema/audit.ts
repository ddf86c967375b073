import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns';

/** The head of each audit chain, locked while a row is appended (spec 4.6). `chain` is `account:<id>`, `organization:<id>` or `platform`. */
export const auditChains = pgTable('audit_chains', {
  chain: text().primaryKey(),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
});

/**
 * Append-only proof of every change and sign-in (spec 4.6); UPDATE and DELETE are refused to everyone by privilege and trigger.
 * `hash` = SHA-256 over the RFC 8785 form of the row with `previous_hash`; personal data enter only as `personal_digest` (salted).
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    chain: text().notNull(),
    sequence: bigint({ mode: 'number' }).notNull(),
    id: uuid().notNull(),
    at: instant().notNull(),
    event: text().notNull(),
    actorId: uuid(),
    actorKind: text().notNull(),
    accountId: uuid(),
    organizationId: uuid(),
    targetKind: text(),
    targetId: text(),
    result: text().notNull(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    reason: text(),
    personalDigest: text(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.sequence] }),
    index('audit_events_account_idx').on(table.accountId, table.at),
    index('audit_events_organization_idx').on(table.organizationId, table.at),
  ],
);

/** The erasable part of an audit row: names, addresses, clients. `salt` makes the digest in the chain meaningless once this is gone. */
export const auditPersonalData = pgTable('audit_personal_data', {
  eventId: id(),
  salt: text().notNull(),
  data: jsonb().$type<Readonly<Record<string, string>>>().notNull(),
  createdAt: createdAt(),
});
