import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';

export const passwordOrigins = ['self', 'reset', 'admin', 'sign_up', 'invitation'] as const;
export const changeReasons = ['prompted', 'temporary', 'breached', 'below_policy', 'by_date'] as const;

/**
 * Passwords as argon2id strings with their own parameters (spec 2.3).
 * - current: `retired_at` is null; at most one a person (partial unique index).
 * - former: `retired_at` is not null; the ten latest are kept for the reuse rule.
 * - temporary: `temporary_until` is not null; enters history but does not count for reuse.
 * - must change: `change_required_at` is not null, for `change_required_reason`; `change_required_by_policy_id` names the domain policy
 *   when that policy is the only source, so that revoking its claim clears the flag.
 * `validated_under` is the rule tuple the clear text last passed, and nothing about its content.
 */
export const passwords = pgTable(
  'passwords',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    hash: text().notNull(),
    origin: oneOf(passwordOrigins).notNull(),
    setAt: createdAt(),
    validatedUnder: jsonb().$type<unknown>(),
    temporaryUntil: instant(),
    changeRequiredAt: instant(),
    changeRequiredReason: oneOf(changeReasons),
    changeRequiredByPolicyId: uuid(),
    retiredAt: instant(),
  },
  (table) => [
    uniqueIndex('passwords_current_key').on(table.accountId).where(sql`${table.retiredAt} is null`),
    index('passwords_history_idx').on(table.accountId, table.retiredAt),
    check('passwords_origin_known', sql`${table.origin} in (${literals(passwordOrigins)})`),
    check('passwords_reason_known', sql`${table.changeRequiredReason} in (${literals(changeReasons)})`),
    check(
      'passwords_change_has_reason',
      sql`(${table.changeRequiredAt} is null) = (${table.changeRequiredReason} is null)`,
    ),
  ],
);
