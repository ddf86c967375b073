import 'server-only';
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { domainClaims, domainPolicies, passwords } from '@/drizzle/schema';
import { type AuditActor, organizationChain, type PersonalData, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import { mayDo } from '@/lib/policy/roles';
import { auditActor, type MemberActor } from './actor';
import { organizationName, tellOffice } from './claim-notices';
import { type LockedClaim, lockClaim } from './claim-rows';
import { lockOrganization } from './membership-lock';

/** Makes the policy of a domain inactive; its versions stay. Returns its id, or null when the domain never had one. */
async function deactivatePolicy(tx: Transaction, claim: LockedClaim): Promise<string | null> {
  const which = and(
    eq(domainPolicies.organizationId, claim.organizationId),
    eq(domainPolicies.domain, claim.domain),
  );
  await tx
    .update(domainPolicies)
    .set({ deactivatedAt: sql`clock_timestamp()` })
    .where(and(which, isNotNull(domainPolicies.activatedAt), isNull(domainPolicies.deactivatedAt)));
  const [policy] = await tx.select({ id: domainPolicies.id }).from(domainPolicies).where(which);
  return policy?.id ?? null;
}

/** Takes back the duty to change a password where this policy alone asked for it. */
async function clearDuties(tx: Transaction, policyId: string): Promise<number> {
  const cleared = await tx
    .update(passwords)
    .set({ changeRequiredAt: null, changeRequiredReason: null, changeRequiredByPolicyId: null })
    .where(and(eq(passwords.changeRequiredByPolicyId, policyId), isNull(passwords.retiredAt)))
    .returning({ id: passwords.id });
  return cleared.length;
}

export type ClaimEnd = {
  readonly state: 'revoked' | 'lapsed';
  readonly actor: { readonly actor: AuditActor; readonly personal?: PersonalData };
  readonly reason: string | null;
};

const isInForce = (claim: LockedClaim) => claim.state === 'verified' || claim.state === 'at_risk';

/**
 * Ends a claim with all that hangs on it, in the caller's transaction (spec 2.1): policy inactive, its versions kept,
 * its own duties taken back. Managed accounts follow by themselves, because they are derived from claims in force.
 */
export async function endClaim(tx: Transaction, claim: LockedClaim, end: ClaimEnd): Promise<void> {
  await tx
    .update(domainClaims)
    .set({ state: end.state, endedAt: sql`clock_timestamp()`, nextCheckAt: null })
    .where(eq(domainClaims.id, claim.id));
  const policyId = isInForce(claim) ? await deactivatePolicy(tx, claim) : null;
  const dutiesCleared = policyId === null ? 0 : await clearDuties(tx, policyId);
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
    after: { state: end.state, policyDeactivated: policyId !== null, dutiesCleared },
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
