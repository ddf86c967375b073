import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { organizations } from './organizations';

export const claimStates = [
  'pending',
  'awaiting_approval',
  'verified',
  'at_risk',
  'lapsed',
  'rejected',
  'revoked',
] as const;

/**
 * An organization's proven control of an email domain (spec 2.1). `domain` is lower-case A-labels without a trailing dot.
 * - in force: `state` in (verified, at_risk); at most one organization holds a domain (partial unique index; a second verify gets 409).
 * - pending: the TXT record `_gatehouse-challenge.<domain>` = `gatehouse-verify=<token>` is awaited until `token_expires_at` (7 days).
 * - at_risk: `absent_answers` reached 2 at `at_risk_since`; lapses 30 days later. Ended states carry `ended_at`.
 */
export const domainClaims = pgTable(
  'domain_claims',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    domain: text().notNull(),
    includesSubdomains: boolean().notNull().default(false),
    state: oneOf(claimStates).notNull().default('pending'),
    token: text().notNull(),
    previousToken: text(),
    tokenExpiresAt: instant().notNull(),
    createdAt: createdAt(),
    createdBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    verifiedAt: instant(),
    lastCheckedAt: instant(),
    lastCheckResult: text(),
    nextCheckAt: instant(),
    absentAnswers: integer().notNull().default(0),
    atRiskSince: instant(),
    remindersSent: integer().notNull().default(0),
    rejectedReason: text(),
    endedAt: instant(),
  },
  (table) => [
    uniqueIndex('domain_claims_holder_key')
      .on(table.domain)
      .where(sql`${table.state} in ('verified', 'at_risk')`),
    uniqueIndex('domain_claims_open_key')
      .on(table.organizationId, table.domain)
      .where(sql`${table.state} in ('pending', 'awaiting_approval', 'verified', 'at_risk')`),
    index('domain_claims_next_check_idx').on(table.nextCheckAt),
    check('domain_claims_state_known', sql`${table.state} in (${literals(claimStates)})`),
    check('domain_claims_domain_normalized', sql`${table.domain} = lower(${table.domain})`),
  ],
);
