import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { accounts, organizations, secondFactorRules } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Executor, now, type Transaction, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { enabledAt } from '@/lib/policy/layer';
import { raiseAfter } from '@/lib/policy/mandate';
import { type Plan, planGate } from '@/lib/policy/plan';
import { fail, ok, type Result } from '@/lib/policy/result';
import { mayDo } from '@/lib/policy/roles';
import type { Instant } from '@/lib/policy/time';
import { ruleMandate } from '@/lib/session/factor-standing';
import { auditActor, type MemberActor } from './actor';
import { lockOrganization } from './membership-lock';
import { announceRule, type MemberStrength, memberStrengths } from './rule-people';

/** What an owner or admin chooses: hours of grace (0–720) and the strength a factor must have (1–4). */
export type RuleTerms = { readonly graceHours: number; readonly minimumStrength: number };

/** The rule in force of one organization. */
export type RuleState = RuleTerms & {
  readonly id: string;
  readonly activatedAt: Instant;
  readonly activatedBy: string | null;
  readonly effectiveFrom: Instant;
  /** Rests since, or from, this moment after a downgrade. */
  readonly pausedAt: Instant | null;
  readonly raisedAt: Instant | null;
  readonly raisedFrom: number | null;
};

export type RuleFault =
  | { readonly code: 'not_allowed' }
  | { readonly code: 'plan'; readonly needs: Plan }
  | { readonly code: 'already_active' }
  | { readonly code: 'not_active' };

const columns = {
  id: secondFactorRules.id,
  activatedAt: secondFactorRules.activatedAt,
  activatedBy: accounts.name,
  effectiveFrom: secondFactorRules.effectiveFrom,
  graceHours: secondFactorRules.graceHours,
  minimumStrength: secondFactorRules.minimumStrength,
  pausedAt: secondFactorRules.pausedAt,
  raisedAt: secondFactorRules.raisedAt,
  raisedFrom: secondFactorRules.raisedFrom,
};

/** The organization's rule, paused or not; null while it is off. */
export async function ruleState(executor: Executor, organizationId: string): Promise<RuleState | null> {
  const [row] = await executor
    .select(columns)
    .from(secondFactorRules)
    .leftJoin(accounts, eq(accounts.id, secondFactorRules.activatedBy))
    .where(
      and(eq(secondFactorRules.organizationId, organizationId), isNull(secondFactorRules.deactivatedAt)),
    );
  return row ?? null;
}

/** What the rule's screen shows: the rule and everybody whom it binds. */
export async function ruleBoard(
  organizationId: string,
): Promise<{ readonly rule: RuleState | null; readonly people: readonly MemberStrength[] }> {
  const [rule, people] = await Promise.all([
    ruleState(database(), organizationId),
    memberStrengths(database(), organizationId),
  ]);
  return { rule, people };
}

/** The asker with the right to edit, the organization's row held, and its plan. */
async function lockEditor(tx: Transaction, actor: MemberActor) {
  const asker = await lockOrganization(tx, actor);
  if (!asker.ok) return asker;
  if (!mayDo(asker.value.role, 'edit_second_factor_rule')) return fail({ code: 'not_allowed' } as const);
  const [row] = await tx
    .select({ plan: organizations.plan })
    .from(organizations)
    .where(eq(organizations.id, actor.organizationId));
  return row ? ok({ ...asker.value, plan: row.plan }) : fail({ code: 'not_allowed' } as const);
}

/** What a rule switched on now takes over from one that was off for at most seven days: its date, and a grace for who reached less. */
async function takenOver(
  tx: Transaction,
  organizationId: string,
  { strength, at }: { strength: number; at: Instant },
) {
  const [former] = await tx
    .select({ ...columns, activatedBy: sql<null>`null`, deactivatedAt: secondFactorRules.deactivatedAt })
    .from(secondFactorRules)
    .where(eq(secondFactorRules.organizationId, organizationId))
    .orderBy(desc(secondFactorRules.deactivatedAt))
    .limit(1);
  if (former === undefined || former.deactivatedAt === null) return { effectiveFrom: at };
  const { effectiveFrom: enabled, deactivatedAt: disabledAt } = former;
  const effectiveFrom = enabledAt({ enabledAt: enabled, disabledAt }, at);
  return effectiveFrom === at ? { effectiveFrom } : { effectiveFrom, ...raiseColumns(former, strength, at) };
}

/** The grace of a raise, as columns. */
function raiseColumns(former: RuleState, strength: number, at: Instant) {
  const raised = raiseAfter(ruleMandate(former, ''), strength, at);
  return { raisedAt: raised?.at ?? null, raisedFrom: raised?.from ?? null };
}

const auditOf = (actor: MemberActor, event: string, ruleId: string) => ({
  chain: organizationChain(actor.organizationId),
  event,
  ...auditActor(actor),
  result: 'success' as const,
  target: { kind: 'second_factor_rule', id: ruleId },
});

/** Switches the organization's mandatory second factor on; the deadline of everybody follows from what is written here. */
export function activateRule(actor: MemberActor, terms: RuleTerms): Promise<Result<RuleState, RuleFault>> {
  return transaction(async (tx) => {
    const editor = await lockEditor(tx, actor);
    if (!editor.ok) return editor;
    const gate = planGate(editor.value.plan, 'organizationSecondFactor');
    if (!gate.open) return fail({ code: 'plan', needs: gate.needs });
    const { organizationId } = actor;
    if ((await ruleState(tx, organizationId)) !== null) return fail({ code: 'already_active' });
    const at = await now(tx);
    const kept = await takenOver(tx, organizationId, { strength: terms.minimumStrength, at });
    const id = newId();
    await tx
      .insert(secondFactorRules)
      .values({ id, organizationId, activatedAt: at, activatedBy: actor.accountId, ...kept, ...terms });
    const rule = await ruleState(tx, organizationId);
    if (rule === null) throw new Error('the rule was not written');
    await announceRule(tx, rule, { id: organizationId, name: editor.value.organization, isNew: true });
    await recordAudit(tx, {
      ...auditOf(actor, 'second_factor_rule.activated', id),
      after: { ...terms, effectiveFrom: rule.effectiveFrom },
    });
    return ok(rule);
  });
}

const isSame = (rule: RuleTerms, terms: RuleTerms): boolean =>
  rule.graceHours === terms.graceHours && rule.minimumStrength === terms.minimumStrength;

/** Changes grace or strength of the rule in force. Shortening acts at once; whoever reached a former strength has the grace anew. */
export function changeRule(actor: MemberActor, terms: RuleTerms): Promise<Result<RuleState, RuleFault>> {
  return transaction(async (tx) => {
    const editor = await lockEditor(tx, actor);
    if (!editor.ok) return editor;
    const gate = planGate(editor.value.plan, 'organizationSecondFactor');
    if (!gate.open) return fail({ code: 'plan', needs: gate.needs });
    const { organizationId } = actor;
    const before = await ruleState(tx, organizationId);
    if (before === null) return fail({ code: 'not_active' });
    if (isSame(before, terms)) return ok(before);
    const raise = raiseColumns(before, terms.minimumStrength, await now(tx));
    await tx
      .update(secondFactorRules)
      .set({ ...terms, ...raise })
      .where(eq(secondFactorRules.id, before.id));
    const rule = await ruleState(tx, organizationId);
    if (rule === null) throw new Error('the rule went away');
    await announceRule(tx, rule, { id: organizationId, name: editor.value.organization, isNew: false });
    await recordAudit(tx, {
      ...auditOf(actor, 'second_factor_rule.changed', before.id),
      before: { graceHours: before.graceHours, minimumStrength: before.minimumStrength },
      after: terms,
    });
    return ok(rule);
  });
}

/** Switches the rule off. No authenticator is removed by it. */
export function deactivateRule(actor: MemberActor): Promise<Result<null, RuleFault>> {
  return transaction(async (tx) => {
    const editor = await lockEditor(tx, actor);
    if (!editor.ok) return editor;
    const [ended] = await tx
      .update(secondFactorRules)
      .set({ deactivatedAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(secondFactorRules.organizationId, actor.organizationId),
          isNull(secondFactorRules.deactivatedAt),
        ),
      )
      .returning({ id: secondFactorRules.id });
    if (ended === undefined) return fail({ code: 'not_active' });
    await recordAudit(tx, auditOf(actor, 'second_factor_rule.deactivated', ended.id));
    return ok(null);
  });
}
