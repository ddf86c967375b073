import 'server-only';
import type { Transaction } from '@/lib/io/db';
import { voidLinks } from '@/lib/io/once';
import { voidMessages } from '@/lib/io/outbox';

/** The ways to hold the account that were mailed before an admin decided stop working too. */
export async function voidMailedHolds(tx: Transaction, accountId: string): Promise<void> {
  await voidMessages(tx, await voidLinks(tx, accountId, ['hold', 'freeze_contact_email']));
}

/** The ways in that were mailed and not used yet stop working: the mailbox they went to no longer decides. */
export async function voidMailedWays(tx: Transaction, accountId: string): Promise<void> {
  await voidMessages(tx, await voidLinks(tx, accountId, ['reset_password', 'unlock']));
}
