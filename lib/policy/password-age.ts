import type { EffectivePolicy } from './effective';
import { type LayerSource, type PolicyLayer, sourceOf } from './layer';
import { fail, ok, type Result } from './result';
import { days, hours, type Instant } from './time';

/** How long a password set by an admin, or one invited with, can be used to sign in. */
export const temporaryPasswordLifetime = hours(72);

/** A domain that switches expiration on leaves everybody at least this long. */
export const expirationGrace = days(7);

/** Days before the due date on which the person is warned. */
export const expirationWarningDays = [14, 7, 3, 1] as const;
export type ExpirationWarning = (typeof expirationWarningDays)[number];

/** What the record of a password tells about its age. */
export type PasswordRecord = {
  readonly changedAt: Instant;
  /** A stable hash of the account as a fraction in [0, 1): spreads first expiries. */
  readonly spread: number;
};

export type ExpirationDue = { readonly dueAt: Instant; readonly source: LayerSource };

/** What a layer says of how long a password may be used. */
export type ExpirationTerms = {
  readonly kind: PolicyLayer['kind'];
  readonly periodDays: number;
  readonly enabledAt: Instant;
  readonly spreadDays: number;
};

/** The terms of one layer; null where passwords do not expire by it. */
export function expirationTerms(layer: PolicyLayer): ExpirationTerms | null {
  const periodDays = layer.values.passwordExpirationDays ?? null;
  if (periodDays === null) return null;
  const enabledAt = layer.expirationEnabledAt ?? layer.since;
  return { kind: layer.kind, periodDays, enabledAt, spreadDays: layer.expirationSpreadDays };
}

/**
 * When one layer lets a password expire; null where it does not.
 * Domain: max(changed + N days, enabled + 7 days); a password older than the rule may get up to
 * `expirationSpreadDays` more for this first time. Programme: max(changed + N days, the person's own date).
 */
function layerExpiration(layer: PolicyLayer, record: PasswordRecord): Instant | null {
  const terms = expirationTerms(layer);
  if (terms === null) return null;
  const { kind, enabledAt, periodDays, spreadDays } = terms;
  const aged = record.changedAt + days(periodDays);
  if (kind === 'programme') return Math.max(aged, enabledAt);
  const first = record.changedAt < enabledAt;
  const extra = first ? days(Math.floor(record.spread * (spreadDays + 1))) : 0;
  return Math.max(aged, enabledAt + expirationGrace) + extra;
}

/** The earliest due date of all layers, with the layer that sets it; null where nothing expires. */
export function expirationDue(policy: EffectivePolicy, record: PasswordRecord): ExpirationDue | null {
  let earliest: ExpirationDue | null = null;
  for (const layer of policy.layers) {
    const dueAt = layerExpiration(layer, record);
    if (dueAt !== null && (earliest === null || dueAt < earliest.dueAt)) {
      earliest = { dueAt, source: sourceOf(layer) };
    }
  }
  return earliest;
}

/** The warning that stands at `now`: the smallest threshold reached; null when it is too early or too late. */
export function expirationWarning(dueAt: Instant, now: Instant): ExpirationWarning | null {
  if (now >= dueAt) return null;
  return expirationWarningDays.findLast((before) => dueAt - now <= days(before)) ?? null;
}

/** Why a password must be changed before going on; the first that applies is shown. */
export type ChangeDue =
  | { readonly reason: 'temporary'; readonly since: Instant }
  | { readonly reason: 'prompted'; readonly since: Instant }
  | { readonly reason: 'breached' }
  | { readonly reason: 'below_policy'; readonly sources: readonly LayerSource[] }
  | { readonly reason: 'expired'; readonly since: Instant; readonly source: LayerSource };

export type ChangeFacts = PasswordRecord & {
  /** When an admin set the current password; null where the person did. */
  readonly setByAdminAt: Instant | null;
  /** When somebody asked for a reset that has not happened yet. */
  readonly promptedAt: Instant | null;
  readonly foundBreached: boolean;
  /** The clear text failed a tightened rule, or its date has passed: the layers that ask (see tightening.ts). */
  readonly belowPolicy: readonly LayerSource[] | null;
};

/** Whether and why the password must be changed now; null when it may stay. */
export function changeDue(policy: EffectivePolicy, facts: ChangeFacts, now: Instant): ChangeDue | null {
  if (facts.setByAdminAt !== null) return { reason: 'temporary', since: facts.setByAdminAt };
  if (facts.promptedAt !== null) return { reason: 'prompted', since: facts.promptedAt };
  if (facts.foundBreached) return { reason: 'breached' };
  if (facts.belowPolicy !== null) return { reason: 'below_policy', sources: facts.belowPolicy };
  const due = expirationDue(policy, facts);
  if (due === null || now < due.dueAt) return null;
  return { reason: 'expired', since: due.dueAt, source: due.source };
}

/** Whether a password set by an admin has run out and no longer signs in. */
export const temporaryPasswordExpired = (setByAdminAt: Instant | null, now: Instant): boolean =>
  setByAdminAt !== null && now >= setByAdminAt + temporaryPasswordLifetime;

export type ChangeOccasion =
  | 'voluntary'
  | 'forgot_password'
  | 'forced'
  /** The first change after a password that was set for the person or came with an invitation. */
  | 'first_after_given';

export type TooYoung = {
  readonly code: 'too_young';
  readonly minimumHours: number;
  readonly allowedAt: Instant;
};

/**
 * The minimum age binds a voluntary change only. The refusal names the exact moment; the way out is Forgot
 * Password, which is exempt like every forced change.
 */
export function checkMinimumAge(
  policy: EffectivePolicy,
  change: { readonly occasion: ChangeOccasion; readonly changedAt: Instant },
  now: Instant,
): Result<null, TooYoung> {
  const minimumHours = policy.values.passwordMinimumAgeHours;
  const allowedAt = change.changedAt + hours(minimumHours);
  if (change.occasion !== 'voluntary' || now >= allowedAt) return ok(null);
  return fail({ code: 'too_young', minimumHours, allowedAt });
}
