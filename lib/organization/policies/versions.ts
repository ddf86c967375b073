import 'server-only';
import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { domainPolicies, policyDrafts, policyVersions } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { Tightening } from '@/lib/policy/layer';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import type { Instant } from '@/lib/policy/time';
import { enablementAt } from '@/lib/policy/version';
import { activeTimes, listVersions, type PolicyRecord, type VersionRecord } from './records';

export type NewVersion = {
  readonly body: Policy;
  readonly authorId: string | null;
  readonly effectiveFrom: Instant;
  readonly tightening: Tightening;
  readonly expirationSpreadDays: number;
  readonly restoredFrom: string | null;
  readonly revertAt: Instant | null;
};

/** Since when the dated rules of a body hold that takes effect at `at`. */
export function enablementOf(
  policy: PolicyRecord,
  versions: readonly VersionRecord[],
  next: { readonly body: Policy; readonly at: Instant },
) {
  const on = {
    expiration: next.body.passwordExpirationDays !== null,
    secondFactor: next.body.secondFactorRequired ? next.body.secondFactorStrength : null,
  };
  return enablementAt(on, { versions, active: activeTimes(policy) }, next.at);
}

/** Writes the next version. The caller holds the policy's row, so numbers have neither gap nor double. */
export async function addVersion(
  tx: Transaction,
  policy: PolicyRecord,
  version: NewVersion,
): Promise<{ readonly id: string; readonly number: number }> {
  const versions = await listVersions(tx, policy.id);
  const enablement = enablementOf(policy, versions, { body: version.body, at: version.effectiveFrom });
  const made = { id: newId(), number: (versions.at(-1)?.number ?? 0) + 1 };
  await tx.insert(policyVersions).values({
    ...made,
    policyId: policy.id,
    body: version.body,
    authorId: version.authorId,
    effectiveFrom: version.effectiveFrom,
    tightening: version.tightening.applies,
    tighteningBy: version.tightening.applies === 'by_date' ? version.tightening.date : null,
    expirationEnabledAt: enablement.expirationEnabledAt,
    expirationSpreadDays: version.expirationSpreadDays,
    secondFactorActivatedAt: enablement.secondFactorEnabledAt,
    secondFactorRaisedAt: enablement.secondFactorRaised?.at ?? null,
    secondFactorRaisedFrom: enablement.secondFactorRaised?.from ?? null,
    restoredFrom: version.restoredFrom,
    revertAt: version.revertAt,
  });
  return made;
}

/** Withdraws versions whose time has not come: the newest version always wins. Returns their numbers. */
export async function withdrawScheduled(tx: Transaction, policy: PolicyRecord): Promise<readonly number[]> {
  const rows = await tx
    .update(policyVersions)
    .set({ revertAt: policy.now, revertedAt: policy.now })
    .where(
      and(
        eq(policyVersions.policyId, policy.id),
        gt(policyVersions.effectiveFrom, policy.now),
        isNull(policyVersions.confirmedAt),
        or(isNull(policyVersions.revertAt), gt(policyVersions.revertAt, policy.now)),
      ),
    )
    .returning({ number: policyVersions.number });
  return rows.map((row) => row.number);
}

/** Ends versions that are live and that no owner has kept yet: they do not outlive the policy they were tried in. */
export async function dropUnconfirmed(tx: Transaction, policy: PolicyRecord): Promise<void> {
  await tx
    .update(policyVersions)
    .set({ revertAt: policy.now, revertedAt: policy.now })
    .where(
      and(
        eq(policyVersions.policyId, policy.id),
        lte(policyVersions.effectiveFrom, policy.now),
        isNull(policyVersions.confirmedAt),
        gt(policyVersions.revertAt, policy.now),
      ),
    );
}

/** A version written again under a new number, for the dates it holds from now; a draft begun on it goes on. */
export async function reissue(
  tx: Transaction,
  policy: PolicyRecord,
  old: { readonly version: VersionRecord; readonly authorId: string },
): Promise<{ readonly id: string; readonly number: number }> {
  const { version } = old;
  const tightening: Tightening =
    version.tightening === 'by_date' && version.tighteningBy !== null
      ? { applies: 'by_date', date: version.tighteningBy }
      : { applies: version.tightening === 'next_change' ? 'next_change' : 'next_sign_in' };
  const made = await addVersion(tx, policy, {
    body: version.body,
    authorId: old.authorId,
    effectiveFrom: policy.now,
    tightening,
    expirationSpreadDays: version.expirationSpreadDays,
    restoredFrom: version.id,
    revertAt: null,
  });
  await tx
    .update(policyDrafts)
    .set({ baseVersionId: made.id })
    .where(eq(policyDrafts.baseVersionId, version.id));
  return made;
}

/** Makes sure a domain has its policy: version 1 with the defaults, inactive. A policy from an earlier claim stays, switched off. */
export async function createPolicy(
  tx: Transaction,
  wanted: { readonly organizationId: string; readonly domain: string; readonly authorId: string | null },
): Promise<{ readonly policyId: string }> {
  const [row] = await tx
    .insert(domainPolicies)
    .values({ id: newId(), organizationId: wanted.organizationId, domain: wanted.domain })
    .onConflictDoUpdate({
      target: [domainPolicies.organizationId, domainPolicies.domain],
      set: {
        deactivatedAt: sql`case when ${domainPolicies.activatedAt} is null then null else least(${domainPolicies.deactivatedAt}, now()) end`,
        confirmBy: null,
      },
    })
    .returning({ id: domainPolicies.id });
  if (!row) throw new Error('the policy was not written');
  await tx
    .insert(policyVersions)
    .values({ id: newId(), policyId: row.id, number: 1, body: defaultPolicy, authorId: wanted.authorId })
    .onConflictDoNothing({ target: [policyVersions.policyId, policyVersions.number] });
  return { policyId: row.id };
}
