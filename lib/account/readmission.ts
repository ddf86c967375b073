import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/io/db';
import type { ProofMethod } from '@/lib/policy/second-factor';

/** Since when a bound factor of the account `m` belongs to has been there, by method. */
const boundSince = {
  totp: sql`select confirmed_at as since from totp_authenticators where account_id = m.account_id and removed_at is null`,
  sms: sql`select confirmed_at as since from phone_numbers where account_id = m.account_id and removed_at is null`,
  passkey: sql`select created_at as since from passkeys where account_id = m.account_id and removed_at is null`,
  email: sql`select email_code_enabled_at as since from accounts where id = m.account_id`,
  backup: sql`select created_at as since from backup_code_sets where account_id = m.account_id and voided_at is null`,
} as const;

/**
 * A proof by a factor that was bound before an admin elsewhere reset an authenticator opens the person's other organizations
 * again (spec 1.3): whoever holds it is the person they knew. A factor bound since proves nothing to them.
 */
export async function readmitByFactor(
  tx: Transaction,
  proof: { readonly accountId: string; readonly method: ProofMethod | 'hand_over' | null },
): Promise<void> {
  const { accountId, method } = proof;
  if (method === null || method === 'hand_over') return;
  await tx.execute(sql`
    update memberships m set reproof_required_at = null
    where m.account_id = ${accountId} and m.reproof_required_at is not null
      and exists (select 1 from (${boundSince[method]}) f where f.since < m.reproof_required_at)`);
}
