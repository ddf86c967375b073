import { type RuleTuple, tupleAtLeastAsStrict } from './password';
import { basePolicy, type Policy } from './policy';
import type { Instant } from './time';

/** How a saved version reaches what existed before it (spec 2.3). */
export type VersionTerms = {
  readonly tightening: 'next_sign_in' | 'next_change' | 'by_date';
  readonly tighteningBy: Instant | null;
  /** First expiries are spread over this many days, 0 to 30. */
  readonly expirationSpreadDays: number;
};

const rulesOf = (policy: Policy): RuleTuple => ({
  lengthMin: policy.passwordLengthMin,
  lengthMax: policy.passwordLengthMax,
  uppercase: policy.passwordUppercase,
  lowercase: policy.passwordLowercase,
  number: policy.passwordNumber,
  symbol: policy.passwordSymbol,
  special: [],
  breachedCheck: policy.breachedCheck,
});

/**
 * Which terms a change from `before` to `after` gives any choice about: when tightened password rules reach passwords
 * that exist, and over how many days first expiries are spread. `before` null: nothing binds anybody yet.
 */
export function termsAsked(before: Policy | null, after: Policy) {
  const was = before ?? basePolicy;
  return {
    tightening: !tupleAtLeastAsStrict(rulesOf(was), rulesOf(after)),
    spread: was.passwordExpirationDays === null && after.passwordExpirationDays !== null,
  };
}

type Termed = VersionTerms & { readonly body: Policy };

/**
 * The terms under which a draft is saved: its own where the change asks for them, else those of the version it follows,
 * so that an unrelated save moves neither an expiry nor the moment a rule reaches existing passwords.
 */
export function termsOfSave(newest: Termed, draft: Termed, isActive: boolean): VersionTerms {
  const asked = termsAsked(isActive ? newest.body : null, draft.body);
  const { tightening, tighteningBy } = asked.tightening ? draft : newest;
  const { expirationSpreadDays } = asked.spread ? draft : newest;
  return { tightening, tighteningBy, expirationSpreadDays };
}
