import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';

export const plans = ['free', 'pro', 'enterprise'] as const;
export const roles = ['owner', 'admin', 'member', 'guest'] as const;

/** A customer (spec 1.1). closing: `delete_after` is not null. SMS-enabled: `sms_enabled_at` is not null (set by the operator). */
export const organizations = pgTable(
  'organizations',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    plan: oneOf(plans).notNull().default('free'),
    smsEnabledAt: instant(),
    adminsMaySetPasswords: boolean().notNull().default(true),
    createdAt: createdAt(),
    deleteAfter: instant(),
  },
  (table) => [
    uniqueIndex('organizations_slug_key').on(table.slug),
    check('organizations_plan_known', sql`${table.plan} in (${literals(plans)})`),
    check('organizations_name_length', sql`char_length(${table.name}) between 1 and 60`),
  ],
);

/**
 * A person in an organization (spec 1.1). suspended: `suspended_at` is not null.
 * `created_account_at`: this membership's invitation created the account, which makes it managed; joining another organization clears it (1.1).
 * `password_prompted_at`: a prompt asked on entering this organization only (not managed, 1.3).
 * `reproof_required_at`: closed until a factor bound before is proven or an admin here re-admits (1.3).
 * `sessions_ended_at`: closed to sessions not proven anew since then, where ending all sessions is not an admin's to do (not managed, 1.3).
 */
export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: oneOf(roles).notNull(),
    createdAt: createdAt(),
    suspendedAt: instant(),
    createdAccountAt: instant(),
    passwordPromptedAt: instant(),
    reproofRequiredAt: instant(),
    sessionsEndedAt: instant(),
  },
  (table) => [
    uniqueIndex('memberships_organization_account_key').on(table.organizationId, table.accountId),
    index('memberships_account_idx').on(table.accountId),
    check('memberships_role_known', sql`${table.role} in (${literals(roles)})`),
  ],
);

/** An invitation by mail (spec 4.4). open: `accepted_at` and `revoked_at` are null and `expires_at` (7 days) is in the future. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: oneOf(roles).notNull(),
    tokenHash: text().notNull(),
    invitedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    acceptedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    revokedAt: instant(),
  },
  (table) => [
    uniqueIndex('invitations_token_key').on(table.tokenHash),
    uniqueIndex('invitations_open_key')
      .on(table.organizationId, table.email)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
    check('invitations_role_known', sql`${table.role} in (${literals(roles)})`),
  ],
);

/**
 * The organization rule, layer L2 (spec 1.2, 3.3): one row each time it was switched on.
 * in force: `deactivated_at` is null, and `paused_at` (seven days after a downgrade) is null or still to come. A person's deadline is computed from `effective_from` and `grace_hours`, never stored;
 * who reached `raised_from` when the strength was raised at `raised_at` has the grace from then.
 */
export const secondFactorRules = pgTable(
  'second_factor_rules',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    activatedAt: createdAt(),
    activatedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    effectiveFrom: instant().notNull(),
    graceHours: integer().notNull(),
    minimumStrength: integer().notNull(),
    raisedAt: instant(),
    raisedFrom: integer(),
    pausedAt: instant(),
    deactivatedAt: instant(),
  },
  (table) => [
    uniqueIndex('second_factor_rules_current_key')
      .on(table.organizationId)
      .where(sql`${table.deactivatedAt} is null`),
    check('second_factor_rules_raise', sql`(${table.raisedAt} is null) = (${table.raisedFrom} is null)`),
    check('second_factor_rules_grace_range', sql`${table.graceHours} between 0 and 720`),
    check('second_factor_rules_strength_range', sql`${table.minimumStrength} between 1 and 4`),
  ],
);
