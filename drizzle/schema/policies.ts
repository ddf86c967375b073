import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { organizations } from './organizations';
import { bodyCondition, bodyRules } from './policy-body';

export const tighteningModes = ['next_sign_in', 'next_change', 'by_date'] as const;

/**
 * The policy of one claimed domain, layer L3 (spec 2.1). It outlives its claim and comes back inactive when the domain is claimed again.
 * in force: `activated_at` is not null, `deactivated_at` is null or still to come, and the organization's claim of `domain` is in force; the version in force is the
 * latest whose `effective_from` has come. Never in force without a claim, whatever this row says.
 * Confirm or revert of an activation: `confirm_by` is not null and equals `deactivated_at`; confirming clears both, else the policy ends by itself at that moment.
 */
export const domainPolicies = pgTable(
  'domain_policies',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    domain: text().notNull(),
    activatedAt: instant(),
    deactivatedAt: instant(),
    confirmBy: instant(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('domain_policies_organization_domain_key').on(table.organizationId, table.domain)],
);

/**
 * Former times in which a policy bound people, kept when it is activated again; the present or last one stands in
 * `domain_policies`. They tell what applied on a day gone by, and that a rule was on within the last 7 days.
 */
export const policyActiveTimes = pgTable(
  'policy_active_times',
  {
    id: id(),
    policyId: uuid()
      .notNull()
      .references(() => domainPolicies.id, { onDelete: 'cascade' }),
    since: instant().notNull(),
    until: instant().notNull(),
  },
  (table) => [
    uniqueIndex('policy_active_times_since_key').on(table.policyId, table.since),
    check('policy_active_times_in_order', sql`${table.since} <= ${table.until}`),
  ],
);

/**
 * An immutable version of a domain policy (spec 2.2): `body` is a whole policy, every setting of the registry present.
 * `expiration_enabled_at` and `second_factor_activated_at` are carried over from earlier versions when the setting was off for at most 7 days.
 * Confirm or revert: `revert_at` is not null and `confirmed_at` is null: at `revert_at` the version stops counting unless confirmed.
 * A scheduled version that was withdrawn has `revert_at` before its `effective_from`. `reverted_at`: the people concerned were told.
 * `second_factor_raised_at`: since when the minimum strength is above `second_factor_raised_from`; who reached that has the grace from then.
 */
export const policyVersions = pgTable(
  'policy_versions',
  {
    id: id(),
    policyId: uuid()
      .notNull()
      .references(() => domainPolicies.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    body: jsonb().$type<unknown>().notNull(),
    authorId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    effectiveFrom: createdAt(),
    tightening: oneOf(tighteningModes).notNull().default('next_sign_in'),
    tighteningBy: instant(),
    expirationEnabledAt: instant(),
    expirationSpreadDays: integer().notNull().default(0),
    secondFactorActivatedAt: instant(),
    secondFactorRaisedAt: instant(),
    secondFactorRaisedFrom: integer(),
    restoredFrom: uuid().references((): AnyPgColumn => policyVersions.id, { onDelete: 'set null' }),
    revertAt: instant(),
    confirmedAt: instant(),
    confirmedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    revertedAt: instant(),
  },
  (table) => [
    uniqueIndex('policy_versions_number_key').on(table.policyId, table.number),
    index('policy_versions_effective_idx').on(table.policyId, table.effectiveFrom),
    check('policy_versions_tightening_known', sql`${table.tightening} in (${literals(tighteningModes)})`),
    check(
      'policy_versions_by_date_has_date',
      sql`(${table.tightening} = 'by_date') = (${table.tighteningBy} is not null)`,
    ),
    check(
      'policy_versions_raise_is_whole',
      sql`(${table.secondFactorRaisedAt} is null) = (${table.secondFactorRaisedFrom} is null)`,
    ),
    check('policy_versions_spread_range', sql`${table.expirationSpreadDays} between 0 and 30`),
    check('policy_versions_body_object', sql`jsonb_typeof(${table.body}) = 'object'`),
    ...bodyRules.map((rule) => check(`policy_versions_body_${rule.name}`, bodyCondition(rule))),
  ],
);

/** The one draft of a policy (spec 2.2). `revision` grows with each edit and is the optimistic lock; `base_version_id` is what it began from. */
export const policyDrafts = pgTable('policy_drafts', {
  policyId: uuid()
    .primaryKey()
    .references(() => domainPolicies.id, { onDelete: 'cascade' }),
  baseVersionId: uuid().references(() => policyVersions.id, { onDelete: 'set null' }),
  body: jsonb().$type<unknown>().notNull(),
  tightening: oneOf(tighteningModes).notNull().default('next_sign_in'),
  tighteningBy: instant(),
  effectiveFrom: instant(),
  expirationSpreadDays: integer().notNull().default(0),
  restoredFrom: uuid().references(() => policyVersions.id, { onDelete: 'set null' }),
  revision: integer().notNull().default(1),
  editedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
  editedAt: createdAt(),
  note: text(),
});
