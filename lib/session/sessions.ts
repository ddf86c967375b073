import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { hashToken, newId, newToken } from '@/lib/io/token';
import type { Instant } from '@/lib/policy/time';

export type SessionKind = 'web' | 'mobile' | 'desktop';
export type SessionEndReason = NonNullable<(typeof sessions.$inferSelect)['endedReason']>;

/** What a finished sign-in hands over. `overallMinutes` is null where that kind of session does not expire. */
export type NewSession = {
  readonly accountId: string;
  readonly attemptId: string | null;
  readonly kind: SessionKind;
  readonly clientName: string | null;
  readonly deviceId: string | null;
  readonly method: (typeof sessions.$inferInsert)['method'];
  readonly strength: number;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly overallMinutes: number | null;
  readonly closeWithBrowser: boolean;
  readonly isOnlyWebSession: boolean;
};

/** The token leaves once, to the client that earned it; only its hash is kept. */
export type MintedSession = { readonly id: string; readonly token: string };

/**
 * Held by whatever begins or ends an account's sign-ins and sessions, before it touches any of their rows: an end then never
 * misses a session that begins at the same moment, and two of them never wait for one another. Rows that only refer to the
 * account do not wait.
 */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(sql`select 1 from accounts where id = ${accountId} for no key update`);
}

async function endSuperseded(tx: Transaction, session: NewSession): Promise<void> {
  await tx
    .update(sessions)
    .set({
      endedAt: sql`clock_timestamp()`,
      endedReason: 'signed_in_elsewhere',
      endedDetail: session.userAgent,
    })
    .where(
      and(eq(sessions.accountId, session.accountId), eq(sessions.kind, 'web'), isNull(sessions.endedAt)),
    );
}

/**
 * The only place that inserts a session. The account's row is locked first, so of many sign-ins that complete at once
 * under "one web session" exactly one stays, the newest.
 */
export async function createSession(tx: Transaction, session: NewSession): Promise<MintedSession> {
  await lockAccount(tx, session.accountId);
  if (session.kind === 'web' && session.isOnlyWebSession) await endSuperseded(tx, session);
  const minted = { id: newId(), token: newToken() };
  await tx.insert(sessions).values({
    id: minted.id,
    tokenHash: hashToken(minted.token),
    accountId: session.accountId,
    attemptId: session.attemptId,
    kind: session.kind,
    clientName: session.clientName,
    deviceId: session.deviceId,
    method: session.method,
    strength: session.strength,
    overallMinutesAtCreation: session.overallMinutes,
    closeWithBrowser: session.closeWithBrowser,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: sql`clock_timestamp()`,
    lastActiveAt: sql`clock_timestamp()`,
    reauthenticatedAt: sql`clock_timestamp()`,
    reauthenticationBeganAt: sql`clock_timestamp()`,
    reauthenticationStrength: session.strength,
    reauthenticationAddress: session.address,
  });
  return minted;
}

const ended = (reason: SessionEndReason) => ({ endedAt: sql`clock_timestamp()`, endedReason: reason });

/** Ends one running session of an account; false when there was none. */
export async function endSession(
  executor: Executor,
  which: { readonly accountId: string; readonly sessionId: string },
  reason: SessionEndReason,
): Promise<boolean> {
  const rows = await executor
    .update(sessions)
    .set(ended(reason))
    .where(
      and(
        eq(sessions.id, which.sessionId),
        eq(sessions.accountId, which.accountId),
        isNull(sessions.endedAt),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length === 1;
}

/** Writes down an end that came by itself, as of its own moment; false when it was written before. */
export async function endLapsedSession(
  executor: Executor,
  sessionId: string,
  { reason, at }: { readonly reason: SessionEndReason; readonly at: Instant },
): Promise<boolean> {
  const rows = await executor
    .update(sessions)
    .set({ endedAt: at, endedReason: reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  return rows.length === 1;
}

/** Ends all running sessions of an account but `keepSessionId`; returns how many ended. */
export async function endSessions(
  tx: Transaction,
  which: { readonly accountId: string; readonly keepSessionId: string | null },
  reason: SessionEndReason,
): Promise<number> {
  await lockAccount(tx, which.accountId);
  const rows = await tx
    .update(sessions)
    .set(ended(reason))
    .where(
      and(
        eq(sessions.accountId, which.accountId),
        isNull(sessions.endedAt),
        which.keepSessionId === null ? undefined : ne(sessions.id, which.keepSessionId),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length;
}
