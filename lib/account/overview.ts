import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { stableFraction } from '@/lib/io/fraction';
import { type ContactEmailStanding, contactEmailStanding } from '@/lib/policy/contact-email';
import { type ExpirationDue, expirationDue } from '@/lib/policy/password-age';
import type { Instant } from '@/lib/policy/time';
import type { CurrentSession } from '@/lib/session/current';
import { listSessions } from '@/lib/session/session-list';

/** What the security checklist needs beyond what the session carries. */
export type AccountOverview = {
  readonly contactEmail: ContactEmailStanding;
  /** Since the owner of a mailbox asked for it, neither address alone carries codes or resets until then. */
  readonly frozenUntil: Instant | null;
  /** When the password runs out, and by whose rule; null where it does not, and without a password. */
  readonly passwordDue: ExpirationDue | null;
  readonly otherSessions: number;
};

async function findAddresses(accountId: string) {
  const [row] = await database()
    .select({
      loginEmail: accounts.loginEmail,
      loginEmailProvenAt: accounts.loginEmailProvenAt,
      contactEmail: accounts.contactEmail,
      contactEmailProvenAt: accounts.contactEmailProvenAt,
      contactEmailBouncedAt: accounts.contactEmailBouncedAt,
      frozenUntil: sql<Instant | null>`case when ${accounts.frozenUntil} > clock_timestamp()
        then epoch_ms(${accounts.frozenUntil})::float8 end`,
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!row) throw new Error(`no account ${accountId}`);
  return row;
}

export async function loadOverview(session: CurrentSession): Promise<AccountOverview> {
  const { accountId, policy, passwordSetAt } = session;
  const [addresses, sessions] = await Promise.all([findAddresses(accountId), listSessions(session)]);
  const record = { changedAt: passwordSetAt ?? 0, spread: stableFraction(accountId) };
  return {
    contactEmail: contactEmailStanding(addresses),
    frozenUntil: addresses.frozenUntil,
    passwordDue: passwordSetAt === null ? null : expirationDue(policy, record),
    otherSessions: sessions.filter((item) => !item.isCurrent).length,
  };
}
