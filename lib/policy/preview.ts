import { addressAllowed } from './cidr';
import type { EffectivePolicy } from './effective';
import { accountMandates, type Mandate, mandateStanding } from './mandate';
import { type RuleTuple, ruleTuple, tupleAtLeastAsStrict } from './password';
import { expirationDue, type PasswordRecord } from './password-age';
import type { PreviewPlan } from './preview-plan';
import { type FactorFacts, secondFactorStanding } from './second-factor';
import { type SessionFacts, type SessionLapse, sessionLapse } from './session';
import type { SettingName } from './settings';
import { tightening } from './tightening';
import type { Instant } from './time';

/** A member as a preview needs them; everything the shell can load for many at once. */
export type PreviewFacts = {
  /** Sessions not ended yet, each with the address it was last used from. */
  readonly sessions: readonly (SessionFacts & { readonly address: string | null })[];
  /** Where the person last signed in from; null where that is not known. */
  readonly lastAddress: string | null;
  /** Null for somebody without a password. */
  readonly password: (PasswordRecord & { readonly validated: RuleTuple | null }) | null;
  readonly factors: FactorFacts;
  /** Signs in by SSO only: password rules, expiry and the local second factor do not reach them. */
  readonly sso: boolean;
};

export type OutcomeKind =
  | 'signed_out_now'
  | 'must_act_at_sign_in'
  | 'must_act_by'
  | 'allowed_again'
  | 'unaffected'
  /** The three answers to tightened password rules. */
  | 'surely_compliant'
  | 'decided_when_typed'
  | 'must_change';

export type OutcomeReason =
  | SessionLapse
  | 'address_refused'
  | 'second_factor'
  | 'password_expired'
  | 'password_rules';

/** What a change of one setting does to one member. `by` is set for `must_act_by` only. */
export type Outcome = {
  readonly kind: OutcomeKind;
  readonly reason: OutcomeReason | null;
  readonly by: Instant | null;
};
export type SettingOutcome = Outcome & { readonly setting: SettingName };

const outcome = (
  kind: OutcomeKind,
  reason: OutcomeReason | null = null,
  by: Instant | null = null,
): Outcome => ({
  kind,
  reason,
  by,
});

const refused = (policy: EffectivePolicy, address: string | null, now: Instant): boolean =>
  address !== null && !addressAllowed(policy.values.allowList.enforced, address, now).allowed;

/** Why a session is no use under a policy; null while it serves. */
function sessionStop(policy: EffectivePolicy, session: PreviewFacts['sessions'][number], now: Instant) {
  return (
    sessionLapse(session, policy.values, now) ??
    (refused(policy, session.address, now) ? 'address_refused' : null)
  );
}

/** A comparison asks the same few policies about everybody, so what depends on a policy alone is found once. */
const mandatesKnown = new WeakMap<EffectivePolicy, readonly Mandate[]>();

function mandatesOf(policy: EffectivePolicy): readonly Mandate[] {
  const known = mandatesKnown.get(policy) ?? accountMandates(policy);
  mandatesKnown.set(policy, known);
  return known;
}

/** When a second factor must be there; null where none is missing. */
function factorDeadline(policy: EffectivePolicy, facts: PreviewFacts, now: Instant): Instant | null {
  const mandates = mandatesOf(policy);
  if (facts.sso || mandates.length === 0) return null;
  const required = policy.values.secondFactorRequired ? policy.values.secondFactorStrength : 0;
  const { strength } = secondFactorStanding(facts.factors, required);
  return mandateStanding(mandates, strength, now).next?.deadline ?? null;
}

const expiry = (policy: EffectivePolicy, facts: PreviewFacts): Instant | null =>
  facts.sso || facts.password === null ? null : (expirationDue(policy, facts.password)?.dueAt ?? null);

/** Compares two moments before which something must be done. */
function dated(reason: OutcomeReason, was: Instant | null, is: Instant | null, now: Instant): Outcome | null {
  if (is === null) return was !== null && was <= now ? outcome('allowed_again', reason) : null;
  if (is <= now) return was !== null && was <= now ? null : outcome('must_act_at_sign_in', reason);
  if (was !== null && was <= now) return outcome('allowed_again', reason);
  return was === null || is < was ? outcome('must_act_by', reason, is) : null;
}

function sessionsOutcome(plan: Pair, facts: PreviewFacts, now: Instant): Outcome | null {
  for (const session of facts.sessions) {
    if (sessionStop(plan.before, session, now) !== null) continue;
    const stop = sessionStop(plan.after, session, now);
    if (stop !== null) return outcome('signed_out_now', stop);
  }
  const [was, is] = [
    refused(plan.before, facts.lastAddress, now),
    refused(plan.after, facts.lastAddress, now),
  ];
  if (was === is) return null;
  return outcome(is ? 'must_act_at_sign_in' : 'allowed_again', 'address_refused');
}

type Pair = { readonly before: EffectivePolicy; readonly after: EffectivePolicy };

function factorOutcome(plan: Pair, facts: PreviewFacts, now: Instant): Outcome | null {
  const found = dated(
    'second_factor',
    factorDeadline(plan.before, facts, now),
    factorDeadline(plan.after, facts, now),
    now,
  );
  const running = facts.sessions.some((session) => sessionStop(plan.before, session, now) === null);
  return found?.kind === 'must_act_at_sign_in' && running
    ? outcome('signed_out_now', 'second_factor')
    : found;
}

/** What tightened rules mean for an existing password; null where they were not tightened for this member. */
function rulesOutcome(plan: Pair, facts: PreviewFacts, now: Instant): Outcome | null {
  const [was, is] = [ruleTuple(plan.before.values), ruleTuple(plan.after.values)];
  if (facts.sso || facts.password === null || tupleAtLeastAsStrict(was, is)) return null;
  const { validated } = facts.password;
  if (validated !== null && tupleAtLeastAsStrict(validated, is))
    return outcome('surely_compliant', 'password_rules');
  const verdict = tightening(plan.after, validated, now);
  const impossible = validated !== null && validated.lengthMin > is.lengthMax;
  if (verdict.overdue.length > 0 || (verdict.check !== null && impossible)) {
    return outcome('must_change', 'password_rules');
  }
  if (verdict.check !== null) return outcome('decided_when_typed', 'password_rules');
  const dates = plan.after.layers.flatMap(({ tightening: terms }) =>
    terms.applies === 'by_date' ? [terms.date] : [],
  );
  const ahead = dates.filter((date) => date > now);
  return ahead.length === 0 ? null : outcome('must_act_by', 'password_rules', Math.min(...ahead));
}

/** What the step from one policy to another does to a member; the first thing that hits them. */
export function compareFor(plan: Pair, facts: PreviewFacts, now: Instant): Outcome {
  return (
    sessionsOutcome(plan, facts, now) ??
    factorOutcome(plan, facts, now) ??
    rulesOutcome(plan, facts, now) ??
    dated('password_expired', expiry(plan.before, facts), expiry(plan.after, facts), now) ??
    outcome('unaffected')
  );
}

/** What each changed setting, changed alone, does to a member; the same resolver and verdicts as in real life. */
export function previewMember(
  plan: PreviewPlan,
  facts: PreviewFacts,
  now: Instant,
): readonly SettingOutcome[] {
  return plan.alone.map(({ setting, policy }) => ({
    setting,
    ...compareFor({ before: plan.before, after: policy }, facts, now),
  }));
}

/** Outcomes that take something from somebody: what a save must have shown before it stands. */
const harms: ReadonlySet<OutcomeKind> = new Set([
  'signed_out_now',
  'must_act_at_sign_in',
  'must_act_by',
  'decided_when_typed',
  'must_change',
]);

/** Whether an outcome harms. */
export const isHarm = ({ kind }: Outcome): boolean => harms.has(kind);
