import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { signInAttempts } from '@/drizzle/schema';
import { voidCodes } from '@/lib/account/codes';
import { voidKnownDevices } from '@/lib/account/known-devices';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import type { CurrentSession } from '@/lib/session/current';
import { endSessions } from '@/lib/session/sessions';
import { requestReset } from './reset';

const endAttempts = (tx: Transaction, accountId: string) =>
  tx
    .update(signInAttempts)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(signInAttempts.accountId, accountId),
        isNull(signInAttempts.finishedAt),
        isNull(signInAttempts.endedAt),
      ),
    );

/**
 * "This wasn't me" (spec 4.5): whoever is in is put out, this browser too, no code or known browser helps to come back, and a
 * reset is on its way to the mailbox.
 */
export async function disavow(session: CurrentSession, userAgent: string | null): Promise<void> {
  const { accountId, loginEmail, address } = session;
  await transaction(async (tx) => {
    const count = await endSessions(tx, { accountId, keepSessionId: null }, 'ended_by_you');
    await voidKnownDevices(tx, accountId);
    await voidCodes(tx, accountId, 'ended');
    await endAttempts(tx, accountId);
    await recordAudit(tx, {
      chain: accountChain(accountId),
      event: 'account.disavowed',
      actor: { kind: 'account', id: accountId },
      result: 'success',
      after: { sessionsEnded: count },
      personal: { address, userAgent },
    });
  });
  await requestReset({ email: loginEmail, address, userAgent });
}
