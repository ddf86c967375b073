import 'server-only';
import { addressAllowed } from '@/lib/policy/cidr';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { ChangeDue, ExpirationDue } from '@/lib/policy/password-age';
import { sessionEnds } from '@/lib/policy/session';
import type { Instant } from '@/lib/policy/time';
import { changeDueOf, type Duty, dutyOf, standingOf } from './duties';
import type { FactorStanding } from './factor-standing';
import { lapseOf, recordLapse } from './lapse';
import type { DomainLayerRow, MembershipRow } from './layers';
import { passwordExpiration } from './password-duty';
import { policyOf } from './policy-in-force';
import { findSessionRow, type SessionRow } from './session-row';
import type { SessionEndReason } from './sessions';

/** A running session, everything a page needs to know about who is here; no secret in it. */
export type CurrentSession = {
  readonly id: string;
  readonly kind: 'web' | 'mobile' | 'desktop';
  readonly method: SessionRow['method'];
  readonly deviceId: string | null;
  readonly accountId: string;
  readonly name: string;
  readonly loginEmail: string;
  readonly accountCreatedAt: Instant;
  readonly loginEmailProvenAt: Instant | null;
  readonly contactEmail: string | null;
  readonly contactEmailProvenAt: Instant | null;
  readonly now: Instant;
  readonly policy: EffectivePolicy;
  readonly domain: DomainLayerRow | null;
  readonly memberships: readonly MembershipRow[];
  readonly duty: Duty | null;
  /** Why the password must be changed now, where it must. */
  readonly changeDue: ChangeDue | null;
  readonly unreadNotices: number;
  readonly createdAt: Instant;
  readonly endsAt: Instant | null;
  readonly idleEndsAt: Instant | null;
  readonly closeWithBrowser: boolean;
  /** The policy closes sessions with the browser since then, but this one's cookie would outlive it. */
  readonly isCookieTooLong: boolean;
  readonly reauthenticatedAt: Instant;
  readonly reauthenticationBeganAt: Instant;
  readonly reauthenticationStrength: number;
  readonly reauthenticationAddress: string | null;
  readonly passwordSetAt: Instant | null;
  /** When the password expires, passed or to come. */
  readonly passwordExpiration: ExpirationDue | null;
  readonly factors: FactorStanding;
  /** Strength of the strongest bound factor; 0 without one. */
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
  const factors = standingOf(row, policy);
  return {
    id: row.id,
    kind: row.kind,
    method: row.method,
    deviceId: row.deviceId,
    accountId: row.accountId,
    name: row.accountName,
    loginEmail: row.loginEmail,
    accountCreatedAt: row.accountCreatedAt,
    loginEmailProvenAt: row.loginEmailProvenAt,
    contactEmail: row.contactEmail,
    contactEmailProvenAt: row.contactEmailProvenAt,
    now: row.now,
    policy,
    domain: row.layers.domain,
    memberships: row.layers.memberships,
    duty: dutyOf(row, policy),
    changeDue: changeDueOf(row, policy),
    unreadNotices: row.unreadNotices,
    createdAt: row.createdAt,
    endsAt: ends.overall,
    idleEndsAt: ends.idle,
    closeWithBrowser: policy.values.closeWithBrowser,
    isCookieTooLong: row.kind === 'web' && policy.values.closeWithBrowser && !row.closeWithBrowser,
    reauthenticatedAt: row.reauthenticatedAt,
    reauthenticationBeganAt: row.reauthenticationBeganAt,
    reauthenticationStrength: row.reauthenticationStrength,
    reauthenticationAddress: row.reauthenticationAddress,
    passwordSetAt: row.password?.setAt ?? null,
    passwordExpiration:
      row.password && passwordExpiration(policy, { accountId: row.accountId, state: row.password }),
    factors,
    strongestFactor: factors.strength,
    isOperator: row.operatorSince !== null,
    address,
  };
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
  const lapse = lapseOf(row, policy);
  if (lapse !== null) {
    await recordLapse(row, lapse);
    return { state: 'ended', reason: lapse.reason, at: lapse.at, detail: null };
  }
  const session = describe(row, policy, address);
  const verdict = addressAllowed(policy.values.allowList.enforced, address, row.now);
  return { state: verdict.allowed ? 'running' : 'address_refused', session };
}
