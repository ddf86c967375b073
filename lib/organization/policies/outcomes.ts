import 'server-only';
import { type Database, database } from '@/lib/io/db';
import type { PolicyLayer } from '@/lib/policy/layer';
import type { Outcome, SettingOutcome } from '@/lib/policy/outcome';
import { sameValue } from '@/lib/policy/policy';
import { compareFor, previewMember } from '@/lib/policy/preview';
import { type PreviewPlan, previewPlan } from '@/lib/policy/preview-plan';
import type { Instant } from '@/lib/policy/time';
import type { DomainLayerRow, LayerRows } from '@/lib/session/layers';
import { domainLayerOf } from '@/lib/session/policy-in-force';
import { programmeLayers } from '@/lib/session/programme-layers';
import { type DomainMember, domainMembers } from './domain-members';
import type { PolicyRecord } from './records';

/** Two states of one domain's policy as the resolver sees them. */
export type PolicyChange = {
  readonly policy: PolicyRecord;
  readonly before: DomainLayerRow;
  readonly after: DomainLayerRow;
};

export type MemberOutcome = {
  readonly member: DomainMember;
  /** What the change as a whole does. */
  readonly whole: Outcome;
  /** What each changed setting does alone. */
  readonly settings: readonly SettingOutcome[];
};

type Layers = { readonly before: PolicyLayer | null; readonly after: PolicyLayer | null };

/** People whose other layers are the same share one comparison of policies. */
function planner(layers: Layers, change: PolicyChange, now: Instant): (member: DomainMember) => PreviewPlan {
  const plain = previewPlan(layers, []);
  const known = new Map<string, PreviewPlan>();
  return (member) => {
    if (member.layers === null) return plain;
    const rows: LayerRows = { ...member.layers, domain: change.after };
    const others = programmeLayers(rows, { createdAt: member.createdAt }, now);
    const key = JSON.stringify(others);
    const plan = known.get(key) ?? previewPlan(layers, others);
    known.set(key, plan);
    return plan;
  };
}

function needsOf({ before, after }: Layers) {
  const [was, is] = [before?.values.allowList, after?.values.allowList];
  const lists = was === undefined || is === undefined ? was !== is : !sameValue(was, is);
  const spread = Math.max(before?.expirationSpreadDays ?? 0, after?.expirationSpreadDays ?? 0) > 0;
  return { lastAddress: lists, spread };
}

type Limits = { readonly only?: readonly string[]; readonly after?: string };

/** What a change does to everybody the policy binds, in batches: the resolver and the verdicts of real life, over both states. */
export async function* memberOutcomes(
  change: PolicyChange,
  limits: Limits = {},
  db: Database = database(),
): AsyncGenerator<readonly MemberOutcome[]> {
  const { policy } = change;
  // A policy whose claim has ended binds nobody, and its owners have no business with the people of the domain any more.
  if (!policy.isClaimed) return;
  const now = Math.max(change.after.since ?? policy.now, policy.now);
  const layers = { before: domainLayerOf(change.before), after: domainLayerOf(change.after) };
  const planFor = planner(layers, change, now);
  const scope = { domain: policy.domain, includesSubdomains: policy.includesSubdomains };
  for await (const members of domainMembers(db, { ...scope, ...limits, needs: needsOf(layers) })) {
    yield members.map((member) => {
      const plan = planFor(member);
      return {
        member,
        whole: compareFor(plan.whole, member.facts, now),
        settings: previewMember(plan, member.facts, now),
      };
    });
  }
}
