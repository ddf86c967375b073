import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { domainClaims, platformSwitches } from '@/drizzle/schema';
import { type AuditActor, organizationChain, type PersonalData, recordAudit } from '@/lib/io/audit';
import { database, type Executor, type Transaction, transaction } from '@/lib/io/db';
import { lookUpTxt } from '@/lib/io/dns';
import {
  afterCheck,
  type CheckVerdict,
  claimCheckInterval,
  claimRecord,
  doubledHost,
  lapsesAt,
  type Sighting,
  sight,
} from '@/lib/policy/domain-claim';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Milliseconds } from '@/lib/policy/time';
import { endClaim, isHeldElsewhere } from './claim-end';
import { organizationName, tellDomain, tellOffice } from './claim-notices';
import { type LockedClaim, lockClaim } from './claim-rows';
import { pendingCheckInterval } from './claim-start';
import { createPolicy } from './policies/versions';

/** The audit's view of who caused a check: a member, an operator or the daily job. */
export type CheckCause = { readonly actor: AuditActor; readonly personal?: PersonalData };
export const byJob: CheckCause = { actor: { kind: 'system', id: null } };

/** Where a claim stands after a look. `held_elsewhere`: another organization verified the domain first. */
export type CheckOutcome = Settled & { readonly domain: string };
type Settled = {
  readonly state: NonNullable<LockedClaim['state']>;
  readonly sighting: Sighting;
};
export type CheckFault = { readonly code: 'unknown_claim' | 'token_expired' | 'held_elsewhere' };

type Look = { readonly domain: string; readonly token: string; readonly previousToken: string | null };

/** Asks DNS at the record's host, and at the doubled one when there is nothing. Outside any transaction: it takes seconds. */
async function look(claim: Look): Promise<Sighting> {
  const answer = await lookUpTxt(claimRecord(claim.domain, claim.token).hostFull);
  const first = sight(answer, claim, null);
  if (first !== 'not_found' && first !== 'other_values') return first;
  return sight(answer, claim, await lookUpTxt(doubledHost(claim.domain)));
}

const later = (wait: Milliseconds) => sql`clock_timestamp() + make_interval(secs => ${wait / 1000})`;

async function record(tx: Transaction, claim: LockedClaim, cause: CheckCause, state: string): Promise<void> {
  await recordAudit(tx, {
    chain: organizationChain(claim.organizationId),
    event: `claim.${state}`,
    ...cause,
    result: 'success',
    target: { kind: 'domain', id: claim.domain },
    before: { state: claim.state },
    after: { state },
  });
}

/** Puts a proven claim in force, in the caller's transaction; the partial unique index lets one organization hold a domain. */
export async function verifyClaim(tx: Transaction, claim: LockedClaim, cause: CheckCause): Promise<void> {
  await tx
    .update(domainClaims)
    .set({
      state: 'verified',
      verifiedAt: sql`clock_timestamp()`,
      absentAnswers: 0,
      nextCheckAt: later(claimCheckInterval),
    })
    .where(eq(domainClaims.id, claim.id));
  await createPolicy(tx, { organizationId: claim.organizationId, domain: claim.domain, authorId: null });
  const data = { organization: await organizationName(tx, claim.organizationId), domain: claim.domain };
  await tellOffice(tx, claim, 'verified', { kind: 'claim_approved', data });
  await tellDomain(tx, claim);
  await record(tx, claim, cause, 'verified');
}

/** Whether an operator has to approve proven claims. */
export async function isApprovalOn(executor: Executor): Promise<boolean> {
  const [row] = await executor
    .select({ isOn: platformSwitches.isOn })
    .from(platformSwitches)
    .where(eq(platformSwitches.name, 'claim_approval'));
  return row?.isOn ?? false;
}

async function settlePending(
  tx: Transaction,
  claim: LockedClaim,
  look: { readonly sighting: Sighting; readonly cause: CheckCause },
): Promise<Result<Settled, CheckFault>> {
  const { sighting, cause } = look;
  if (claim.tokenExpired) return fail({ code: 'token_expired' });
  await tx
    .update(domainClaims)
    .set({
      lastCheckedAt: sql`clock_timestamp()`,
      lastCheckResult: sighting,
      nextCheckAt: later(pendingCheckInterval),
    })
    .where(eq(domainClaims.id, claim.id));
  if (sighting !== 'proven') return ok({ state: 'pending', sighting });
  if (await isHeldElsewhere(tx, claim)) return fail({ code: 'held_elsewhere' });
  if (await isApprovalOn(tx)) {
    await tx.update(domainClaims).set({ state: 'awaiting_approval' }).where(eq(domainClaims.id, claim.id));
    await record(tx, claim, cause, 'awaiting_approval');
    return ok({ state: 'awaiting_approval', sighting });
  }
  await verifyClaim(tx, claim, cause);
  return ok({ state: 'verified', sighting });
}

async function announce(tx: Transaction, claim: LockedClaim, verdict: CheckVerdict): Promise<void> {
  const data = { organization: await organizationName(tx, claim.organizationId), domain: claim.domain };
  if (verdict.state === 'verified' && claim.state === 'at_risk')
    await tellOffice(tx, claim, `recovered:${claim.now}`, { kind: 'claim_recovered', data });
  if (verdict.remind === null || verdict.atRiskSince === null) return;
  await tellOffice(tx, claim, `at_risk:${verdict.atRiskSince}:${verdict.remind}`, {
    kind: 'claim_at_risk',
    data: { ...data, days: verdict.remind, lapsesAt: lapsesAt(verdict.atRiskSince) },
  });
}

async function settleStanding(
  tx: Transaction,
  claim: LockedClaim & { readonly state: 'verified' | 'at_risk' },
  look: { readonly sighting: Sighting; readonly cause: CheckCause },
): Promise<Result<Settled, CheckFault>> {
  const { sighting, cause } = look;
  // Only the daily check counts absences: pressing "Check now" twice must not put a claim at risk.
  if (cause !== byJob && sighting !== 'proven') {
    await tx
      .update(domainClaims)
      .set({ lastCheckedAt: sql`clock_timestamp()`, lastCheckResult: sighting })
      .where(eq(domainClaims.id, claim.id));
    return ok({ state: claim.state, sighting });
  }
  const verdict = afterCheck(claim, sighting, claim.now);
  const { remind: _remind, state, ...counts } = verdict;
  await tx
    .update(domainClaims)
    .set({
      ...counts,
      ...(state === 'lapsed' ? {} : { state }),
      lastCheckedAt: sql`clock_timestamp()`,
      lastCheckResult: sighting,
      nextCheckAt: later(claimCheckInterval),
    })
    .where(eq(domainClaims.id, claim.id));
  if (state === 'lapsed') {
    await endClaim(tx, claim, { state: 'lapsed', actor: cause, reason: null });
    return ok({ state, sighting });
  }
  await announce(tx, claim, verdict);
  if (state !== claim.state) await record(tx, claim, cause, state === 'verified' ? 'recovered' : state);
  return ok({ state, sighting });
}

function settle(
  tx: Transaction,
  claim: LockedClaim,
  look: { readonly sighting: Sighting; readonly cause: CheckCause },
): Promise<Result<Settled, CheckFault>> {
  const { state } = claim;
  if (state === 'verified' || state === 'at_risk') return settleStanding(tx, { ...claim, state }, look);
  if (state === 'pending') return settlePending(tx, claim, look);
  return Promise.resolve(ok({ state, sighting: look.sighting }));
}

/** Two organizations that verify one domain at the same moment meet in the index; the second one comes out here. */
function isHolderConflict(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return (
    cause instanceof Error &&
    'constraint_name' in cause &&
    cause.constraint_name === 'domain_claims_holder_key'
  );
}

/** What a look is for: a claim of one organization, or of any when the job asks. */
export type CheckTarget = { readonly claimId: string; readonly organizationId: string | null };

/** Looks at DNS and moves the claim where the answer says. The token looked for is the one that still stands afterwards. */
export async function checkClaim(
  target: CheckTarget,
  cause: CheckCause,
): Promise<Result<CheckOutcome, CheckFault>> {
  const [claim] = await database()
    .select({
      domain: domainClaims.domain,
      token: domainClaims.token,
      previousToken: domainClaims.previousToken,
    })
    .from(domainClaims)
    .where(
      and(
        eq(domainClaims.id, target.claimId),
        target.organizationId === null ? undefined : eq(domainClaims.organizationId, target.organizationId),
      ),
    );
  if (!claim) return fail({ code: 'unknown_claim' });
  const sighting = await look(claim);
  try {
    return await transaction(async (tx) => {
      const locked = await lockClaim(tx, target.claimId);
      if (!locked) return fail({ code: 'unknown_claim' });
      const seen = locked.token === claim.token ? sighting : 'not_found';
      const settled = await settle(tx, locked, { sighting: seen, cause });
      return settled.ok ? ok({ ...settled.value, domain: claim.domain }) : settled;
    });
  } catch (error) {
    if (isHolderConflict(error)) return fail({ code: 'held_elsewhere' });
    throw error;
  }
}
