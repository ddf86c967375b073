import type { SessionLapse } from './session';
import type { SettingName } from './settings';
import type { Instant } from './time';

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

/** The answer about most people; one object for all of them. */
export const unaffected: Outcome = { kind: 'unaffected', reason: null, by: null };

/** Makes an outcome. */
export const outcome = (
  kind: OutcomeKind,
  reason: OutcomeReason | null = null,
  by: Instant | null = null,
): Outcome => ({
  kind,
  reason,
  by,
});

/** From what hits at once to what changes nothing. */
const gravity: Readonly<Record<OutcomeKind, number>> = {
  signed_out_now: 0,
  must_change: 1,
  must_act_at_sign_in: 2,
  decided_when_typed: 3,
  must_act_by: 4,
  allowed_again: 5,
  surely_compliant: 6,
  unaffected: 7,
};

/** The graver of two outcomes of one change; of two alike the first. */
export const graver = (first: Outcome, second: Outcome | null): Outcome =>
  second === null || gravity[first.kind] <= gravity[second.kind] ? first : second;

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
