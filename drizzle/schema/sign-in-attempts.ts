import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts';
import { createdAt, id, instant, literals, oneOf } from './columns';
import { organizations } from './organizations';

export const clientKinds = ['web', 'mobile', 'desktop'] as const;
export const proofMethods = ['email', 'sms', 'totp', 'passkey', 'backup', 'hand_over'] as const;

/**
 * A claimant's progress through one sign-in (spec 3.1). Only proofs are kept; the step is derived from them and the policy in force.
 * - open: `finished_at` and `ended_at` are null and `expires_at` is in the future (30 minutes, at most 60).
 * - finished: `finished_at` is not null: the attempt became a session, once, through `ticket_hash` (60 seconds, single use).
 * `account_id` is null for an unknown email; such an attempt never gets past the password. `origin_proven_at`: a code mailed to an
 * address proven before was entered, needed to change contact email or enroll while no factor is bound.
 * `enrolled_method`: the factor that this attempt itself enrolled, whose confirmation counts as its second factor. `return_to` is
 * sealed: it may be the path of an invitation, with its token.
 */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: id(),
    tokenHash: text().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    clientKind: oneOf(clientKinds).notNull().default('web'),
    clientName: text(),
    address: text(),
    userAgent: text(),
    passwordVerifiedAt: instant(),
    passwordBelowPolicy: boolean().notNull().default(false),
    passwordBreached: boolean().notNull().default(false),
    secondFactorVerifiedAt: instant(),
    secondFactorMethod: oneOf(proofMethods),
    originProvenAt: instant(),
    passwordChangedAt: instant(),
    contactEmailDeferredAt: instant(),
    enrolledMethod: oneOf(proofMethods),
    returnTo: text(),
    organizationId: uuid().references(() => organizations.id, { onDelete: 'set null' }),
    deviceId: uuid(),
    ticketHash: text(),
    ticketExpiresAt: instant(),
    sessionId: uuid(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    finishedAt: instant(),
    endedAt: instant(),
  },
  (table) => [
    uniqueIndex('sign_in_attempts_token_key').on(table.tokenHash),
    uniqueIndex('sign_in_attempts_ticket_key').on(table.ticketHash),
    index('sign_in_attempts_account_idx').on(table.accountId),
    index('sign_in_attempts_expiry_idx').on(table.expiresAt),
    check('sign_in_attempts_client_known', sql`${table.clientKind} in (${literals(clientKinds)})`),
    check('sign_in_attempts_method_known', sql`${table.secondFactorMethod} in (${literals(proofMethods)})`),
    check(
      'sign_in_attempts_unknown_proves_nothing',
      sql`${table.accountId} is not null or (${table.passwordVerifiedAt} is null and ${table.finishedAt} is null)`,
    ),
  ],
);
