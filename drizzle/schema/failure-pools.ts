import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';

export const poolKinds = ['password', 'known_device', 'second_factor'] as const;

/**
 * Who may still guess, and how often (spec 2.5, 3.2). One row a pool; known and unknown addresses share the table and the statement.
 * `key` is an HMAC: of the normalized email (password), of account and device (known_device), of account, and of account and method (second_factor).
 * - free places = limit − `failures` − live entries of `reservations` (each the instant a try began; one that never reported counts as failed).
 * - locked: `locked_until` > clock_timestamp(). The end of a lock starts again at zero.
 * - second factor: the account's row keeps in `reservations` the instants of wrong tries of the last 60 minutes, the tenth of which sets
 *   `locked_until`; a method's row counts only `failures_since_success`.
 * - ceiling: `failures_since_success` ≥ 100 leaves only known devices, or switches the factor off.
 */
export const failurePools = pgTable(
  'failure_pools',
  {
    key: text().primaryKey(),
    kind: oneOf(poolKinds).notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    failures: integer().notNull().default(0),
    reservations: instant().array().notNull().default(sql`'{}'`),
    failuresSinceSuccess: integer().notNull().default(0),
    lastFailureAt: instant(),
    lockedUntil: instant(),
    toldAt: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    index('failure_pools_account_idx').on(table.accountId),
    index('failure_pools_last_failure_idx').on(table.lastFailureAt),
    check('failure_pools_kind_known', sql`${table.kind} in (${literals(poolKinds)})`),
    check('failure_pools_failures_range', sql`${table.failures} between 0 and 100`),
  ],
);

/**
 * A browser that signed in fully before (90 days): one account, one secret, its own pool of five wrong passwords (spec 2.5).
 * live: `voided_at` is null and `expires_at` in the future; at most ten an account, the oldest is voided.
 */
export const knownDevices = pgTable(
  'known_devices',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    secretHash: text().notNull(),
    userAgent: text(),
    createdAt: createdAt(),
    lastUsedAt: createdAt(),
    expiresAt: instant().notNull(),
    voidedAt: instant(),
  },
  (table) => [index('known_devices_account_idx').on(table.accountId)],
);
