import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import type { Executor } from '@/lib/io/db';
import { type FactorStanding, factorRows, factorStanding } from './factor-standing';
import { layersOf } from './layers';
import { policyOf } from './policy-in-force';

/** Where an account stands with its second factor, for somebody who is not its owner. Throws when it does not exist. */
export async function accountStanding(executor: Executor, accountId: string): Promise<FactorStanding> {
  const [row] = await executor
    .select({
      createdAt: accounts.createdAt,
      contactEmailProvenAt: accounts.contactEmailProvenAt,
      emailCodeEnabledAt: accounts.emailCodeEnabledAt,
      defaultMethod: accounts.defaultMethod,
      passwordResetAt: accounts.passwordResetAt,
      frozenUntil: accounts.frozenUntil,
      factors: factorRows,
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
      now: sql<number>`epoch_ms(clock_timestamp())`.mapWith(Number),
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!row) throw new Error(`no account ${accountId}`);
  const rows = { rows: row.factors, account: row, memberships: row.layers.memberships };
  return factorStanding(rows, policyOf(row.layers, row, row.now), row.now);
}
