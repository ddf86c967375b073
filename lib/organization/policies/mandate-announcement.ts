import 'server-only';
import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { domainClaims, domainPolicies, policyVersions } from '@/drizzle/schema';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { notifyMany } from '@/lib/io/notify-many';
import { type Mandate, mandateDeadline } from '@/lib/policy/mandate';
import { boundMethods, strengthTowards, strongest } from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';
import { versionAt } from '@/lib/policy/version';
import { domainMembers } from './domain-members';
import {
  findPolicy,
  isActive,
  listVersions,
  type PolicyKey,
  type PolicyRecord,
  type VersionRecord,
} from './records';

function mandateOf(policy: PolicyRecord, version: VersionRecord | null): Mandate | null {
  if (version === null || !version.body.secondFactorRequired) return null;
  return {
    kind: 'domain',
    id: policy.id,
    name: policy.domain,
    effectiveFrom: version.secondFactorEnabledAt ?? version.effectiveFrom,
    graceHours: version.body.secondFactorGraceHours,
    strength: version.body.secondFactorStrength,
    raised: version.secondFactorRaised,
  };
}

/** What people were told of before the version in force began to bind them; null where nothing was demanded. */
function formerMandate(
  policy: PolicyRecord,
  versions: readonly VersionRecord[],
  version: VersionRecord,
): Mandate | null {
  const activatedAt = policy.activatedAt ?? policy.now;
  const before = version.effectiveFrom - 1;
  return activatedAt > before ? null : mandateOf(policy, versionAt(versions, before));
}

const isNews = (mandate: Mandate, former: Mandate | null): boolean =>
  former === null ||
  mandate.strength > former.strength ||
  mandateDeadline(mandate, 0) !== mandateDeadline(former, 0);

/** Whom to tell which deadline: everybody when the rule begins, later those who do not reach it. */
async function deadlinesOf(tx: Transaction, policy: PolicyRecord, mandate: Mandate, isNew: boolean) {
  const { domain, includesSubdomains } = policy;
  const groups = new Map<Instant, string[]>();
  const scope = { domain, includesSubdomains, needs: { lastAddress: false, spread: false } };
  for await (const members of domainMembers(tx, scope))
    for (const { id, facts } of members) {
      const { contactEmailVerified } = facts.factors;
      const strength = strongest(boundMethods(facts.factors, 0));
      const own = mandateDeadline(mandate, strengthTowards({ strength, contactEmailVerified }));
      const dueAt = own ?? (isNew ? mandateDeadline(mandate, 0) : null);
      if (dueAt !== null) groups.set(dueAt, [...(groups.get(dueAt) ?? []), id]);
    }
  return groups;
}

/**
 * Mails the deadline to the people of a domain whose policy, as it is in force at this moment, newly demands a second
 * factor, a stronger one, or one by another date. Once per version and activation, however often it is called.
 */
export async function announceMandate(tx: Transaction, key: PolicyKey): Promise<void> {
  const policy = await findPolicy(tx, key);
  if (policy === null || !policy.isClaimed || !isActive(policy)) return;
  const versions = await listVersions(tx, policy.id);
  const version = versionAt(versions, policy.now);
  const mandate = mandateOf(policy, version);
  if (version === null || mandate === null) return;
  const former = formerMandate(policy, versions, version);
  if (!isNews(mandate, former)) return;
  for (const [dueAt, accountIds] of await deadlinesOf(tx, policy, mandate, former === null))
    await notifyMany(tx, {
      key: `mandate:${policy.id}:${policy.activatedAt}:${version.number}`,
      organizationId: policy.organizationId,
      notice: { kind: 'mandate_activated', data: { organization: policy.domain, dueAt } },
      accountIds,
    });
}

/** Policies in which a version that was saved for later came into force within the last two days. */
function lately() {
  return database()
    .selectDistinct({ organizationId: domainPolicies.organizationId, domain: domainPolicies.domain })
    .from(domainPolicies)
    .innerJoin(policyVersions, eq(policyVersions.policyId, domainPolicies.id))
    .innerJoin(
      domainClaims,
      and(
        eq(domainClaims.organizationId, domainPolicies.organizationId),
        eq(domainClaims.domain, domainPolicies.domain),
        inArray(domainClaims.state, ['verified', 'at_risk']),
      ),
    )
    .where(
      and(
        isNotNull(domainPolicies.activatedAt),
        or(isNull(domainPolicies.deactivatedAt), gt(domainPolicies.deactivatedAt, sql`now()`)),
        gt(policyVersions.effectiveFrom, policyVersions.createdAt),
        sql`${policyVersions.effectiveFrom} between now() - interval '2 days' and now()`,
      ),
    );
}

/** Announces what came into force by itself; saving and activating announce in their own transaction. */
export async function announceMandatesInForce(): Promise<void> {
  for (const key of await lately()) await transaction((tx) => announceMandate(tx, key));
}
