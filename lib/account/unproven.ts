import 'server-only';
import { sql } from 'drizzle-orm';
import type { Transaction } from '@/lib/io/db';
import { endSessions } from '@/lib/session/sessions';
import { voidCodes } from './codes';
import { voidKnownDevices } from './known-devices';

/**
 * Whoever first proves the login email of an old unproven account gets it empty: nothing that somebody else had set on it
 * before may open it later (spec 4).
 */
export async function emptyUnproven(tx: Transaction, accountId: string): Promise<void> {
  await endSessions(tx, { accountId, keepSessionId: null }, 'password_reset');
  await voidCodes(tx, accountId, 'reset');
  await voidKnownDevices(tx, accountId);
  await tx.execute(sql`delete from passwords where account_id = ${accountId}`);
  await tx.execute(sql`delete from memberships where account_id = ${accountId}`);
  for (const table of [
    'totp_authenticators',
    'phone_numbers',
    'passkeys',
    'backup_code_sets',
    'hand_over_pins',
  ])
    await tx.execute(sql`delete from ${sql.identifier(table)} where account_id = ${accountId}`);
  await tx.execute(sql`
    update accounts set contact_email = null, contact_email_proven_at = null, email_code_enabled_at = null, default_method = null
    where id = ${accountId} and login_email_proven_at is null`);
}
