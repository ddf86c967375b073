import { addressAllowed } from './cidr';
import type { Comparison, Side } from './comparison';
import type { EffectivePolicy } from './effective';
import { mandateStanding } from './mandate';
import {
  graver,
  type Outcome,
  type OutcomeReason,
  outcome,
  type SettingOutcome,
  unaffected,
} from './outcome';
import { type RuleTuple, tupleAtLeastAsStrict } from './password';
import { expirationDue, type PasswordRecord } from './password-age';
import type { PreviewPlan } from './preview-plan';
import { type FactorFacts, secondFactorStanding } from './second-factor';
import { type SessionFacts, sessionLapse } from './session';
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

const refused = (policy: EffectivePolicy, address: string | null, now: Instant): boolean =>
  address !== null && !addressAllowed(policy.values.allowList.enforced, address, now).allowed;

/** Why a session is no use under a policy; null while it serves. */
function sessionStop(policy: EffectivePolicy, session: PreviewFacts['sessions'][number], now: Instant) {
  return (
    sessionLapse(session, policy.values, now) ??
    (refused(policy, session.address, now) ? 'address_refused' : null)
  );
}

/** When a second factor must be there; null where none is missing. */
function factorDeadline(side: Side, facts: PreviewFacts, now: Instant): Instant | null {
  if (facts.sso || side.mandates.length === 0) return null;
  const { strength } = secondFactorStanding(facts.factors, side.requiredStrength);
  return mandateStanding(side.mandates, strength, now).next?.deadline ?? null;
}

const expiry = ({ policy }: Side, facts: PreviewFacts): Instant | null =>
  facts.sso || facts.password === null ? null : (expirationDue(policy, facts.password)?.dueAt ?? null);

/** Compares two moments before which something must be done. */
function dated(reason: OutcomeReason, was: Instant | null, is: Instant | null, now: Instant): Outcome | null {
  if (is === null) return was !== null && was <= now ? outcome('allowed_again', reason) : null;
  if (is <= now) return was !== null && was <= now ? null : outcome('must_act_at_sign_in', reason);
  if (was !== null && was <= now) return outcome('allowed_again', reason);
  return was === null || is < was ? outcome('must_act_by', reason, is) : null;
}

function sessionsOutcome({ before, after }: Comparison, facts: PreviewFacts, now: Instant): Outcome | null {
  for (const session of facts.sessions) {
    if (sessionStop(before.policy, session, now) !== null) continue;
    const stop = sessionStop(after.policy, session, now);
    if (stop !== null) return outcome('signed_out_now', stop);
  }
  const was = refused(before.policy, facts.lastAddress, now);
  const is = refused(after.policy, facts.lastAddress, now);
  if (was === is) return null;
  return outcome(is ? 'must_act_at_sign_in' : 'allowed_again', 'address_refused');
}

function factorOutcome({ before, after }: Comparison, facts: PreviewFacts, now: Instant): Outcome | null {
  const deadlines = [factorDeadline(before, facts, now), factorDeadline(after, facts, now)] as const;
  const found = dated('second_factor', ...deadlines, now);
  const running = facts.sessions.some((session) => sessionStop(before.policy, session, now) === null);
  return found?.kind === 'must_act_at_sign_in' && running
    ? outcome('signed_out_now', 'second_factor')
    : found;
}

/** What tightened rules mean for an existing password; null where they do not reach it. */
function rulesOutcome({ after }: Comparison, facts: PreviewFacts, now: Instant): Outcome | null {
  if (facts.sso || facts.password === null) return null;
  const { validated } = facts.password;
  if (validated !== null && tupleAtLeastAsStrict(validated, after.rules))
    return outcome('surely_compliant', 'password_rules');
  const verdict = tightening(after.policy, validated, now);
  const impossible = validated !== null && validated.lengthMin > after.rules.lengthMax;
  if (verdict.overdue.length > 0 || (verdict.check !== null && impossible)) {
    return outcome('must_change', 'password_rules');
  }
  if (verdict.check !== null) return outcome('decided_when_typed', 'password_rules');
  const dates = after.policy.layers.flatMap(({ tightening: terms }) =>
    terms.applies === 'by_date' ? [terms.date] : [],
  );
  const ahead = dates.filter((date) => date > now);
  return ahead.length === 0 ? null : outcome('must_act_by', 'password_rules', Math.min(...ahead));
}

/** What the step from one policy to another does to a member: of all it does, the gravest. */
export function compareFor(between: Comparison, facts: PreviewFacts, now: Instant): Outcome {
  const { before, after, moves } = between;
  let found = unaffected;
  if (moves.sessions) found = graver(found, sessionsOutcome(between, facts, now));
  if (found.kind === 'signed_out_now') return found;
  if (moves.secondFactor) found = graver(found, factorOutcome(between, facts, now));
  if (moves.rules) found = graver(found, rulesOutcome(between, facts, now));
  if (moves.expiration)
    found = graver(found, dated('password_expired', expiry(before, facts), expiry(after, facts), now));
  return found;
}

/** What each changed setting, changed alone, does to a member; the same resolver and verdicts as in real life. */
export function previewMember(
  plan: PreviewPlan,
  facts: PreviewFacts,
  now: Instant,
): readonly SettingOutcome[] {
  return plan.alone.map(({ setting, comparison, untouched }) => {
    const found = compareFor(comparison, facts, now);
    return found === unaffected ? untouched : { setting, ...found };
  });
}
