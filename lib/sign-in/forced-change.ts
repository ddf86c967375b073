import 'server-only';
import { preparePassword, type WishRefusal } from '@/lib/account/new-password';
import { type Superseded, storePassword } from '@/lib/account/passwords';
import { transaction } from '@/lib/io/db';
import { ok, type Result } from '@/lib/policy/result';
import { recordPasswordChange } from './attempts';
import type { Claimant } from './facts';
import type { FinishingClient } from './finish';

/** A claimant at `change_password` sets a new one; the attempt goes on, everything else the old one opened ends. */
export async function changeDuePassword(
  { account, attempt, policy }: Claimant,
  wanted: string,
  client: FinishingClient,
): Promise<Result<null, WishRefusal | Superseded>> {
  const prepared = await preparePassword({
    door: 'forced',
    candidate: wanted,
    policy,
    for: { accountId: account.id },
  });
  if (!prepared.ok) return prepared;
  return transaction(async (tx) => {
    const stored = await storePassword(tx, {
      accountId: account.id,
      loginEmail: account.loginEmail,
      prepared: prepared.value,
      actor: { kind: 'claimant', id: account.id },
      personal: client,
      keep: { sessionId: null, attemptId: attempt.id },
    });
    if (!stored.ok) return stored;
    if (!(await recordPasswordChange(tx, attempt.id)))
      throw new Error('the attempt ended under its password change');
    return ok(null);
  });
}
