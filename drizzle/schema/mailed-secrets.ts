import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { sessions } from './sessions';
import { signInAttempts } from './sign-in-attempts';

export const linkPurposes = [
  'sign_up',
  'verify_login_email',
  'reset_password',
  'unlock',
  'hold',
  'freeze_contact_email',
  'not_me',
] as const;

/**
 * A mailed link: single use, stored as an HMAC, bound to a purpose and an address (spec 4.2).
 * open: `consumed_at` and `voided_at` are null and `expires_at` is in the future. A GET never consumes one.
 */
export const mailedLinks = pgTable(
  'mailed_links',
  {
    id: id(),
    purpose: oneOf(linkPurposes).notNull(),
    tokenHash: text().notNull(),
    email: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    detail: jsonb().$type<Readonly<Record<string, string>>>(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    consumedAt: instant(),
    voidedAt: instant(),
  },
  (table) => [
    uniqueIndex('mailed_links_token_key').on(table.tokenHash),
    index('mailed_links_account_idx').on(table.accountId),
    index('mailed_links_email_idx').on(table.email, table.createdAt),
    check('mailed_links_purpose_known', sql`${table.purpose} in (${literals(linkPurposes)})`),
  ],
);

export const codePurposes = [
  'sign_in',
  'prove_origin',
  'contact_email',
  'phone_number',
  'step_up',
  'email_method',
] as const;
export const codeChannels = ['email', 'sms'] as const;
export const codeVoidReasons = ['replaced', 'too_many_tries', 'cooled_down', 'reset', 'ended'] as const;

/**
 * A code of six digits sent by mail or SMS (spec 3.2), bound to an account, a purpose and one attempt or session.
 * - live: `consumed_at` and `voided_at` are null and clock < coalesce(`accepted_at`, `created_at`) + `lifetime_minutes`.
 * - replaced: `void_reason` = 'replaced'; its use answers `code_replaced` and costs no try.
 * `reference` is the two letters shown on screen and in the message. `destination` is sealed; `destination_key` its HMAC, for caps.
 * The caps count rows whose `consumed_at` and `forgiven_at` are null; those to a recipient not yet proven (`proven` is false) have pools of
 * their own, also per client address (`address_key`, an HMAC). A cool-down sets `forgiven_at`.
 * `wrong_tries` begins where the code it replaces stood, so that a resend gives no new tries.
 */
export const oneTimeCodes = pgTable(
  'one_time_codes',
  {
    id: id(),
    purpose: oneOf(codePurposes).notNull(),
    channel: oneOf(codeChannels).notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    attemptId: uuid().references(() => signInAttempts.id, { onDelete: 'cascade' }),
    sessionId: uuid().references(() => sessions.id, { onDelete: 'cascade' }),
    codeHash: text().notNull(),
    reference: text().notNull(),
    destination: text().notNull(),
    destinationKey: text().notNull(),
    addressKey: text(),
    proven: boolean().notNull(),
    lifetimeMinutes: integer().notNull(),
    wrongTries: integer().notNull().default(0),
    createdAt: createdAt(),
    acceptedAt: instant(),
    consumedAt: instant(),
    voidedAt: instant(),
    voidReason: oneOf(codeVoidReasons),
    forgivenAt: instant(),
  },
  (table) => [
    index('one_time_codes_attempt_idx').on(table.attemptId),
    index('one_time_codes_session_idx').on(table.sessionId),
    index('one_time_codes_address_idx').on(table.addressKey, table.createdAt),
    index('one_time_codes_account_idx').on(table.accountId, table.createdAt),
    index('one_time_codes_destination_idx').on(table.destinationKey, table.createdAt),
    check('one_time_codes_purpose_known', sql`${table.purpose} in (${literals(codePurposes)})`),
    check('one_time_codes_channel_known', sql`${table.channel} in (${literals(codeChannels)})`),
    check('one_time_codes_void_reason_known', sql`${table.voidReason} in (${literals(codeVoidReasons)})`),
    check('one_time_codes_lifetime_range', sql`${table.lifetimeMinutes} between 5 and 15`),
    check('one_time_codes_tries_range', sql`${table.wrongTries} between 0 and 5`),
    check('one_time_codes_bound_to_one', sql`num_nonnulls(${table.attemptId}, ${table.sessionId}) = 1`),
  ],
);
