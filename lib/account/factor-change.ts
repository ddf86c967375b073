import 'server-only';
import { recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import type { FactorMethod } from '@/lib/policy/second-factor';
import { endSessions } from '@/lib/session/sessions';
import { type AccountActor, auditOf } from './actor';
import { makeFirstBackupCodes } from './backup-codes';
import { endHandOver } from './hand-over';

export type FactorChange = {
  readonly kind: 'added' | 'replaced' | 'removed';
  readonly method: FactorMethod;
  /** The row of the authenticator; makes the notice unique. */
  readonly id: string;
};

/**
 * What follows from every change of factors (spec 3.2): the person is told, other sessions end, and it is on record. With the
 * first factor that can be lost come backup codes; the email code alone leads to none.
 */
export async function settleFactorChange(
  tx: Transaction,
  actor: AccountActor,
  change: FactorChange,
): Promise<void> {
  const { accountId, binding } = actor;
  if (change.kind === 'added') await endHandOver(tx, accountId);
  if (change.kind === 'added' && change.method !== 'email') await makeFirstBackupCodes(tx, accountId);
  await notify(tx, {
    key: `factor-${change.kind}:${change.id}`,
    accountId,
    notice: {
      kind: change.kind === 'removed' ? 'factor_removed' : 'factor_added',
      data: { method: change.method },
    },
  });
  await endSessions(tx, { accountId, keepSessionId: binding.sessionId ?? null }, 'factor_changed');
  await recordAudit(tx, {
    ...auditOf(actor),
    event: `second_factor.${change.kind}`,
    result: 'success',
    target: { kind: change.method, id: change.id },
  });
}
