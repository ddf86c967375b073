import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { readCookie, writeCookie } from './cookies';
import type { CurrentSession } from './judgement';

/**
 * Gives the cookie of a running session the lifetime that a policy tightened meanwhile wants: it ends with the browser. Only
 * an answer that may set cookies can do so, and only the browser can hold to it.
 */
export async function shortenCookie(session: CurrentSession): Promise<void> {
  const token = await readCookie('session');
  if (token === null || !session.isCookieTooLong) return;
  await writeCookie('session', token, null);
  await database()
    .update(sessions)
    .set({ closeWithBrowser: true })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)));
}
