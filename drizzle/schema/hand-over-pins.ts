import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant } from './columns';
import { organizations } from './organizations';

/**
 * An admin cleared the contact email that was an account's only second factor (spec 4.3). The PIN, handed over in person, is asked
 * for in the place of `second_factor`; stored as an HMAC.
 * - open: `ended_at` is null; at most one an account. While it is open a password alone opens nothing. It ends when another
 *   contact email is verified, a factor is bound, or an admin resets once more.
 * - usable: open, `consumed_at` is null, `wrong_tries` < 5 and `expires_at` (24 h) in the future. An open one that is not usable
 *   any more needs an admin to make another.
 */
export const handOverPins = pgTable(
  'hand_over_pins',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    organizationId: uuid().references(() => organizations.id, { onDelete: 'set null' }),
    issuedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    pinHash: text().notNull(),
    wrongTries: integer().notNull().default(0),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    consumedAt: instant(),
    endedAt: instant(),
  },
  (table) => [
    uniqueIndex('hand_over_pins_open_key').on(table.accountId).where(sql`${table.endedAt} is null`),
    index('hand_over_pins_account_idx').on(table.accountId),
    check('hand_over_pins_tries_range', sql`${table.wrongTries} between 0 and 5`),
  ],
);
