import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { bytes, createdAt, id, instant } from './columns';

/**
 * Authentication apps (spec 3.2, RFC 6238). The secret is sealed with the account id as context.
 * - pending: `confirmed_at` is null and `pending_until` in the future (15 minutes).
 * - bound: `confirmed_at` is not null and `removed_at` is null; at most one an account.
 * `bound_to` is the attempt or session in which the set-up began: a secret shown to one browser is never confirmed by another.
 * `last_step` is the last time step accepted; only a greater one is accepted, ever.
 */
export const totpAuthenticators = pgTable(
  'totp_authenticators',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    boundTo: uuid().notNull(),
    sealedSecret: text().notNull(),
    lastStep: bigint({ mode: 'number' }),
    createdAt: createdAt(),
    pendingUntil: instant().notNull(),
    confirmedAt: instant(),
    lastUsedAt: instant(),
    removedAt: instant(),
  },
  (table) => [
    uniqueIndex('totp_authenticators_bound_key')
      .on(table.accountId)
      .where(sql`${table.confirmedAt} is not null and ${table.removedAt} is null`),
    index('totp_authenticators_account_idx').on(table.accountId),
  ],
);

/**
 * Mobile numbers for texted codes (spec 3.2). `sealed_number` is E.164, `number_key` its HMAC, `tail` its last two digits for masks.
 * pending and bound as for authentication apps; at most one bound an account.
 */
export const phoneNumbers = pgTable(
  'phone_numbers',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    boundTo: uuid().notNull(),
    sealedNumber: text().notNull(),
    numberKey: text().notNull(),
    tail: text().notNull(),
    createdAt: createdAt(),
    pendingUntil: instant().notNull(),
    confirmedAt: instant(),
    lastUsedAt: instant(),
    removedAt: instant(),
  },
  (table) => [
    uniqueIndex('phone_numbers_bound_key')
      .on(table.accountId)
      .where(sql`${table.confirmedAt} is not null and ${table.removedAt} is null`),
    index('phone_numbers_account_idx').on(table.accountId),
    index('phone_numbers_number_idx').on(table.numberKey),
  ],
);

/** Passkeys (spec 3.2, WebAuthn level 3). bound: `removed_at` is null. `credential_id` is base64url. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    credentialId: text().notNull(),
    publicKey: bytes().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default(sql`'{}'`),
    backedUp: boolean().notNull(),
    name: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
    removedAt: instant(),
  },
  (table) => [
    uniqueIndex('passkeys_credential_key').on(table.credentialId),
    index('passkeys_account_idx').on(table.accountId),
  ],
);

/**
 * WebAuthn challenges: single use, five minutes. `bound_to` is the attempt's or session's id, or a random id in a cookie for a
 * sign-in that begins with a passkey. open: `consumed_at` is null and `expires_at` in the future.
 */
export const passkeyChallenges = pgTable('passkey_challenges', {
  id: id(),
  challenge: text().notNull(),
  purpose: text().$type<'register' | 'sign_in' | 'second_factor' | 'step_up'>().notNull(),
  boundTo: uuid(),
  accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
  expiresAt: instant().notNull(),
  consumedAt: instant(),
});

/** A set of ten backup codes. current: `voided_at` is null; at most one an account. `saved_at`: the person confirmed they are saved. */
export const backupCodeSets = pgTable(
  'backup_code_sets',
  {
    id: id(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    savedAt: instant(),
    voidedAt: instant(),
  },
  (table) => [
    uniqueIndex('backup_code_sets_current_key').on(table.accountId).where(sql`${table.voidedAt} is null`),
  ],
);

/** One backup code: HMAC for checking, sealed copy for viewing again (null when the policy says shown once). unused: `consumed_at` is null. */
export const backupCodes = pgTable(
  'backup_codes',
  {
    id: id(),
    setId: uuid()
      .notNull()
      .references(() => backupCodeSets.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    codeHash: text().notNull(),
    sealedCode: text(),
    consumedAt: instant(),
  },
  (table) => [
    uniqueIndex('backup_codes_set_position_key').on(table.setId, table.position),
    uniqueIndex('backup_codes_set_code_key').on(table.setId, table.codeHash),
    check('backup_codes_position_range', sql`${table.position} between 1 and 10`),
  ],
);
