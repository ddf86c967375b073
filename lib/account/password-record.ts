import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { accounts, passwords } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { formerPasswordsKept, type PasswordNames } from '@/lib/policy/password';
import type { Instant } from '@/lib/policy/time';

export type PasswordOrigin = (typeof passwords.$inferSelect)['origin'];

/** The current password and what a new one is compared with. Hashes stay within lib/account. */
export type PasswordHistory = {
  readonly current: {
    readonly id: string;
    readonly hash: string;
    readonly origin: PasswordOrigin;
    readonly setAt: Instant;
    readonly isTemporary: boolean;
  } | null;
  /** Newest first; temporary ones do not count. */
  readonly former: readonly string[];
  readonly names: PasswordNames;
  readonly loginEmail: string;
  readonly now: Instant;
};

const organizationNames = sql<string[]>`coalesce((
  select array_agg(o.name) from memberships m join organizations o on o.id = m.organization_id
  where m.account_id = accounts.id), '{}')`;

export async function readPasswordHistory(executor: Executor, accountId: string): Promise<PasswordHistory> {
  const [row] = await executor
    .select({
      name: accounts.name,
      loginEmail: accounts.loginEmail,
      organizations: organizationNames,
      now: sql<Instant>`epoch_ms(clock_timestamp())`.mapWith(Number),
      id: passwords.id,
      hash: passwords.hash,
      origin: passwords.origin,
      setAt: passwords.setAt,
      temporaryUntil: passwords.temporaryUntil,
    })
    .from(accounts)
    .leftJoin(passwords, and(eq(passwords.accountId, accounts.id), isNull(passwords.retiredAt)))
    .where(eq(accounts.id, accountId));
  if (!row) throw new Error(`no account ${accountId}`);
  const { id, hash, origin, setAt, temporaryUntil } = row;
  const isThere = id !== null && hash !== null && origin !== null && setAt !== null;
  return {
    current: isThere ? { id, hash, origin, setAt, isTemporary: temporaryUntil !== null } : null,
    former: await readFormer(executor, accountId),
    names: { person: row.name, login: row.loginEmail, organizations: row.organizations },
    loginEmail: row.loginEmail,
    now: row.now,
  };
}

async function readFormer(executor: Executor, accountId: string): Promise<readonly string[]> {
  const rows = await executor
    .select({ hash: passwords.hash })
    .from(passwords)
    .where(
      and(
        eq(passwords.accountId, accountId),
        sql`${passwords.retiredAt} is not null`,
        isNull(passwords.temporaryUntil),
      ),
    )
    .orderBy(desc(passwords.retiredAt), desc(passwords.id))
    .limit(formerPasswordsKept);
  return rows.map((row) => row.hash);
}

/** Whether a password that was just compared is still the one in force. Ask with the account locked. */
export async function isCurrentPassword(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.$count(passwords, and(eq(passwords.id, id), isNull(passwords.retiredAt)))) === 1;
}

/** Retires the password a change was prepared against; false when another change came first. */
export async function retirePassword(
  tx: Transaction,
  accountId: string,
  id: string | null,
): Promise<boolean> {
  if (id === null) return true;
  const rows = await tx
    .update(passwords)
    .set({
      retiredAt: sql`clock_timestamp()`,
      changeRequiredAt: null,
      changeRequiredReason: null,
      changeRequiredByPolicyId: null,
    })
    .where(and(eq(passwords.id, id), eq(passwords.accountId, accountId), isNull(passwords.retiredAt)))
    .returning({ id: passwords.id });
  return rows.length === 1;
}

/** Keeps the ten latest former passwords that count, and drops what is older. */
export async function dropOldPasswords(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`
    delete from passwords where account_id = ${accountId} and retired_at < (
      select retired_at from passwords
      where account_id = ${accountId} and retired_at is not null and temporary_until is null
      order by retired_at desc offset ${formerPasswordsKept - 1} limit 1)`);
}
