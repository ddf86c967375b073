import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, id, instant, literals, oneOf } from './columns';

export const secondFactorMethods = ['email', 'sms', 'totp', 'passkey'] as const;

/**
 * One person: one login email, one password, one set of authenticators, any number of organizations (spec 1.1).
 * - proven: `login_email_proven_at` is not null; nothing can be set on an account before (4).
 * - suspended: `suspended_at` is not null (by the operator). closed: `closed_at` is not null.
 * - email code switched on by the person: `email_code_enabled_at` is not null (3.2).
 * - contact email owed: `contact_email_reset_at` is not null (an admin cleared or set it) until one is verified; the next sign-in asks.
 * - frozen: `frozen_until` in the future: no reset or code goes to one mailbox alone (4.1, 3.1 hold link).
 * `login_email` and `contact_email` are normalized: lower case, A-label domain. `login_domain` is what domain policies match.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    loginEmail: text().notNull(),
    loginDomain: text().notNull(),
    loginEmailProvenAt: instant(),
    contactEmail: text(),
    contactEmailProvenAt: instant(),
    contactEmailBouncedAt: instant(),
    contactEmailResetAt: instant(),
    name: text().notNull(),
    defaultMethod: oneOf(secondFactorMethods),
    emailCodeEnabledAt: instant(),
    secondFactorsResetAt: instant(),
    passwordResetAt: instant(),
    frozenUntil: instant(),
    operatorSince: instant(),
    createdAt: createdAt(),
    suspendedAt: instant(),
    closedAt: instant(),
  },
  (table) => [
    uniqueIndex('accounts_login_email_key').on(table.loginEmail),
    index('accounts_login_domain_idx').on(table.loginDomain, table.id),
    check('accounts_login_email_normalized', sql`${table.loginEmail} = lower(${table.loginEmail})`),
    check('accounts_default_method_known', sql`${table.defaultMethod} in (${literals(secondFactorMethods)})`),
  ],
);
