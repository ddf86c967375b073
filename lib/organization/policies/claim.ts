import 'server-only';
import { and, desc, eq, sql } from 'drizzle-orm';
import { domainClaims, organizations } from '@/drizzle/schema';
import type { Executor } from '@/lib/io/db';
import type { PolicyKey } from './records';

export type PolicyClaim = {
  /** Empty where the domain was never claimed. */
  readonly id: string;
  readonly organizationName: string;
  readonly organizationSlug: string;
};

/** The claim behind a policy, one in force before any other, and the organization's name. */
export async function claimOf(executor: Executor, key: PolicyKey): Promise<PolicyClaim> {
  const [row] = await executor
    .select({
      id: domainClaims.id,
      organizationName: organizations.name,
      organizationSlug: organizations.slug,
    })
    .from(organizations)
    .leftJoin(
      domainClaims,
      and(eq(domainClaims.organizationId, organizations.id), eq(domainClaims.domain, key.domain)),
    )
    .where(eq(organizations.id, key.organizationId))
    .orderBy(desc(sql`${domainClaims.state} in ('verified', 'at_risk')`), desc(domainClaims.createdAt))
    .limit(1);
  if (!row) throw new Error(`no organization ${key.organizationId}`);
  return { ...row, id: row.id ?? '' };
}
