import 'server-only';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { headers } from 'next/headers';
import { sessions, signInAttempts } from '@/drizzle/schema';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { clientAddress } from '@/lib/io/client-address';
import { type Transaction, transaction } from '@/lib/io/db';
import { tokenHashes } from '@/lib/io/token';
import { clearCookie, readCookie } from '@/lib/session/cookies';

async function endSession(tx: Transaction, token: string): Promise<void> {
  const given = await headers();
  const [ended] = await tx
    .update(sessions)
    .set({ endedAt: sql`clock_timestamp()`, endedReason: 'signed_out' })
    .where(and(inArray(sessions.tokenHash, [...tokenHashes(token)]), isNull(sessions.endedAt)))
    .returning({ id: sessions.id, accountId: sessions.accountId });
  if (ended === undefined) return;
  await recordAudit(tx, {
    chain: accountChain(ended.accountId),
    event: 'session.signed_out',
    actor: { kind: 'account', id: ended.accountId },
    result: 'success',
    target: { kind: 'session', id: ended.id },
    personal: { address: clientAddress(given), userAgent: given.get('user-agent') },
  });
}

async function endAttempt(tx: Transaction, token: string): Promise<void> {
  await tx
    .update(signInAttempts)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(
      and(
        inArray(signInAttempts.tokenHash, [...tokenHashes(token)]),
        isNull(signInAttempts.finishedAt),
        isNull(signInAttempts.endedAt),
      ),
    );
}

/** Ends the session behind a token, by whichever door it was signed out. */
export const endSessionOf = (token: string): Promise<void> => transaction((tx) => endSession(tx, token));

/** Signs this browser out, or abandons the sign-in it had begun. The cookies go even when there was nothing to end. */
export async function leave(): Promise<void> {
  const [session, attempt] = [await readCookie('session'), await readCookie('attempt')];
  if (session || attempt)
    await transaction(async (tx) => {
      if (attempt) await endAttempt(tx, attempt);
      if (session) await endSession(tx, session);
    });
  await clearCookie('session');
  await clearCookie('attempt');
}
