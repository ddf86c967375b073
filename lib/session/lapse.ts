import 'server-only';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { sessionEnds, sessionLapse } from '@/lib/policy/session';
import type { Instant } from '@/lib/policy/time';
import { factorLapse, type MissedDeadline } from './duties';
import type { SessionRow } from './session-row';
import { endLapsedSession, type SessionEndReason } from './sessions';

/** How a session ended without anybody ending it; `at` is the moment itself, however late it was noticed. */
export type Lapse = {
  readonly reason: SessionEndReason;
  readonly at: Instant;
  readonly missed?: MissedDeadline | null;
};

function timedOutAt(row: SessionRow, policy: EffectivePolicy, reason: SessionEndReason): Instant {
  const ends = sessionEnds(row, policy.values);
  if (reason === 'overall_timeout' && ends.overall !== null) return ends.overall;
  if (reason === 'idle' && ends.idle !== null) return ends.idle;
  return row.now;
}

/** Why and since when the row's session is over at this moment by its limits; null while it runs. */
export function lapseOf(row: SessionRow, policy: EffectivePolicy): Lapse | null {
  if (row.suspendedAt !== null || row.closedAt !== null) return { reason: 'account_closed', at: row.now };
  const owed = factorLapse(row, policy);
  if (owed !== null) return { reason: 'second_factor_deadline', at: row.now, missed: owed.missed };
  const reason = sessionLapse(row, policy.values, row.now);
  return reason === null ? null : { reason, at: timedOutAt(row, policy, reason) };
}

/** Tells somebody once why a deadline signed them out, whether the sweep, a request or the list of sessions came first. */
export const tellSignedOut = (
  tx: Transaction,
  accountId: string,
  { mandate, deadline }: MissedDeadline,
): Promise<void> =>
  notify(tx, {
    key: `mandate:${mandate.id}:${deadline}:signed-out`,
    accountId,
    notice: { kind: 'mandate_signed_out', data: { organization: mandate.name } },
  });

/** Writes the end down, once, with its proof. Whoever notices it first writes it. */
export function recordLapse(
  row: Pick<SessionRow, 'id' | 'accountId' | 'kind'>,
  lapse: Lapse,
): Promise<boolean> {
  return transaction(async (tx) => {
    if (!(await endLapsedSession(tx, row.id, lapse))) return false;
    if (lapse.missed) await tellSignedOut(tx, row.accountId, lapse.missed);
    await recordAudit(tx, {
      chain: accountChain(row.accountId),
      event: 'session.lapsed',
      actor: { kind: 'system', id: null },
      result: 'success',
      target: { kind: 'session', id: row.id },
      after: { kind: row.kind, at: lapse.at },
      reason: lapse.reason,
    });
    return true;
  });
}
