import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { signInAttempts } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { hashToken, newToken, tokenHashes } from '@/lib/io/token';
import { type Milliseconds, seconds } from '@/lib/policy/time';
import { lockAccount } from '@/lib/session/sessions';

/** Long enough for one request, and worth nothing without an attempt that stands at its end. */
const lifetime: Milliseconds = seconds(60);

const isOpen = and(
  isNull(signInAttempts.finishedAt),
  isNull(signInAttempts.endedAt),
  sql`${signInAttempts.expiresAt} > clock_timestamp()`,
);

/** A one-time ticket for an open attempt; null when it is not open any more. It never leaves the server. */
export async function issueTicket(executor: Executor, attemptId: string): Promise<string | null> {
  const ticket = newToken();
  const rows = await executor
    .update(signInAttempts)
    .set({
      ticketHash: hashToken(ticket),
      ticketExpiresAt: sql`clock_timestamp() + make_interval(secs => ${lifetime / 1000})`,
    })
    .where(and(eq(signInAttempts.id, attemptId), isOpen))
    .returning({ id: signInAttempts.id });
  return rows.length === 1 ? ticket : null;
}

const carries = (ticket: string) => inArray(signInAttempts.ticketHash, [...tokenHashes(ticket)]);

/** Uses a ticket, once, and tells whose attempt it is. Account and row stay held until the transaction ends. */
export async function spendTicket(tx: Transaction, ticket: string): Promise<string | null> {
  const [holder] = await tx
    .select({ accountId: signInAttempts.accountId })
    .from(signInAttempts)
    .where(carries(ticket));
  if (!holder?.accountId) return null;
  await lockAccount(tx, holder.accountId);
  const [row] = await tx
    .update(signInAttempts)
    .set({ ticketHash: null, ticketExpiresAt: null })
    .where(and(carries(ticket), sql`${signInAttempts.ticketExpiresAt} > clock_timestamp()`, isOpen))
    .returning({ id: signInAttempts.id });
  return row?.id ?? null;
}

/** The attempt became a session; it never becomes another. */
export async function closeAttempt(tx: Transaction, attemptId: string, sessionId: string): Promise<boolean> {
  const rows = await tx
    .update(signInAttempts)
    .set({ finishedAt: sql`clock_timestamp()`, sessionId })
    .where(and(eq(signInAttempts.id, attemptId), isOpen))
    .returning({ id: signInAttempts.id });
  return rows.length === 1;
}
