import 'server-only';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { after } from 'next/server';
import { cache } from 'react';
import { sessions } from '@/drizzle/schema';
import { clientAddress } from '@/lib/io/client-address';
import { database } from '@/lib/io/db';
import { activityInterval } from '@/lib/policy/session';
import { readCookie } from './cookies';
import { dutyPath } from './duties';
import { entryOf, entryPath } from './entry';
import { type CurrentSession, judgeSession, type SessionState } from './judgement';
import type { MembershipRow } from './layers';
import { leaveOnOutage } from './outage-page';
import { withReturn } from './return-address';

export type { CurrentSession, SessionState } from './judgement';

/** The session of this request, judged once a request. */
export const currentSession = cache(async (): Promise<SessionState> => {
  const token = await readCookie('session');
  if (!token) return { state: 'none' };
  try {
    return await judgeSession(token, clientAddress(await headers()));
  } catch (error) {
    return leaveOnOutage(error);
  }
});

/** Said by the server in front of what was fetched ahead, and of a poll. */
const isPassive = async () => (await headers()).has('x-gatehouse-passive');

/** Writes that the person did something, after the answer has left; a prefetch or a poll never counts. */
async function recordActivity(session: CurrentSession): Promise<void> {
  if (await isPassive()) return;
  const idleMinutes = session.policy.values.webSessionIdleMinutes;
  const stale = new Date(session.now - activityInterval(idleMinutes)).toISOString();
  after(() =>
    database()
      .update(sessions)
      .set({ lastActiveAt: session.now })
      .where(
        and(
          eq(sessions.id, session.id),
          isNull(sessions.endedAt),
          lt(sessions.lastActiveAt, sql`${stale}::timestamptz`),
        ),
      ),
  );
}

type Requirement = { readonly despite?: 'duty' };

/**
 * The session, or away: to sign-in without one, to the page of a duty that binds it, to 403 from a refused address.
 * The pages and actions of a duty themselves ask with `despite: 'duty'`.
 */
export async function requireSession(requirement: Requirement = {}): Promise<CurrentSession> {
  const found = await currentSession();
  switch (found.state) {
    case 'none':
    case 'ended':
      return redirect(await withReturn('/login'));
    case 'address_refused':
      return forbidden();
    case 'running': {
      const { session } = found;
      if (session.duty !== null && requirement.despite !== 'duty')
        redirect(await withReturn(dutyPath(session.duty)));
      await recordActivity(session);
      return session;
    }
  }
}

const rank = { guest: 0, member: 1, admin: 2, owner: 3 } as const;
export type Role = keyof typeof rank;

/** Where a session may act in one organization. */
export type Membership = { readonly session: CurrentSession; readonly membership: MembershipRow };

/** The caller's membership of the organization with this slug: 404 when there is none, 403 when the role is too low, away to the page of what the organization asks first. */
export async function requireMembership(slug: string, role: Role = 'guest'): Promise<Membership> {
  const session = await requireSession();
  const membership = session.memberships.find((candidate) => candidate.slug === slug);
  if (membership === undefined || membership.suspendedAt !== null) return notFound();
  const entry = entryOf(session, membership);
  if (entry.state === 'blocked') return redirect(entryPath(slug, entry.by));
  if (rank[membership.role] < rank[role]) return forbidden();
  return { session, membership };
}

/** The session of an operator of the platform; everybody else gets 404, because the place is not theirs to know. */
export async function requireOperator(): Promise<CurrentSession> {
  const session = await requireSession();
  return session.isOperator ? session : notFound();
}
