import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { domainClaims } from '@/drizzle/schema';
import { type AuditActor, organizationChain, type PersonalData, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import { mayDo } from '@/lib/policy/roles';
import { auditActor, type MemberActor } from './actor';
import { organizationName, tellOffice } from './claim-notices';
import { isInForce, type LockedClaim, lockClaim } from './claim-rows';
import { lockOrganization } from './membership-lock';
import { endPolicy } from './policies/activation';
import { lockPolicy } from './policies/records';

/** Takes the policy of a domain out of force, its versions kept and its own duties taken back; null when there never was one. */
async function endPolicyOf(
  tx: Transaction,
  claim: LockedClaim,
): Promise<{ readonly dutiesCleared: number } | null> {
  const policy = await lockPolicy(tx, claim);
  return policy === null ? null : endPolicy(tx, policy);
}

export type ClaimEnd = {
  readonly state: 'revoked' | 'lapsed';
  readonly actor: { readonly actor: AuditActor; readonly personal?: PersonalData };
  readonly reason: string | null;
};

/**
 * Ends a claim with all that hangs on it, in the caller's transaction (spec 2.1): policy inactive, its versions kept,
 * its own duties taken back. Managed accounts follow by themselves, because they are derived from claims in force.
 */
export async function endClaim(tx: Transaction, claim: LockedClaim, end: ClaimEnd): Promise<void> {
  await tx
    .update(domainClaims)
    .set({ state: end.state, endedAt: sql`clock_timestamp()`, nextCheckAt: null })
    .where(eq(domainClaims.id, claim.id));
  const ended = isInForce(claim) ? await endPolicyOf(tx, claim) : null;
  const data = { organization: await organizationName(tx, claim.organizationId), domain: claim.domain };
  const kind = end.state === 'lapsed' ? 'claim_lapsed' : 'claim_revoked';
  await tellOffice(tx, claim, end.state, { kind, data });
  await recordAudit(tx, {
    chain: organizationChain(claim.organizationId),
    event: `claim.${end.state}`,
    ...end.actor,
    result: 'success',
    target: { kind: 'domain', id: claim.domain },
    before: { state: claim.state },
    after: {
      state: end.state,
      policyDeactivated: ended !== null,
      dutiesCleared: ended?.dutiesCleared ?? 0,
    },
    reason: end.reason,
  });
}

export type RevokeFault = { readonly code: 'not_allowed' | 'unknown_claim' };

/** Gives a domain up, verified or not. The door to it asks for step-up. */
export function revokeClaim(
  actor: MemberActor,
  wanted: { readonly claimId: string; readonly reason: string },
): Promise<Result<{ readonly domain: string }, RevokeFault>> {
  return transaction(async (tx) => {
    const asker = await lockOrganization(tx, actor);
    if (!asker.ok) return asker;
    if (!mayDo(asker.value.role, 'manage_domains')) return fail({ code: 'not_allowed' });
    const claim = await lockClaim(tx, wanted.claimId);
    if (claim?.organizationId !== actor.organizationId) return fail({ code: 'unknown_claim' });
    await endClaim(tx, claim, { state: 'revoked', actor: auditActor(actor), reason: wanted.reason });
    return ok({ domain: claim.domain });
  });
}

/** Whether some claim of these states stands for a domain in another organization. */
export async function isHeldElsewhere(
  tx: Transaction,
  claim: Pick<LockedClaim, 'organizationId' | 'domain'>,
): Promise<boolean> {
  const [holder] = await tx
    .select({ organizationId: domainClaims.organizationId })
    .from(domainClaims)
    .where(and(eq(domainClaims.domain, claim.domain), inArray(domainClaims.state, ['verified', 'at_risk'])));
  return holder !== undefined && holder.organizationId !== claim.organizationId;
}
