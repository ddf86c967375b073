import 'server-only';
import { and, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { domainPolicies, policyVersions } from '@/drizzle/schema';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { provePolicy, tellPolicyChange } from './proof';
import { lockPolicy, type PolicyKey, type PolicyRecord } from './records';

const revertedUntold = and(
  lte(policyVersions.revertAt, sql`clock_timestamp()`),
  lt(policyVersions.effectiveFrom, policyVersions.revertAt),
  isNull(policyVersions.confirmedAt),
  isNull(policyVersions.revertedAt),
);

/** Policies of which something went back by itself and nobody was told yet. */
function waiting(): Promise<readonly PolicyKey[]> {
  const ended = lte(domainPolicies.confirmBy, sql`clock_timestamp()`);
  const withVersion = database()
    .select({ id: policyVersions.policyId })
    .from(policyVersions)
    .where(revertedUntold);
  return database()
    .select({ organizationId: domainPolicies.organizationId, domain: domainPolicies.domain })
    .from(domainPolicies)
    .where(or(and(isNotNull(domainPolicies.confirmBy), ended), inArray(domainPolicies.id, withVersion)));
}

/** Marks what went back as told; the numbers of the versions, and whether the activation itself did. */
async function mark(tx: Transaction, policy: PolicyRecord) {
  const versions = await tx
    .update(policyVersions)
    .set({ revertedAt: sql`${policyVersions.revertAt}` })
    .where(and(eq(policyVersions.policyId, policy.id), revertedUntold))
    .returning({ number: policyVersions.number });
  const activation = policy.confirmBy !== null && policy.confirmBy <= policy.now;
  if (activation)
    await tx.update(domainPolicies).set({ confirmBy: null }).where(eq(domainPolicies.id, policy.id));
  return { versions: versions.map(({ number }) => number), activation };
}

async function tell(key: PolicyKey): Promise<void> {
  await transaction(async (tx) => {
    const policy = await lockPolicy(tx, key);
    if (policy === null) return;
    const { versions, activation } = await mark(tx, policy);
    const lines = versions.map(
      (number) => `Version ${number} went back by itself: no owner kept it in time.`,
    );
    if (activation) lines.push('The policy is switched off again: no owner kept its activation in time.');
    if (lines.length === 0) return;
    await tellPolicyChange(tx, {
      ...key,
      key: `policy:${policy.id}:reverted:${versions.join(',')}:${policy.activatedAt ?? 0}`,
      actorId: null,
      changes: lines,
    });
    await provePolicy(
      tx,
      { organizationId: key.organizationId, actor: null },
      { event: 'policy.reverted', policyId: policy.id, after: { versions, activation } },
    );
  });
}

/** Going back happens where policies are read; this only tells the people concerned, and leaves proof. */
export async function tellReversions(): Promise<void> {
  for (const key of await waiting()) await tell(key);
}
