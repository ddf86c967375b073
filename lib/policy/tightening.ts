import type { EffectivePolicy } from './effective';
import { type LayerSource, type PolicyLayer, sourceOf } from './layer';
import { type RuleTuple, submittedLengthMax, tupleAtLeastAsStrict } from './password';
import type { Instant } from './time';

/**
 * What one layer alone asks of a password. Where it sets nothing it asks nothing; its maximum is the effective
 * one, which another layer may have lifted, so that no password can be impossible.
 */
export function layerTuple(layer: PolicyLayer, lengthMax: number): RuleTuple {
  const { values } = layer;
  return {
    lengthMin: values.passwordLengthMin ?? 0,
    lengthMax: values.passwordLengthMax === undefined ? submittedLengthMax : lengthMax,
    uppercase: values.passwordUppercase ?? false,
    lowercase: values.passwordLowercase ?? false,
    number: values.passwordNumber ?? false,
    symbol: values.passwordSymbol ?? false,
    special: values.passwordSpecialCharacters === undefined ? [] : [values.passwordSpecialCharacters],
    breachedCheck: values.breachedCheck ?? false,
  };
}

/** All that the given tuples ask, in one. */
export function combineTuples(tuples: readonly RuleTuple[]): RuleTuple {
  return {
    lengthMin: Math.max(0, ...tuples.map((tuple) => tuple.lengthMin)),
    lengthMax: Math.min(submittedLengthMax, ...tuples.map((tuple) => tuple.lengthMax)),
    uppercase: tuples.some((tuple) => tuple.uppercase),
    lowercase: tuples.some((tuple) => tuple.lowercase),
    number: tuples.some((tuple) => tuple.number),
    symbol: tuples.some((tuple) => tuple.symbol),
    special: [...new Set(tuples.flatMap((tuple) => tuple.special))].sort(),
    breachedCheck: tuples.some((tuple) => tuple.breachedCheck),
  };
}

/** What tightened rules mean for a password that was validated under `validated`. */
export type TighteningVerdict = {
  /** At this sign-in the clear text must meet these rules, or a change is forced; null: nothing to check. */
  readonly check: RuleTuple | null;
  /** Layers whose date has passed without the password having been validated: a change is forced anyway. */
  readonly overdue: readonly LayerSource[];
};

/**
 * Tells which tightened rules act on an existing password now. `validated` is the tuple kept with the
 * password, null where none is known (then nothing counts as met). When the clear text meets the whole
 * effective policy at a sign-in, the shell keeps that policy's tuple, so nothing is asked twice.
 */
export function tightening(
  policy: EffectivePolicy,
  validated: RuleTuple | null,
  now: Instant,
): TighteningVerdict {
  const checks: RuleTuple[] = [];
  const overdue: LayerSource[] = [];
  for (const layer of policy.layers) {
    const tuple = layerTuple(layer, policy.values.passwordLengthMax);
    if (tupleAtLeastAsStrict(validated ?? unvalidated, tuple)) continue;
    if (layer.kind === 'programme' || layer.tightening.applies === 'next_sign_in') checks.push(tuple);
    else if (layer.tightening.applies === 'by_date' && layer.tightening.date <= now) {
      overdue.push(sourceOf(layer));
    }
  }
  return { check: checks.length === 0 ? null : combineTuples(checks), overdue };
}

/** A password about which nothing is known. */
const unvalidated: RuleTuple = {
  lengthMin: 0,
  lengthMax: submittedLengthMax,
  uppercase: false,
  lowercase: false,
  number: false,
  symbol: false,
  special: [],
  breachedCheck: false,
};
