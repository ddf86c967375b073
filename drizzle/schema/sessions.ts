import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { clientKinds, proofMethods, signInAttempts } from './sign-in-attempts';

export const sessionEndReasons = [
  'signed_out',
  'overall_timeout',
  'idle',
  'signed_in_elsewhere',
  'ended_by_you',
  'ended_by_admin',
  'second_factor_deadline',
  'password_changed',
  'factor_changed',
  'contact_changed',
  'password_reset',
  'claim_ended',
  'kind_disabled',
  'account_closed',
] as const;

/**
 * A signed-in browser or client (spec 2.4). Inserted by exactly one function.
 * - running: `ended_at` is null, now() < `created_at` + min(`overall_minutes_at_creation`, limit now), now() < `last_active_at` + idle limit now.
 * - ended: `ended_at` and `ended_reason` are both set; timeouts are derived at read time and written when first seen.
 * The cookie carries a token whose HMAC is `token_hash`; `id` is what lists and links show. `overall_minutes_at_creation` is null when
 * mobile or desktop sessions do not expire. `reauthenticated_at` is the last step-up (or the sign-in); `reauthentication_began_at` bounds its sliding.
 * `attempt_id` is unique: one attempt becomes one session.
 */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tokenHash: text().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    attemptId: uuid().references(() => signInAttempts.id, { onDelete: 'set null' }),
    kind: oneOf(clientKinds).notNull(),
    clientName: text(),
    deviceId: uuid(),
    method: oneOf(proofMethods),
    strength: integer().notNull().default(0),
    overallMinutesAtCreation: integer(),
    closeWithBrowser: boolean().notNull().default(false),
    address: text(),
    userAgent: text(),
    createdAt: createdAt(),
    lastActiveAt: createdAt(),
    reauthenticatedAt: createdAt(),
    reauthenticationBeganAt: createdAt(),
    reauthenticationStrength: integer().notNull().default(0),
    reauthenticationAddress: text(),
    endedAt: instant(),
    endedReason: oneOf(sessionEndReasons),
    endedDetail: text(),
  },
  (table) => [
    uniqueIndex('sessions_token_key').on(table.tokenHash),
    uniqueIndex('sessions_attempt_key').on(table.attemptId),
    index('sessions_account_running_idx').on(table.accountId).where(sql`${table.endedAt} is null`),
    index('sessions_account_created_idx').on(table.accountId, table.createdAt),
    index('sessions_created_idx').on(table.createdAt),
    check('sessions_kind_known', sql`${table.kind} in (${literals(clientKinds)})`),
    check('sessions_reason_known', sql`${table.endedReason} in (${literals(sessionEndReasons)})`),
    check('sessions_end_has_reason', sql`(${table.endedAt} is null) = (${table.endedReason} is null)`),
  ],
);
