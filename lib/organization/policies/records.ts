import 'server-only';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import {
  accounts,
  domainClaims,
  domainPolicies,
  policyActiveTimes,
  policyDrafts,
  policyVersions,
} from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import type { Policy } from '@/lib/policy/policy';
import { policySchema } from '@/lib/policy/policy-schema';
import type { Instant } from '@/lib/policy/time';
import type { ActiveTime, VersionLife } from '@/lib/policy/version';

/** Which policy: the organization comes from the asker's membership, so a foreign domain answers like an unknown one. */
export type PolicyKey = { readonly organizationId: string; readonly domain: string };

/** A policy with whether its claim is in force; `now` is the database's clock at the reading. */
export type PolicyRecord = {
  readonly id: string;
  readonly organizationId: string;
  readonly domain: string;
  readonly activatedAt: Instant | null;
  readonly deactivatedAt: Instant | null;
  readonly confirmBy: Instant | null;
  /** Times before the present or last one in which it bound people. */
  readonly formerTimes: readonly { readonly since: Instant; readonly until: Instant }[];
  readonly isClaimed: boolean;
  readonly includesSubdomains: boolean;
  readonly now: Instant;
};

export type VersionRecord = VersionLife & {
  readonly id: string;
  readonly body: Policy;
  readonly author: string | null;
  readonly createdAt: Instant;
  readonly tightening: 'next_sign_in' | 'next_change' | 'by_date';
  readonly tighteningBy: Instant | null;
  readonly expirationSpreadDays: number;
  readonly restoredFrom: string | null;
};

export type DraftRecord = {
  readonly policyId: string;
  readonly baseVersionId: string | null;
  readonly body: Policy;
  readonly tightening: 'next_sign_in' | 'next_change' | 'by_date';
  readonly tighteningBy: Instant | null;
  readonly effectiveFrom: Instant | null;
  readonly expirationSpreadDays: number;
  readonly restoredFrom: string | null;
  readonly revision: number;
  readonly editor: string | null;
  readonly editedAt: Instant;
  readonly note: string | null;
};

const claimInForce = sql`${domainClaims.organizationId} = ${domainPolicies.organizationId} and ${domainClaims.domain} = ${domainPolicies.domain}
  and ${inArray(domainClaims.state, ['verified', 'at_risk'])}`;

const policyColumns = {
  id: domainPolicies.id,
  organizationId: domainPolicies.organizationId,
  domain: domainPolicies.domain,
  activatedAt: domainPolicies.activatedAt,
  deactivatedAt: domainPolicies.deactivatedAt,
  confirmBy: domainPolicies.confirmBy,
  formerTimes: sql<PolicyRecord['formerTimes']>`(
    select coalesce(jsonb_agg(jsonb_build_object('since', epoch_ms(t.since), 'until', epoch_ms(t.until))), '[]')
    from ${policyActiveTimes} t where t.policy_id = domain_policies.id)`,
  isClaimed: sql<boolean>`exists (select 1 from ${domainClaims} where ${claimInForce})`,
  includesSubdomains: sql<boolean>`exists (select 1 from ${domainClaims} where ${claimInForce} and ${domainClaims.includesSubdomains})`,
  now: sql<number>`epoch_ms(clock_timestamp())`.mapWith(Number),
};

const keyed = (key: PolicyKey) =>
  and(eq(domainPolicies.organizationId, key.organizationId), eq(domainPolicies.domain, key.domain));

/** All policies of an organization, those of ended claims too. */
export function listPolicies(executor: Executor, organizationId: string): Promise<readonly PolicyRecord[]> {
  return executor
    .select(policyColumns)
    .from(domainPolicies)
    .where(eq(domainPolicies.organizationId, organizationId))
    .orderBy(asc(domainPolicies.createdAt), asc(domainPolicies.domain));
}

export async function findPolicy(executor: Executor, key: PolicyKey): Promise<PolicyRecord | null> {
  const [row] = await executor.select(policyColumns).from(domainPolicies).where(keyed(key));
  return row ?? null;
}

/** The policy, held until the transaction ends: numbers, drafts and activation of one policy never race. */
export async function lockPolicy(tx: Transaction, key: PolicyKey): Promise<PolicyRecord | null> {
  const [row] = await tx
    .select({ id: domainPolicies.id })
    .from(domainPolicies)
    .where(keyed(key))
    .for('update');
  return row ? findPolicy(tx, key) : null;
}

/** Every version, oldest first. A body that does not parse throws: no screen may show it as something else. */
export async function listVersions(executor: Executor, policyId: string): Promise<readonly VersionRecord[]> {
  const rows = await executor
    .select({
      id: policyVersions.id,
      number: policyVersions.number,
      body: policyVersions.body,
      author: accounts.name,
      createdAt: policyVersions.createdAt,
      effectiveFrom: policyVersions.effectiveFrom,
      tightening: policyVersions.tightening,
      tighteningBy: policyVersions.tighteningBy,
      expirationEnabledAt: policyVersions.expirationEnabledAt,
      expirationSpreadDays: policyVersions.expirationSpreadDays,
      secondFactorEnabledAt: policyVersions.secondFactorActivatedAt,
      secondFactorRaisedAt: policyVersions.secondFactorRaisedAt,
      secondFactorRaisedFrom: policyVersions.secondFactorRaisedFrom,
      restoredFrom: policyVersions.restoredFrom,
      revertAt: policyVersions.revertAt,
      confirmedAt: policyVersions.confirmedAt,
    })
    .from(policyVersions)
    .leftJoin(accounts, eq(accounts.id, policyVersions.authorId))
    .where(eq(policyVersions.policyId, policyId))
    .orderBy(asc(policyVersions.number));
  return rows.map(({ secondFactorRaisedAt: at, secondFactorRaisedFrom: from, ...row }) => {
    const body = policySchema.parse(row.body);
    const secondFactorRaised = at === null || from === null ? null : { at, from };
    const { secondFactorStrength, secondFactorGraceHours } = body;
    return { ...row, body, secondFactorRaised, secondFactorStrength, secondFactorGraceHours };
  });
}

export async function findDraft(executor: Executor, policyId: string): Promise<DraftRecord | null> {
  const [row] = await executor
    .select({
      policyId: policyDrafts.policyId,
      baseVersionId: policyDrafts.baseVersionId,
      body: policyDrafts.body,
      tightening: policyDrafts.tightening,
      tighteningBy: policyDrafts.tighteningBy,
      effectiveFrom: policyDrafts.effectiveFrom,
      expirationSpreadDays: policyDrafts.expirationSpreadDays,
      restoredFrom: policyDrafts.restoredFrom,
      revision: policyDrafts.revision,
      editor: accounts.name,
      editedAt: policyDrafts.editedAt,
      note: policyDrafts.note,
    })
    .from(policyDrafts)
    .leftJoin(accounts, eq(accounts.id, policyDrafts.editedBy))
    .where(eq(policyDrafts.policyId, policyId));
  return row ? { ...row, body: policySchema.parse(row.body) } : null;
}

/** Whether the policy binds people at `now`, its claim aside. */
export const isActive = (policy: PolicyRecord): boolean =>
  policy.activatedAt !== null && (policy.deactivatedAt === null || policy.deactivatedAt > policy.now);

/**
 * Every time in which the policy bound people, the present one last. An activation that waits for its confirmation counts
 * as kept: if it is not, nothing that is reckoned from it ever binds anybody.
 */
export function activeTimes({ activatedAt, deactivatedAt, ...policy }: PolicyRecord): readonly ActiveTime[] {
  if (activatedAt === null) return policy.formerTimes;
  const isTentative = policy.confirmBy !== null && policy.confirmBy > policy.now;
  return [...policy.formerTimes, { since: activatedAt, until: isTentative ? null : deactivatedAt }];
}
