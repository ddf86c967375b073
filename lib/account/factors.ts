import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import type { Executor } from '@/lib/io/db';
import { type FactorMethod, factorStrength, maskEmail, maskNumber } from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';
import type { FactorStanding } from '@/lib/session/factor-standing';
import { boundNumber } from './sms';

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

const moment = (column: string, table: string, condition: string) =>
  sql<Instant | null>`${sql.raw(
    `(select epoch_ms(max(${column}))::float8 from ${table} where account_id = accounts.id and ${condition})`,
  )}`;
const confirmed = 'confirmed_at is not null and removed_at is null';
const kept = 'removed_at is null';

const columns = {
  contactEmail: accounts.contactEmail,
  emailCodeEnabledAt: accounts.emailCodeEnabledAt,
  preferred: accounts.defaultMethod,
  totpSince: moment('confirmed_at', 'totp_authenticators', confirmed),
  totpUsed: moment('last_used_at', 'totp_authenticators', confirmed),
  smsSince: moment('confirmed_at', 'phone_numbers', confirmed),
  smsUsed: moment('last_used_at', 'phone_numbers', confirmed),
  passkeySince: moment('created_at', 'passkeys', kept),
  passkeyUsed: moment('last_used_at', 'passkeys', kept),
};

async function load(executor: Executor, accountId: string) {
  const [row] = await executor.select(columns).from(accounts).where(eq(accounts.id, accountId));
  if (!row) throw new Error('the account of a session or attempt exists');
  return row;
}

type Row = Awaited<ReturnType<typeof load>>;

function describe(method: FactorMethod, row: Row, standing: FactorStanding): BoundFactor {
  const plain = {
    method,
    strength: factorStrength[method],
    isDefault: row.preferred === method,
    mask: null,
    count: 1,
  };
  switch (method) {
    case 'passkey':
      return { ...plain, since: row.passkeySince, lastUsedAt: row.passkeyUsed, count: standing.passkeys };
    case 'totp':
      return { ...plain, since: row.totpSince, lastUsedAt: row.totpUsed };
    case 'sms':
      return {
        ...plain,
        mask: maskNumber(standing.phoneTail ?? ''),
        since: row.smsSince,
        lastUsedAt: row.smsUsed,
      };
    case 'email':
      return {
        ...plain,
        mask: maskEmail(row.contactEmail ?? ''),
        since: row.emailCodeEnabledAt,
        lastUsedAt: null,
      };
  }
}

/** What is bound, strongest first, with what screens say of it. `standing` is the session's or claimant's own. */
export async function boundFactors(
  executor: Executor,
  accountId: string,
  standing: FactorStanding,
): Promise<readonly BoundFactor[]> {
  const row = await load(executor, accountId);
  const factors = standing.methods.map((method) => describe(method, row, standing));
  return factors.sort((a, b) => b.strength - a.strength);
}

/** Where a code of this method goes: the bound number, or the verified contact email. */
export async function codeDestination(
  executor: Executor,
  accountId: string,
  method: 'email' | 'sms',
): Promise<string | null> {
  if (method === 'sms') return boundNumber(executor, accountId);
  const [row] = await executor
    .select({ contactEmail: accounts.contactEmail })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.contactEmailProvenAt)));
  return row?.contactEmail ?? null;
}
