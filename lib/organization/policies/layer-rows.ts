import 'server-only';
import type { Executor } from '@/lib/io/db';
import type { Policy } from '@/lib/policy/policy';
import type { Instant } from '@/lib/policy/time';
import { newestVersion } from '@/lib/policy/version';
import { termsOfSave, type VersionTerms } from '@/lib/policy/version-terms';
import type { DomainLayerRow } from '@/lib/session/layers';
import { claimOf } from './claim';
import { type DraftRecord, isActive, type PolicyRecord, type VersionRecord } from './records';
import { enablementOf } from './versions';

/** What a layer is made of, whether it was saved or is a draft. */
type Layered = VersionTerms & {
  readonly versionId: string;
  readonly number: number;
  readonly body: Policy;
  readonly author: string | null;
  readonly since: Instant;
};

export type LayerShape = { readonly policy: PolicyRecord; readonly versions: readonly VersionRecord[] };

/** Where a layer of this policy stands in the statement of the resolver: the claim's part, without a version. */
async function bareRow(executor: Executor, policy: PolicyRecord): Promise<DomainLayerRow> {
  const claim = await claimOf(executor, policy);
  return {
    claimId: claim.id,
    organizationId: policy.organizationId,
    organizationName: claim.organizationName,
    organizationSlug: claim.organizationSlug,
    domain: policy.domain,
    policyId: null,
    versionId: null,
    number: null,
    body: null,
    author: null,
    since: null,
    tightening: null,
    tighteningBy: null,
    expirationEnabledAt: null,
    expirationSpreadDays: null,
    secondFactorActivatedAt: null,
    secondFactorRaisedAt: null,
    secondFactorRaisedFrom: null,
  };
}

/**
 * The same row that the resolver's statement gives for a version in force, for one that is not: the dates of its rules are
 * those it would have if it took effect at `layered.since`.
 */
function rowOf(bare: DomainLayerRow, { policy, versions }: LayerShape, layered: Layered): DomainLayerRow {
  const dates = enablementOf(policy, versions, { body: layered.body, at: layered.since });
  return {
    ...bare,
    ...layered,
    policyId: policy.id,
    expirationEnabledAt: dates.expirationEnabledAt,
    secondFactorActivatedAt: dates.secondFactorEnabledAt,
    secondFactorRaisedAt: dates.secondFactorRaised?.at ?? null,
    secondFactorRaisedFrom: dates.secondFactorRaised?.from ?? null,
  };
}

const versionLayer = (version: VersionRecord, since: Instant): Layered => ({
  versionId: version.id,
  number: version.number,
  body: version.body,
  author: version.author,
  since,
  tightening: version.tightening,
  tighteningBy: version.tighteningBy,
  expirationSpreadDays: version.expirationSpreadDays,
});

/** The draft as a save would write it: under its own number, from its own moment, on the terms the save would keep. */
function draftLayer(draft: DraftRecord, { policy, versions }: LayerShape): Layered {
  const newest = newestVersion(versions, policy.now);
  return {
    versionId: `draft:${draft.policyId}:${draft.revision}`,
    number: (versions.at(-1)?.number ?? 0) + 1,
    body: draft.body,
    author: draft.editor,
    since: Math.max(draft.effectiveFrom ?? 0, policy.now),
    ...termsOfSave(newest ?? draft, draft, isActive(policy)),
  };
}

/** The rows to compare: nobody bound, a version in force now, a version or the draft as it would be. */
export async function layerRows(executor: Executor, shape: LayerShape) {
  const bare = await bareRow(executor, shape.policy);
  const { now } = shape.policy;
  return {
    nobody: bare,
    inForce: (version: VersionRecord): DomainLayerRow => ({
      ...bare,
      ...versionLayer(version, version.effectiveFrom),
      policyId: shape.policy.id,
      expirationEnabledAt: version.expirationEnabledAt,
      secondFactorActivatedAt: version.secondFactorEnabledAt,
      secondFactorRaisedAt: version.secondFactorRaised?.at ?? null,
      secondFactorRaisedFrom: version.secondFactorRaised?.from ?? null,
    }),
    activated: (version: VersionRecord): DomainLayerRow => rowOf(bare, shape, versionLayer(version, now)),
    drafted: (draft: DraftRecord): DomainLayerRow => rowOf(bare, shape, draftLayer(draft, shape)),
  };
}
