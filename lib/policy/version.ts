import { enabledAt } from './layer';
import { raiseAfter } from './mandate';
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
  readonly secondFactorStrength: number;
  readonly secondFactorGraceHours: number;
  /** When the minimum strength rose above what `secondFactorEnabledAt` began with, and from what. */
  readonly secondFactorRaised: { readonly at: Instant; readonly from: number } | null;
};

/** How long a change that could shut people out stays live until an owner confirms it (spec 2.2). */
export const confirmationTime = minutes(10);

/** Since when the dated rules of a version hold. */
export type Enablement = Pick<
  VersionLife,
  'expirationEnabledAt' | 'secondFactorEnabledAt' | 'secondFactorRaised'
>;
type DatedRule = 'expirationEnabledAt' | 'secondFactorEnabledAt';

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

/** A time in which a policy bound people; `until` is null while it does. */
export type ActiveTime = { readonly since: Instant; readonly until: Instant | null };

/** What became of a saved version, as of `now`. */
export type VersionFate = 'stands' | 'scheduled' | 'awaits_confirmation' | 'reverted' | 'withdrawn';

/** Whether a version counts, will count, or why it does not. */
export function fateOf(version: VersionLife, now: Instant): VersionFate {
  const end = endOf(version);
  if (end <= now) return end < version.effectiveFrom ? 'withdrawn' : 'reverted';
  if (version.effectiveFrom > now) return 'scheduled';
  return end === Number.POSITIVE_INFINITY ? 'stands' : 'awaits_confirmation';
}

/** A time in which one version was the one that counts, whether or not the policy bound people meanwhile. */
export type Course<V> = { readonly version: V; readonly from: Instant; readonly to: Instant };

/** Which versions counted within `[from, to)`, one after another; none before the first. */
export function courseWithin<V extends VersionLife>(
  versions: readonly V[],
  from: Instant,
  to: Instant,
): readonly Course<V>[] {
  const marks = versions
    .flatMap((version) => [version.effectiveFrom, endOf(version)])
    .filter((mark) => mark > from && mark < to);
  const starts = [...new Set([from, ...marks])].sort((a, b) => a - b);
  const course: Course<V>[] = [];
  for (const [at, start] of starts.entries()) {
    const version = versionAt(versions, start);
    const end = starts[at + 1] ?? to;
    if (version === null || start >= end) continue;
    const last = course.at(-1);
    if (last?.version === version && last.to === start) course.splice(-1, 1, { ...last, to: end });
    else course.push({ version, from: start, to: end });
  }
  return course;
}

type History = {
  readonly versions: readonly VersionLife[];
  /** Every time in which the policy bound people, in any order. */
  readonly active: readonly ActiveTime[];
};

/** The last stretch within `[since, until)` in which a rule was on: since when it held, when it stopped, and by which version. */
function lastOn(versions: readonly VersionLife[], rule: DatedRule, since: Instant, until: Instant) {
  const last = courseWithin(versions, since, until).findLast(({ version }) => version[rule] !== null);
  const enabledAt = last?.version[rule] ?? null;
  return last && enabledAt !== null ? { enabledAt, disabledAt: last.to, version: last.version } : null;
}

function former(rule: DatedRule, { versions, active }: History, at: Instant) {
  for (const { since, until } of [...active].sort((a, b) => b.since - a.since)) {
    const found = lastOn(versions, rule, since, Math.min(until ?? at, at));
    if (found !== null) return found;
  }
  return null;
}

/** What a version asked of second factors, as far as a raise looks back at it. */
const termsOf = (version: VersionLife) => ({
  strength: version.secondFactorStrength,
  graceHours: version.secondFactorGraceHours,
  raised: version.secondFactorRaised,
});

/**
 * Since when the dated rules of a body that takes effect at `at` hold: a rule that was in force until at most 7 days
 * before keeps its earlier date, so that switching off and on, the rule or the policy as a whole, gives nobody a new grace.
 * `on.secondFactor` is the minimum strength, null where the second factor is left to choice.
 */
export function enablementAt(
  on: { readonly expiration: boolean; readonly secondFactor: number | null },
  history: History,
  at: Instant,
): Enablement {
  const expiration = on.expiration ? enabledAt(former('expirationEnabledAt', history, at), at) : null;
  if (on.secondFactor === null)
    return { expirationEnabledAt: expiration, secondFactorEnabledAt: null, secondFactorRaised: null };
  const was = former('secondFactorEnabledAt', history, at);
  const since = enabledAt(was, at);
  const raised =
    was !== null && since === was.enabledAt ? raiseAfter(termsOf(was.version), on.secondFactor, at) : null;
  return { expirationEnabledAt: expiration, secondFactorEnabledAt: since, secondFactorRaised: raised };
}
