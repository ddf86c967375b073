import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { memberships, organizations, secondFactorRules } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { now, type Transaction } from '@/lib/io/db';
import { notifyMany } from '@/lib/io/notify-many';
import { enabledAt } from '@/lib/policy/layer';
import { mandateDeadline } from '@/lib/policy/mandate';
import { downgradeNoticeDays, type Plan, pausesAt, planGate } from '@/lib/policy/plan';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { ruleMandate } from '@/lib/session/factor-standing';

/** An operator, as the session names them. */
export type OperatorActor = {
  readonly accountId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type PlanChange = { readonly organizationId: string; readonly plan: Plan; readonly reason: string };
export type PlanFault = { readonly code: 'unknown_organization' } | { readonly code: 'unchanged' };

/** What became of the organization's second-factor rule. */
type RuleOutcome = { readonly pausesAt: Instant | null; readonly resumed: boolean };

type Place = { readonly id: string; readonly name: string };

async function peopleOf(tx: Transaction, organizationId: string, who: 'office' | 'everybody') {
  const rows = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        isNull(memberships.suspendedAt),
        who === 'office' ? inArray(memberships.role, ['owner', 'admin']) : undefined,
      ),
    );
  return rows.map(({ accountId }) => accountId);
}

async function currentRule(tx: Transaction, organizationId: string) {
  const [rule] = await tx
    .select({
      id: secondFactorRules.id,
      activatedAt: secondFactorRules.activatedAt,
      effectiveFrom: secondFactorRules.effectiveFrom,
      graceHours: secondFactorRules.graceHours,
      minimumStrength: secondFactorRules.minimumStrength,
      raisedAt: secondFactorRules.raisedAt,
      raisedFrom: secondFactorRules.raisedFrom,
      pausedAt: secondFactorRules.pausedAt,
    })
    .from(secondFactorRules)
    .where(and(eq(secondFactorRules.organizationId, organizationId), isNull(secondFactorRules.deactivatedAt)))
    .for('update');
  return rule ?? null;
}

type Rule = NonNullable<Awaited<ReturnType<typeof currentRule>>>;

async function pause(tx: Transaction, place: Place, rule: Rule): Promise<Instant> {
  if (rule.pausedAt !== null) return rule.pausedAt;
  const at = pausesAt(await now(tx));
  await tx.update(secondFactorRules).set({ pausedAt: at }).where(eq(secondFactorRules.id, rule.id));
  const [days] = downgradeNoticeDays;
  await notifyMany(tx, {
    key: `mandate-pausing:${rule.id}:${at}:${days}`,
    organizationId: place.id,
    notice: { kind: 'mandate_pausing', data: { organization: place.name, days, at } },
    accountIds: await peopleOf(tx, place.id, 'office'),
  });
  return at;
}

/** A rule that rested for more than seven days begins its grace anew, as one that was switched off does; everybody is told. */
async function resume(tx: Transaction, place: Place, rule: Rule): Promise<boolean> {
  if (rule.pausedAt === null) return false;
  const at = await now(tx);
  const hasRested = rule.pausedAt <= at;
  const former = { enabledAt: rule.effectiveFrom, disabledAt: rule.pausedAt };
  const effectiveFrom = hasRested ? enabledAt(former, at) : rule.effectiveFrom;
  await tx
    .update(secondFactorRules)
    .set({ pausedAt: null, effectiveFrom })
    .where(eq(secondFactorRules.id, rule.id));
  const dueAt = mandateDeadline(ruleMandate({ ...rule, effectiveFrom }, place.name), 0);
  if (hasRested && dueAt !== null)
    await notifyMany(tx, {
      key: `mandate:${rule.id}:resumed:${at}`,
      organizationId: place.id,
      notice: { kind: 'mandate_activated', data: { organization: place.name, dueAt } },
      accountIds: await peopleOf(tx, place.id, 'everybody'),
    });
  return hasRested;
}

async function settleRule(tx: Transaction, place: Place, plan: Plan): Promise<RuleOutcome> {
  const rule = await currentRule(tx, place.id);
  if (rule === null) return { pausesAt: null, resumed: false };
  if (planGate(plan, 'organizationSecondFactor').open)
    return { pausesAt: null, resumed: await resume(tx, place, rule) };
  return { pausesAt: await pause(tx, place, rule), resumed: false };
}

/**
 * An operator changes what an organization pays for. Below the plan of its second-factor rule the rule runs on for seven days
 * and then rests by itself; it resumes with the plan. No authenticator is touched.
 */
export async function changePlan(
  tx: Transaction,
  actor: OperatorActor,
  { organizationId, plan, reason }: PlanChange,
): Promise<Result<RuleOutcome, PlanFault>> {
  const [before] = await tx
    .select({ id: organizations.id, name: organizations.name, plan: organizations.plan })
    .from(organizations)
    .where(sql`${organizations.id}::text = ${organizationId}`)
    .for('update');
  if (before === undefined) return fail({ code: 'unknown_organization' });
  if (before.plan === plan) return fail({ code: 'unchanged' });
  await tx.update(organizations).set({ plan }).where(eq(organizations.id, before.id));
  const outcome = await settleRule(tx, before, plan);
  await recordAudit(tx, {
    chain: organizationChain(before.id),
    event: 'plan.changed',
    actor: { kind: 'operator', id: actor.accountId },
    result: 'success',
    before: { plan: before.plan },
    after: { plan, rulePausesAt: outcome.pausesAt, ruleResumed: outcome.resumed },
    reason,
    personal: { address: actor.address, userAgent: actor.userAgent },
  });
  return ok(outcome);
}
