import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { domainPolicies, passwords, policyActiveTimes, policyVersions } from '@/drizzle/schema';
import { type Transaction, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { type ConfirmationReason, confirmationReasons } from '@/lib/policy/confirmation';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { confirmationTime, unconfirmedVersions, versionAt } from '@/lib/policy/version';
import type { MemberActor } from '../actor';
import { announceMandate } from './mandate-announcement';
import { provePolicy, tellPolicyChange } from './proof';
import { isActive, listVersions, lockPolicy, type PolicyRecord } from './records';
import { dropUnconfirmed, enablementOf, reissue, withdrawScheduled } from './versions';

export type ActivationFault =
  | { readonly code: 'unknown_policy' }
  | { readonly code: 'not_claimed' }
  | { readonly code: 'already_active' }
  | { readonly code: 'not_active' }
  | { readonly code: 'nothing_to_confirm' }
  /** Another version counts by now than the one whose preview was looked at. */
  | { readonly code: 'changed_meanwhile' };

export type Activated = {
  readonly number: number;
  /** Unless an owner confirms it by then, the policy is inactive again. */
  readonly confirmBy: Instant | null;
  readonly reasons: readonly ConfirmationReason[];
};

/** Puts the version that counts in force. Its dated rules begin now, unless they bound people within the last 7 days. */
export async function activateIn(
  tx: Transaction,
  policy: PolicyRecord,
  authorId: string,
): Promise<Activated> {
  await withdrawScheduled(tx, policy);
  const versions = await listVersions(tx, policy.id);
  const version = versionAt(versions, policy.now);
  if (version === null) throw new Error(`policy ${policy.id} has no version to activate`);
  const since = enablementOf(policy, versions, { body: version.body, at: policy.now });
  const isSame =
    since.expirationEnabledAt === version.expirationEnabledAt &&
    since.secondFactorEnabledAt === version.secondFactorEnabledAt;
  const { number } = isSame ? version : await reissue(tx, policy, { version, authorId });
  const reasons = confirmationReasons(null, version.body);
  const confirmBy = reasons.length > 0 ? policy.now + confirmationTime : null;
  await keepFormerTime(tx, policy);
  await tx
    .update(domainPolicies)
    .set({ activatedAt: policy.now, deactivatedAt: confirmBy, confirmBy })
    .where(eq(domainPolicies.id, policy.id));
  return { number, confirmBy, reasons };
}

/** The time that ended before this activation, which now takes its place in the policy's row. */
async function keepFormerTime(
  tx: Transaction,
  { id: policyId, activatedAt: since, deactivatedAt: until }: PolicyRecord,
): Promise<void> {
  if (since === null || until === null) return;
  await tx.insert(policyActiveTimes).values({ id: newId(), policyId, since, until });
}

/** Activates the saved policy of a claimed domain: the version that its owner looked at, and no other. */
export function activatePolicy(
  actor: MemberActor,
  domain: string,
  seen: { readonly versionId: string },
): Promise<Result<Activated, ActivationFault>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!policy.isClaimed) return fail({ code: 'not_claimed' });
    if (isActive(policy)) return fail({ code: 'already_active' });
    const counting = versionAt(await listVersions(tx, policy.id), policy.now);
    if (counting?.id !== seen.versionId) return fail({ code: 'changed_meanwhile' });
    const activated = await activateIn(tx, policy, actor.accountId);
    await proveSwitch(tx, { policy, actor }, { isActive: true, number: activated.number });
    return ok(activated);
  });
}

type Switched = { readonly isActive: boolean; readonly number?: number };

async function proveSwitch(
  tx: Transaction,
  by: { readonly policy: PolicyRecord; readonly actor: MemberActor },
  after: Switched,
): Promise<void> {
  const { policy, actor } = by;
  await announceMandate(tx, policy);
  await tellPolicyChange(tx, {
    organizationId: policy.organizationId,
    domain: policy.domain,
    key: `policy:${policy.id}:${after.isActive ? 'on' : 'off'}:${policy.now}`,
    actorId: actor.accountId,
    changes: [after.isActive ? 'The policy is active.' : 'The policy is switched off.'],
  });
  await provePolicy(
    tx,
    { organizationId: policy.organizationId, actor },
    {
      event: after.isActive ? 'policy.activated' : 'policy.disabled',
      policyId: policy.id,
      before: { isActive: isActive(policy) },
      after,
    },
  );
}

/**
 * Takes a policy out of force in the caller's transaction: versions stay, those scheduled or not kept yet go, and changes of
 * password that only this policy asked for are asked no more. Disabling and the end of a claim both come here.
 */
export async function endPolicy(
  tx: Transaction,
  policy: PolicyRecord,
): Promise<{ readonly dutiesCleared: number }> {
  await withdrawScheduled(tx, policy);
  await dropUnconfirmed(tx, policy);
  if (isActive(policy))
    await tx
      .update(domainPolicies)
      .set({ deactivatedAt: policy.now, confirmBy: null })
      .where(eq(domainPolicies.id, policy.id));
  const cleared = await tx
    .update(passwords)
    .set({ changeRequiredAt: null, changeRequiredReason: null, changeRequiredByPolicyId: null })
    .where(and(eq(passwords.changeRequiredByPolicyId, policy.id), isNull(passwords.retiredAt)))
    .returning({ id: passwords.id });
  return { dutiesCleared: cleared.length };
}

/** Switches an active policy off. */
export function disablePolicy(actor: MemberActor, domain: string): Promise<Result<true, ActivationFault>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!isActive(policy)) return fail({ code: 'not_active' });
    await endPolicy(tx, policy);
    await proveSwitch(tx, { policy, actor }, { isActive: false });
    return ok(true);
  });
}

/**
 * Keeps what would revert by itself: an activation, a version, or both. The asker came through the new rules to say so, and
 * keeps what they saw: not what another owner saved on top of it meanwhile.
 */
export function confirmPolicy(
  actor: MemberActor,
  domain: string,
  seen: { readonly versionId: string },
): Promise<Result<true, ActivationFault>> {
  return transaction(async (tx) => {
    const policy = await lockPolicy(tx, { organizationId: actor.organizationId, domain });
    if (policy === null) return fail({ code: 'unknown_policy' });
    if (!isActive(policy)) return fail({ code: 'not_active' });
    const versions = await listVersions(tx, policy.id);
    const pending = unconfirmedVersions(versions, policy.now);
    if (policy.confirmBy === null && pending.length === 0) return fail({ code: 'nothing_to_confirm' });
    if (versionAt(versions, policy.now)?.id !== seen.versionId) return fail({ code: 'changed_meanwhile' });
    if (policy.confirmBy !== null)
      await tx
        .update(domainPolicies)
        .set({ deactivatedAt: null, confirmBy: null })
        .where(eq(domainPolicies.id, policy.id));
    for (const version of pending)
      await tx
        .update(policyVersions)
        .set({ confirmedAt: policy.now, confirmedBy: actor.accountId })
        .where(and(eq(policyVersions.id, version.id), isNull(policyVersions.confirmedAt)));
    await provePolicy(
      tx,
      { organizationId: policy.organizationId, actor },
      {
        event: 'policy.confirmed',
        policyId: policy.id,
        after: { activation: policy.confirmBy !== null, versions: pending.map(({ number }) => number) },
      },
    );
    return ok(true);
  });
}
