import 'server-only';
import { type Database, database } from '@/lib/io/db';
import { type EffectivePolicy, effectivePolicy } from '@/lib/policy/effective';
import type { Instant } from '@/lib/policy/time';
import { newestVersion, scheduledVersions, unconfirmedVersions, versionAt } from '@/lib/policy/version';
import { policyForNewAccount } from '@/lib/session/policy-in-force';
import { draftOn } from './drafts';
import {
  type DraftRecord,
  findDraft,
  isActive,
  listPolicies,
  listVersions,
  type PolicyRecord,
  type VersionRecord,
} from './records';

/** Everything the policies screen shows of one domain. */
export type PolicyScreen = {
  readonly domains: readonly string[];
  readonly policy: PolicyRecord;
  readonly isActive: boolean;
  /** The version in force, or the one that would be. */
  readonly current: VersionRecord;
  /** What an edit begins from: `current`, or a version that is scheduled after it. */
  readonly newest: VersionRecord;
  readonly draft: DraftRecord | null;
  readonly versions: readonly VersionRecord[];
  readonly scheduled: readonly VersionRecord[];
  /** Until when a change waits for its confirmation; null where none does. */
  readonly confirmBy: Instant | null;
  readonly inForce: EffectivePolicy;
  readonly now: Instant;
};

/** The policy of `wanted`, or of the first domain; null where the organization has none, or not that one. */
export async function policyScreen(organizationId: string, wanted?: string): Promise<PolicyScreen | null> {
  const db = database();
  const policies = await listPolicies(db, organizationId);
  const policy = wanted === undefined ? policies[0] : policies.find(({ domain }) => domain === wanted);
  if (policy === undefined) return null;
  return { ...(await detailsOf(db, policy)), domains: policies.map(({ domain }) => domain) };
}

/** What binds the people of a domain now. Once the claim has ended, another organization's rules are none of this one's business. */
async function inForceOf(db: Database, { domain, isClaimed }: PolicyRecord): Promise<EffectivePolicy> {
  const found = await policyForNewAccount(db, domain);
  return isClaimed ? found : effectivePolicy(found.layers.filter(({ kind }) => kind === 'programme'));
}

async function detailsOf(db: Database, policy: PolicyRecord): Promise<Omit<PolicyScreen, 'domains'>> {
  const { now } = policy;
  const versions = await listVersions(db, policy.id);
  const [current, newest] = [versionAt(versions, now), newestVersion(versions, now)];
  if (current === null || newest === null) throw new Error(`policy ${policy.id} has no version that stands`);
  const waiting = unconfirmedVersions(versions, now).map(({ revertAt }) => revertAt ?? now);
  const deadlines = policy.confirmBy === null ? waiting : [policy.confirmBy, ...waiting];
  const active = isActive(policy);
  return {
    policy,
    isActive: active && policy.isClaimed,
    current,
    newest,
    draft: draftOn(await findDraft(db, policy.id), newest),
    versions,
    scheduled: scheduledVersions(versions, now),
    confirmBy: active && deadlines.length > 0 ? Math.min(...deadlines) : null,
    inForce: await inForceOf(db, policy),
    now,
  };
}
