import type { EffectivePolicy } from './effective';
import { accountMandates, type Mandate } from './mandate';
import { type RuleTuple, ruleTuple, tupleAtLeastAsStrict } from './password';
import { expirationTerms } from './password-age';
import { sessionTerms } from './session';

/** A policy with what depends on it alone, found once and asked about everybody. */
export type Side = {
  readonly policy: EffectivePolicy;
  readonly mandates: readonly Mandate[];
  /** The strength of second factor asked for; 0 where none is. */
  readonly requiredStrength: number;
  readonly rules: RuleTuple;
};

/** Which verdicts two policies can give differently about the same member; the others need not be asked. */
export type Moves = {
  readonly sessions: boolean;
  readonly secondFactor: boolean;
  readonly rules: boolean;
  readonly expiration: boolean;
};

export type Comparison = { readonly before: Side; readonly after: Side; readonly moves: Moves };

/** Prepares one side of comparisons. */
export function sideOf(policy: EffectivePolicy): Side {
  const { secondFactorRequired, secondFactorStrength } = policy.values;
  return {
    policy,
    mandates: accountMandates(policy),
    requiredStrength: secondFactorRequired ? secondFactorStrength : 0,
    rules: ruleTuple(policy.values),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who may come from where. */
const addressTerms = (policy: EffectivePolicy) =>
  policy.values.allowList.enforced.map(({ entries }) => entries);

/** Sets one policy against another. A verdict that reads the same from both sides is no difference for anybody. */
export function comparison(before: Side, after: Side): Comparison {
  const differ = (terms: (side: Side) => unknown) => !same(terms(before), terms(after));
  return {
    before,
    after,
    moves: {
      sessions: differ(({ policy }) => [sessionTerms(policy.values), addressTerms(policy)]),
      secondFactor: differ(({ mandates, requiredStrength }) => [mandates, requiredStrength]),
      rules: !tupleAtLeastAsStrict(before.rules, after.rules),
      expiration: differ(({ policy }) => policy.layers.flatMap((layer) => expirationTerms(layer) ?? [])),
    },
  };
}
