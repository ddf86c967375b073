import 'server-only';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { after } from 'next/server';
import { cache } from 'react';
import { sessions } from '@/drizzle/schema';
import { clientAddress } from '@/lib/io/client-address';
import { database } from '@/lib/io/db';
import { outageOf } from '@/lib/io/outage';
import { addressAllowed } from '@/lib/policy/cidr';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { activityInterval, sessionEnds, sessionLapse } from '@/lib/policy/session';
import type { Instant } from '@/lib/policy/time';
import { readCookie } from './cookies';
import { type Duty, dutyOf, dutyPath } from './duties';
import type { DomainLayerRow, MembershipRow } from './layers';
import { policyOf } from './policy-in-force';
import { findSessionRow, type SessionRow } from './session-row';
import { endSession, type SessionEndReason } from './sessions';

/** Set by proxy.ts on every request: the path and query that the browser asked for. */
export const pathHeader = 'x-gatehouse-path';

/** A running session, everything a page needs to know about who is here; no secret in it. */
export type CurrentSession = {
  readonly id: string;
  readonly kind: 'web' | 'mobile' | 'desktop';
  readonly method: SessionRow['method'];
  readonly deviceId: string | null;
  readonly accountId: string;
  readonly name: string;
  readonly loginEmail: string;
  readonly contactEmail: string | null;
  readonly contactEmailProvenAt: Instant | null;
  readonly now: Instant;
  readonly policy: EffectivePolicy;
  readonly domain: DomainLayerRow | null;
  readonly memberships: readonly MembershipRow[];
  readonly duty: Duty | null;
  readonly unreadNotices: number;
  readonly createdAt: Instant;
  readonly endsAt: Instant | null;
  readonly idleEndsAt: Instant | null;
  readonly closeWithBrowser: boolean;
  readonly reauthenticatedAt: Instant;
  readonly reauthenticationBeganAt: Instant;
  readonly reauthenticationStrength: number;
  readonly reauthenticationAddress: string | null;
  readonly passwordSetAt: Instant | null;
  readonly strongestFactor: number;
  readonly isOperator: boolean;
  readonly address: string | null;
};

export type SessionState =
  | { readonly state: 'none' }
  | {
      readonly state: 'ended';
      readonly reason: SessionEndReason;
      readonly at: Instant;
      readonly detail: string | null;
    }
  | { readonly state: 'address_refused'; readonly session: CurrentSession }
  | { readonly state: 'running'; readonly session: CurrentSession };

function describe(row: SessionRow, policy: EffectivePolicy, address: string | null): CurrentSession {
  const ends = sessionEnds(row, policy.values);
  return {
    id: row.id,
    kind: row.kind,
    method: row.method,
    deviceId: row.deviceId,
    accountId: row.accountId,
    name: row.accountName,
    loginEmail: row.loginEmail,
    contactEmail: row.contactEmail,
    contactEmailProvenAt: row.contactEmailProvenAt,
    now: row.now,
    policy,
    domain: row.layers.domain,
    memberships: row.layers.memberships,
    duty: dutyOf(row, policy),
    unreadNotices: row.unreadNotices,
    createdAt: row.createdAt,
    endsAt: ends.overall,
    idleEndsAt: ends.idle,
    closeWithBrowser: policy.values.closeWithBrowser,
    reauthenticatedAt: row.reauthenticatedAt,
    reauthenticationBeganAt: row.reauthenticationBeganAt,
    reauthenticationStrength: row.reauthenticationStrength,
    reauthenticationAddress: row.reauthenticationAddress,
    passwordSetAt: row.passwordSetAt,
    strongestFactor: row.strongestFactor,
    isOperator: row.operatorSince !== null,
    address,
  };
}

/** Why the row's session is over at this moment, recorded or by its limits; null while it runs. */
function endOf(row: SessionRow, policy: EffectivePolicy): SessionEndReason | null {
  if (row.suspendedAt !== null || row.closedAt !== null) return 'account_closed';
  if (dutyOf(row, policy)?.step === 'enroll_second_factor') return 'second_factor_deadline';
  return sessionLapse(row, policy.values, row.now);
}

/**
 * What a token is worth at this moment: one statement, judged by the policy in force, no cache. Throws when the database
 * or the policy cannot answer, so nobody passes on a doubt.
 */
export async function judgeSession(token: string, address: string | null): Promise<SessionState> {
  const row = await findSessionRow(token);
  if (row === null) return { state: 'none' };
  if (row.endedAt !== null && row.endedReason !== null)
    return { state: 'ended', reason: row.endedReason, at: row.endedAt, detail: row.endedDetail };
  const policy = policyOf(row.layers, { createdAt: row.accountCreatedAt }, row.now);
  const reason = endOf(row, policy);
  if (reason !== null) {
    await endSession(database(), { accountId: row.accountId, sessionId: row.id }, reason);
    return { state: 'ended', reason, at: row.now, detail: null };
  }
  const session = describe(row, policy, address);
  const verdict = addressAllowed(policy.values.allowList.enforced, address, row.now);
  return { state: verdict.allowed ? 'running' : 'address_refused', session };
}

/** The session of this request, judged once a request. */
export const currentSession = cache(async (): Promise<SessionState> => {
  const token = await readCookie('session');
  if (!token) return { state: 'none' };
  try {
    return await judgeSession(token, clientAddress(await headers()));
  } catch (error) {
    throw outageOf(error) ?? error;
  }
});

async function isPassive(): Promise<boolean> {
  const given = await headers();
  return [given.get('next-router-prefetch'), given.get('sec-purpose'), given.get('purpose')].some(
    (mark) => mark === '1' || mark?.includes('prefetch'),
  );
}

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

async function signInPath(): Promise<string> {
  const path = (await headers()).get(pathHeader);
  return path ? `/login?return_to=${encodeURIComponent(path)}` : '/login';
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
      return redirect(await signInPath());
    case 'address_refused':
      return forbidden();
    case 'running': {
      const { session } = found;
      if (session.duty !== null && requirement.despite !== 'duty') redirect(dutyPath(session.duty));
      await recordActivity(session);
      return session;
    }
  }
}

const rank = { guest: 0, member: 1, admin: 2, owner: 3 } as const;
export type Role = keyof typeof rank;

/** Where a session may act in one organization. */
export type Membership = { readonly session: CurrentSession; readonly membership: MembershipRow };

/** The caller's membership of the organization with this slug: 404 when there is none, 403 when the role is too low. */
export async function requireMembership(slug: string, role: Role = 'guest'): Promise<Membership> {
  const session = await requireSession();
  const membership = session.memberships.find((candidate) => candidate.slug === slug);
  if (membership === undefined || membership.suspendedAt !== null) return notFound();
  if (rank[membership.role] < rank[role]) return forbidden();
  return { session, membership };
}

/** The session of an operator of the platform; everybody else gets 404, because the place is not theirs to know. */
export async function requireOperator(): Promise<CurrentSession> {
  const session = await requireSession();
  return session.isOperator ? session : notFound();
}
