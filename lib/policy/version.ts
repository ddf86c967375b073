import { enabledAt } from './layer';
import { type Instant, minutes } from './time';

/** The life of one saved version of a policy, without its values. Instants in epoch milliseconds. */
export type VersionLife = {
  readonly number: number;
  readonly effectiveFrom: Instant;
  /** Unless confirmed, the version stops counting at this moment; before `effectiveFrom` it was withdrawn. */
  readonly revertAt: Instant | null;
  readonly confirmedAt: Instant | null;
  /** Null exactly while the version leaves expiration off. */
  readonly expirationEnabledAt: Instant | null;
  /** Null exactly while the version leaves the second factor to choice. */
  readonly secondFactorEnabledAt: Instant | null;
};

/** How long a change that could shut people out stays live until an owner confirms it (spec 2.2). */
export const confirmationTime = minutes(10);

/** Since when the dated rules of a version hold. */
export type Enablement = Pick<VersionLife, 'expirationEnabledAt' | 'secondFactorEnabledAt'>;

const endOf = (version: VersionLife): Instant =>
  version.revertAt === null || version.confirmedAt !== null ? Number.POSITIVE_INFINITY : version.revertAt;

const later = <V extends VersionLife>(a: V, b: V): V =>
  b.effectiveFrom > a.effectiveFrom || (b.effectiveFrom === a.effectiveFrom && b.number > a.number) ? b : a;

const latestOf = <V extends VersionLife>(versions: readonly V[]): V | null =>
  versions.length === 0 ? null : versions.reduce(later);

/** The version that counts at an instant, or null before the first. */
export const versionAt = <V extends VersionLife>(versions: readonly V[], at: Instant): V | null =>
  latestOf(versions.filter((version) => version.effectiveFrom <= at && endOf(version) > at));

/** The version that counts at an instant if nothing that still awaits its confirmation is confirmed. */
export const settledAt = <V extends VersionLife>(versions: readonly V[], at: Instant): V | null =>
  versionAt(
    versions.filter((version) => endOf(version) === Number.POSITIVE_INFINITY),
    at,
  );

/** The newest version that was neither withdrawn nor reverted: what an edit begins from. */
export function newestVersion<V extends VersionLife>(versions: readonly V[], now: Instant): V | null {
  const standing = versions.filter((version) => endOf(version) > now);
  return standing.length === 0 ? null : standing.reduce((a, b) => (b.number > a.number ? b : a));
}

/** Versions whose time has not come and that were not withdrawn, the next first. */
export const scheduledVersions = <V extends VersionLife>(
  versions: readonly V[],
  now: Instant,
): readonly V[] =>
  versions
    .filter((version) => version.effectiveFrom > now && endOf(version) > version.effectiveFrom)
    .sort((a, b) => a.effectiveFrom - b.effectiveFrom);

/** Versions that are live and still await their confirmation. */
export const unconfirmedVersions = <V extends VersionLife>(
  versions: readonly V[],
  now: Instant,
): readonly V[] =>
  versions.filter(
    (version) =>
      version.effectiveFrom <= now && endOf(version) > now && endOf(version) < Number.POSITIVE_INFINITY,
  );

/** The time in which a policy bound people; `until` is null while it does. */
export type ActiveTime = { readonly since: Instant; readonly until: Instant | null };

/** The last stretch within `[since, until)` in which a rule was on: since when it held, and when it stopped. */
function lastOn(versions: readonly VersionLife[], rule: keyof Enablement, since: Instant, until: Instant) {
  const marks = versions
    .flatMap((version) => [version.effectiveFrom, endOf(version)])
    .filter((mark) => mark > since && mark < until);
  const starts = [...new Set([since, ...marks])].sort((a, b) => b - a);
  let end = until;
  for (const start of starts) {
    const on = versionAt(versions, start)?.[rule] ?? null;
    if (on !== null && start < end) return { enabledAt: on, disabledAt: end };
    end = start;
  }
  return null;
}

/**
 * Since when the dated rules of a body that takes effect at `at` hold: a rule that was in force until at most 7 days
 * before keeps its earlier date, so that switching off and on gives nobody a new grace. `active` is the last time in
 * which the policy bound people, null if it never did.
 */
export function enablementAt(
  on: { readonly expiration: boolean; readonly secondFactor: boolean },
  history: { readonly versions: readonly VersionLife[]; readonly active: ActiveTime | null },
  at: Instant,
): Enablement {
  const since = (rule: keyof Enablement): Instant => {
    if (history.active === null) return at;
    const until = Math.min(history.active.until ?? at, at);
    return enabledAt(lastOn(history.versions, rule, history.active.since, until), at);
  };
  return {
    expirationEnabledAt: on.expiration ? since('expirationEnabledAt') : null,
    secondFactorEnabledAt: on.secondFactor ? since('secondFactorEnabledAt') : null,
  };
}
