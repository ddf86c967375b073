import type { LayerValues } from './policy';
import { days, type Instant } from './time';

/** Where a value comes from, as the screens say it: "platform programme, since 18 March". */
export type LayerSource = {
  readonly kind: 'programme' | 'domain';
  /** The programme item's id, or the domain policy's. */
  readonly id: string;
  /** "Platform programme", or the domain. */
  readonly name: string;
  readonly version: number;
  readonly author: string | null;
  /** Since when this version is in force; for a programme item, this person's own date. */
  readonly since: Instant;
};

/**
 * When a tightened password rule reaches passwords that exist already; chosen with each saved version.
 * A programme item always acts at the next sign-in.
 */
export type Tightening =
  | { readonly applies: 'next_sign_in' }
  | { readonly applies: 'next_change' }
  | { readonly applies: 'by_date'; readonly date: Instant };

export const tighteningChoices = ['next_sign_in', 'next_change', 'by_date'] as const;

/** One set of rules in force for an account: a programme item or its domain's policy. */
export type PolicyLayer = LayerSource & {
  readonly values: LayerValues;
  readonly tightening: Tightening;
  /** When expiration was switched on (domain), or the person's own date (programme); null while it is off. */
  readonly expirationEnabledAt: Instant | null;
  /** First expiries are spread over this many days, 0 to 30. */
  readonly expirationSpreadDays: number;
  /** When the second factor was made mandatory by this layer; null while it is not. */
  readonly secondFactorEnabledAt: Instant | null;
  /** When this layer last raised its minimum strength, and from what; absent where it never did. */
  readonly secondFactorRaised?: { readonly at: Instant; readonly from: number } | null;
};

/** The part of a layer that names it. */
export const sourceOf = (layer: PolicyLayer): LayerSource => ({
  kind: layer.kind,
  id: layer.id,
  name: layer.name,
  version: layer.version,
  author: layer.author,
  since: layer.since,
});

/** Switching a rule off and on again within this time keeps its earlier `enabled_at`. */
export const enablementMemory = days(7);

/**
 * The `enabled_at` of a rule switched on at `now`: the former one if it was off for at most 7 days, so that
 * off-and-on gives nobody a new grace period.
 */
export function enabledAt(
  former: { readonly enabledAt: Instant; readonly disabledAt: Instant } | null,
  now: Instant,
): Instant {
  return former !== null && now - former.disabledAt <= enablementMemory ? former.enabledAt : now;
}
