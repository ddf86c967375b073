import 'server-only';
import { stableFraction } from '@/lib/io/fraction';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { LayerSource } from '@/lib/policy/layer';
import { type ChangeDue, changeDue, type ExpirationDue, expirationDue } from '@/lib/policy/password-age';
import { tightening } from '@/lib/policy/tightening';
import type { Instant } from '@/lib/policy/time';
import { validatedRules } from './validated-rules';

/** The current password's row, as far as it can owe a change. */
export type PasswordState = {
  readonly setAt: Instant;
  readonly temporaryUntil: Instant | null;
  readonly changeRequiredAt: Instant | null;
  readonly changeRequiredReason: 'prompted' | 'temporary' | 'breached' | 'below_policy' | 'by_date' | null;
  readonly validatedUnder: unknown;
};

/** What was seen of the clear text when it was typed. */
export type TypedPassword = { readonly isBelowPolicy: boolean; readonly isBreached: boolean };

const ruleNames = [
  'passwordLengthMin',
  'passwordLengthMax',
  'passwordUppercase',
  'passwordLowercase',
  'passwordNumber',
  'passwordSymbol',
  'passwordSpecialCharacters',
] as const;

/** The layers that ask something of a password's characters. */
function ruleSources(policy: EffectivePolicy): readonly LayerSource[] {
  const sources = ruleNames.flatMap((name) => policy.settings[name].sources);
  return [...new Map(sources.map((source) => [`${source.kind}:${source.id}`, source])).values()];
}

function belowPolicy(policy: EffectivePolicy, state: PasswordState, seen: TypedPassword, now: Instant) {
  const isMarked = state.changeRequiredReason === 'below_policy' || state.changeRequiredReason === 'by_date';
  const { check, overdue } = tightening(policy, validatedRules(state.validatedUnder), now);
  // What was seen when it was typed counts only while some rule still asks: a claim may have ended on the way.
  if ((seen.isBelowPolicy && check !== null) || isMarked) return ruleSources(policy);
  return overdue.length > 0 ? overdue : null;
}

/** When the password expires and by whose rule; null where nothing lets it, and for one that was set for the person. */
export function passwordExpiration(
  policy: EffectivePolicy,
  { accountId, state }: { readonly accountId: string; readonly state: PasswordState },
): ExpirationDue | null {
  if (state.temporaryUntil !== null) return null;
  return expirationDue(policy, { changedAt: state.setAt, spread: stableFraction(accountId) });
}

/** Why the password must be changed before going on, from its row and from what was seen when it was typed; null when it may stay. */
export function passwordChangeDue(
  policy: EffectivePolicy,
  { accountId, state, seen }: { accountId: string; state: PasswordState; seen: TypedPassword },
  now: Instant,
): ChangeDue | null {
  const isTemporary = state.temporaryUntil !== null || state.changeRequiredReason === 'temporary';
  return changeDue(
    policy,
    {
      changedAt: state.setAt,
      spread: stableFraction(accountId),
      setByAdminAt: isTemporary ? state.setAt : null,
      promptedAt: state.changeRequiredReason === 'prompted' ? state.changeRequiredAt : null,
      foundBreached:
        (seen.isBreached && policy.values.breachedCheck) || state.changeRequiredReason === 'breached',
      belowPolicy: belowPolicy(policy, state, seen, now),
    },
    now,
  );
}
