import 'server-only';
import { asc, eq, sql } from 'drizzle-orm';
import { domainClaims, organizations, platformSwitches } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import type { Actor } from './actor';
import { isApprovalOn, verifyClaim } from './claim-check';
import { isHeldElsewhere } from './claim-end';
import { organizationName, tellOffice } from './claim-notices';
import { type LockedClaim, lockClaim } from './claim-rows';

/** A proven claim that waits for an operator. */
export type AwaitingClaim = {
  readonly id: string;
  readonly domain: string;
  readonly organization: string;
  readonly createdAt: Instant;
};

export function listAwaitingClaims(): Promise<readonly AwaitingClaim[]> {
  return database()
    .select({
      id: domainClaims.id,
      domain: domainClaims.domain,
      organization: organizations.name,
      createdAt: domainClaims.createdAt,
    })
    .from(domainClaims)
    .innerJoin(organizations, eq(organizations.id, domainClaims.organizationId))
    .where(eq(domainClaims.state, 'awaiting_approval'))
    .orderBy(asc(domainClaims.createdAt))
    .limit(200);
}

/** What the operator's screen shows: the switch and who waits, longest first. */
export async function approvalBoard(): Promise<{
  readonly isOn: boolean;
  readonly claims: readonly AwaitingClaim[];
}> {
  const [isOn, claims] = await Promise.all([isApprovalOn(database()), listAwaitingClaims()]);
  return { isOn, claims };
}

const operatorActor = (actor: Actor) => ({
  actor: { kind: 'operator', id: actor.accountId } as const,
  personal: { address: actor.address, userAgent: actor.userAgent },
});

/** Switches the operator's approval of claims on or off; claims that wait already go on waiting. The caller is an operator. */
export function switchApproval(operator: Actor, isOn: boolean): Promise<void> {
  return transaction(async (tx) => {
    const was = await isApprovalOn(tx);
    await tx
      .insert(platformSwitches)
      .values({ name: 'claim_approval', isOn, changedBy: operator.accountId })
      .onConflictDoUpdate({
        target: platformSwitches.name,
        set: { isOn, changedBy: operator.accountId, changedAt: sql`clock_timestamp()` },
      });
    await recordAudit(tx, {
      chain: 'platform',
      event: 'claim_approval.switched',
      ...operatorActor(operator),
      result: 'success',
      before: { isOn: was },
      after: { isOn },
    });
  });
}

export type ApprovalFault = { readonly code: 'unknown_claim' | 'held_elsewhere' };

async function lockAwaiting(tx: Transaction, claimId: string): Promise<Result<LockedClaim, ApprovalFault>> {
  const claim = await lockClaim(tx, claimId);
  return claim?.state === 'awaiting_approval' ? ok(claim) : fail({ code: 'unknown_claim' });
}

/** Puts a waiting claim in force. The caller is an operator. */
export function approveClaim(operator: Actor, claimId: string): Promise<Result<true, ApprovalFault>> {
  return transaction(async (tx) => {
    const claim = await lockAwaiting(tx, claimId);
    if (!claim.ok) return claim;
    if (await isHeldElsewhere(tx, claim.value)) return fail({ code: 'held_elsewhere' });
    await verifyClaim(tx, claim.value, operatorActor(operator));
    return ok(true);
  });
}

/** Turns a waiting claim down, with a reason that its organization reads. The caller is an operator. */
export function rejectClaim(
  operator: Actor,
  wanted: { readonly claimId: string; readonly reason: string },
): Promise<Result<true, ApprovalFault>> {
  return transaction(async (tx) => {
    const found = await lockAwaiting(tx, wanted.claimId);
    if (!found.ok) return found;
    const claim = found.value;
    await tx
      .update(domainClaims)
      .set({
        state: 'rejected',
        rejectedReason: wanted.reason,
        endedAt: sql`clock_timestamp()`,
        nextCheckAt: null,
      })
      .where(eq(domainClaims.id, claim.id));
    await tellOffice(tx, claim, 'rejected', {
      kind: 'claim_rejected',
      data: {
        organization: await organizationName(tx, claim.organizationId),
        domain: claim.domain,
        reason: wanted.reason,
      },
    });
    await recordAudit(tx, {
      chain: organizationChain(claim.organizationId),
      event: 'claim.rejected',
      ...operatorActor(operator),
      result: 'success',
      target: { kind: 'domain', id: claim.domain },
      before: { state: 'awaiting_approval' },
      after: { state: 'rejected' },
      reason: wanted.reason,
    });
    return ok(true);
  });
}
