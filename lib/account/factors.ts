import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import type { Executor } from '@/lib/io/db';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { accountMandates, mandateStanding } from '@/lib/policy/mandate';
import {
  boundMethods,
  type FactorFacts,
  type FactorMethod,
  factorStrength,
  maskEmail,
  maskNumber,
  offeredMethods,
  type ProofMethod,
  strongest,
} from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';

/** A bound second factor, for screens and lists. No secret in it. */
export type BoundFactor = {
  readonly method: FactorMethod;
  readonly strength: number;
  /** `…42` or `a•••@x.com`; null for apps and passkeys. */
  readonly mask: string | null;
  /** Null for the email code that a rule asks for, though the person never switched it on. */
  readonly since: Instant | null;
  readonly lastUsedAt: Instant | null;
  /** How many passkeys; 1 for all others. */
  readonly count: number;
  readonly isDefault: boolean;
};

export type Factors = {
  readonly facts: FactorFacts;
  /** Strongest first. */
  readonly bound: readonly BoundFactor[];
  readonly strongest: number;
  /** The strength that the account's own rules demand by now; 0 where none does. */
  readonly required: number;
  /** What a sign-in offers now, in its order, backup codes last. */
  readonly offered: readonly ProofMethod[];
  /** The proven contact email. */
  readonly contactEmail: string | null;
  readonly backupCodesSavedAt: Instant | null;
};

const moment = (column: string, table: string, condition: string) =>
  sql<Instant | null>`${sql.raw(
    `(select epoch_ms(max(${column}))::float8 from ${table} where account_id = accounts.id and ${condition})`,
  )}`;
const confirmed = 'confirmed_at is not null and removed_at is null';
const kept = 'removed_at is null';

const columns = {
  contactEmail: accounts.contactEmail,
  contactEmailProvenAt: accounts.contactEmailProvenAt,
  emailCodeEnabledAt: accounts.emailCodeEnabledAt,
  passwordResetAt: accounts.passwordResetAt,
  frozenUntil: accounts.frozenUntil,
  preferred: accounts.defaultMethod,
  totpSince: moment('confirmed_at', 'totp_authenticators', confirmed),
  totpUsed: moment('last_used_at', 'totp_authenticators', confirmed),
  smsSince: moment('confirmed_at', 'phone_numbers', confirmed),
  smsUsed: moment('last_used_at', 'phone_numbers', confirmed),
  smsTail: sql<
    string | null
  >`(select tail from phone_numbers where account_id = accounts.id and ${sql.raw(confirmed)})`,
  passkeySince: moment('created_at', 'passkeys', kept),
  passkeyUsed: moment('last_used_at', 'passkeys', kept),
  passkeyCount: sql<number>`(select count(*)::int from passkeys where account_id = accounts.id and ${sql.raw(kept)})`,
  backupLeft: sql<number>`(select count(*)::int from backup_codes c join backup_code_sets s on s.id = c.set_id
    where s.account_id = accounts.id and s.voided_at is null and c.consumed_at is null)`,
  backupSavedAt: moment('saved_at', 'backup_code_sets', 'voided_at is null'),
  now: sql<Instant>`epoch_ms(clock_timestamp())::float8`,
};

async function load(executor: Executor, accountId: string) {
  const [row] = await executor.select(columns).from(accounts).where(eq(accounts.id, accountId));
  if (!row) throw new Error('the account of a session or attempt exists');
  return row;
}

type Row = Awaited<ReturnType<typeof load>>;

function factsOf(row: Row): FactorFacts {
  const bound: FactorFacts['bound'][number][] = [];
  if (row.passkeySince !== null) bound.push('passkey');
  if (row.totpSince !== null) bound.push('totp');
  if (row.smsSince !== null) bound.push('sms');
  return {
    bound,
    contactEmailVerified: row.contactEmailProvenAt !== null,
    emailCodeSwitchedOn: row.emailCodeEnabledAt !== null,
    backupCodesLeft: row.backupLeft,
    preferred: row.preferred,
    passwordResetAt: row.passwordResetAt,
  };
}

function describe(method: FactorMethod, row: Row): BoundFactor {
  const plain = { method, strength: factorStrength[method], isDefault: row.preferred === method };
  switch (method) {
    case 'passkey':
      return {
        ...plain,
        mask: null,
        since: row.passkeySince,
        lastUsedAt: row.passkeyUsed,
        count: row.passkeyCount,
      };
    case 'totp':
      return { ...plain, mask: null, since: row.totpSince, lastUsedAt: row.totpUsed, count: 1 };
    case 'sms':
      return {
        ...plain,
        mask: maskNumber(row.smsTail ?? ''),
        since: row.smsSince,
        lastUsedAt: row.smsUsed,
        count: 1,
      };
    case 'email':
      return {
        ...plain,
        mask: maskEmail(row.contactEmail ?? ''),
        since: row.emailCodeEnabledAt,
        lastUsedAt: null,
        count: 1,
      };
  }
}

/** While an account is frozen no code goes to a mailbox alone. */
const isOffered = (method: ProofMethod, row: Row): boolean =>
  method !== 'email' || row.frozenUntil === null || row.now >= row.frozenUntil;

/** Everything an account can prove itself with besides its password. The policy in force is given. */
export async function boundFactors(
  executor: Executor,
  accountId: string,
  policy: EffectivePolicy,
): Promise<Factors> {
  const row = await load(executor, accountId);
  const facts = factsOf(row);
  const { requiredNow } = mandateStanding(accountMandates(policy), strongest(facts.bound), row.now);
  const methods = boundMethods(facts, requiredNow);
  const bound = methods.map((method) => describe(method, row)).sort((a, b) => b.strength - a.strength);
  return {
    facts,
    bound,
    strongest: strongest(methods),
    required: requiredNow,
    offered: offeredMethods(facts, requiredNow, row.now).filter((method) => isOffered(method, row)),
    contactEmail: row.contactEmailProvenAt === null ? null : row.contactEmail,
    backupCodesSavedAt: row.backupSavedAt,
  };
}
