import { eq, sql } from 'drizzle-orm';
import { domainPolicies, policyVersions } from '@/drizzle/schema';
import { applicationRole, type Transaction } from '@/lib/io/db';
import { changedValues } from '@/lib/organization/policies/changes';
import { provePolicy } from '@/lib/organization/policies/proof';
import { lockPolicy } from '@/lib/organization/policies/records';
import { addVersion } from '@/lib/organization/policies/versions';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days } from '@/lib/policy/time';
import type { DemoOrganization } from './organization';

const ageDays = 60;

/** The default version is older still. Versions are immutable to the app's role, so the owner of the tables moves it. */
async function ageFirstVersion(tx: Transaction, policyId: string): Promise<void> {
  const earlier = sql`now() - make_interval(days => ${ageDays + 2})`;
  await tx.execute(sql`set local role none`);
  await tx
    .update(policyVersions)
    .set({ createdAt: earlier, effectiveFrom: earlier })
    .where(eq(policyVersions.policyId, policyId));
  await tx.execute(sql`set local role ${sql.identifier(applicationRole)}`);
}

/** A policy the owner saved and activated two months ago. */
export async function enactPolicy(
  tx: Transaction,
  { id: organizationId, owner }: DemoOrganization,
  wanted: { readonly domain: string; readonly values: Partial<Policy> },
): Promise<void> {
  const policy = await lockPolicy(tx, { organizationId, domain: wanted.domain });
  if (!policy) throw new Error('the claimed domain has no policy');
  await ageFirstVersion(tx, policy.id);
  const body: Policy = { ...defaultPolicy, ...wanted.values };
  const effectiveFrom = policy.now - days(ageDays);
  const version = await addVersion(tx, policy, {
    body,
    authorId: owner.accountId,
    effectiveFrom,
    tightening: { applies: 'next_sign_in' },
    expirationSpreadDays: 0,
    restoredFrom: null,
    revertAt: null,
  });
  await tx
    .update(domainPolicies)
    .set({ createdAt: effectiveFrom, activatedAt: effectiveFrom })
    .where(eq(domainPolicies.id, policy.id));
  const values = changedValues(defaultPolicy, body);
  await provePolicy(
    tx,
    { organizationId, actor: owner },
    {
      event: 'policy.saved',
      policyId: policy.id,
      before: values.before,
      after: { ...values.after, version: version.number, effectiveFrom, activated: true },
    },
  );
}
