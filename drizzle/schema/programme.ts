import { sql } from 'drizzle-orm';
import { boolean, check, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { organizations } from './organizations';

export const programmeControls = [
  'password_rules',
  'rotation',
  'reuse',
  'contact_email',
  'second_factor',
] as const;
export const programmeCohorts = ['new_accounts', 'sms_enabled', 'all', 'named'] as const;

/**
 * One dated item of the platform programme, layer L1 (spec 1.4). Dates and values are data. Dates are 00:00 UTC.
 * published: `published_at` is not null. paused: the last of `pauses` has no `until`; each pause, in epoch milliseconds, shifts the dates it found not yet reached.
 * `values` holds policy values in the registry's keys, plus programme-only ones. `organization_ids` for the cohort 'named'.
 */
export const programmeItems = pgTable(
  'programme_items',
  {
    id: id(),
    control: oneOf(programmeControls).notNull(),
    values: jsonb().$type<unknown>().notNull(),
    cohort: oneOf(programmeCohorts).notNull(),
    organizationIds: uuid().array().notNull().default(sql`'{}'`),
    startsAt: instant().notNull(),
    endsAt: instant(),
    spread: boolean().notNull().default(false),
    reason: text(),
    createdBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    publishedAt: instant(),
    pauses: jsonb().$type<readonly { at: number; until: number | null }[]>().notNull().default([]),
    withdrawnAt: instant(),
  },
  (table) => [
    check('programme_items_control_known', sql`${table.control} in (${literals(programmeControls)})`),
    check('programme_items_cohort_known', sql`${table.cohort} in (${literals(programmeCohorts)})`),
    check('programme_items_window', sql`${table.endsAt} is null or ${table.endsAt} >= ${table.startsAt}`),
  ],
);

/** A delay of one item for one organization, granted by an operator with a reason and an end (spec 1.4). */
export const programmeExtensions = pgTable(
  'programme_extensions',
  {
    itemId: uuid()
      .notNull()
      .references(() => programmeItems.id, { onDelete: 'cascade' }),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    until: instant().notNull(),
    reason: text().notNull(),
    grantedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.itemId, table.organizationId] })],
);
