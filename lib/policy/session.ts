import type { EffectiveValues } from './effective';
import { hours, type Instant, type Milliseconds, minutes, seconds } from './time';

/** A session as its row tells it. `overallMinutesAtCreation` is null where its kind did not expire. */
export type SessionFacts = {
  readonly kind: 'web' | 'mobile' | 'desktop';
  readonly createdAt: Instant;
  readonly lastActiveAt: Instant;
  readonly overallMinutesAtCreation: number | null;
};

type SessionValues = Pick<
  EffectiveValues,
  | 'webSessionHours'
  | 'mobileSessionHours'
  | 'desktopSessionHours'
  | 'webSessionIdleMinutes'
  | 'mobileSessionsAllowed'
  | 'desktopSessionsAllowed'
>;

/** When a session ends by itself: never (`null`) or at an instant. */
export type SessionEnds = { readonly overall: Instant | null; readonly idle: Instant | null };

/** Why a session has ended without anybody ending it. */
export type SessionLapse = 'overall_timeout' | 'idle' | 'kind_disabled';

/** The overall limit in hours of a kind of session today (spec 2.4); null where that kind does not expire. */
export function overallHours(kind: SessionFacts['kind'], values: SessionValues): number | null {
  switch (kind) {
    case 'web':
      return values.webSessionHours;
    case 'mobile':
      return values.mobileSessionHours;
    case 'desktop':
      return values.desktopSessionHours;
  }
}

/** Whether sessions of a kind may exist at all. */
export function isKindAllowed(kind: SessionFacts['kind'], values: SessionValues): boolean {
  switch (kind) {
    case 'web':
      return true;
    case 'mobile':
      return values.mobileSessionsAllowed;
    case 'desktop':
      return values.desktopSessionsAllowed;
  }
}

/** All that the values say about how long sessions serve: two policies with the same terms end the same ones. */
export const sessionTerms = (values: SessionValues): SessionValues => ({
  webSessionHours: values.webSessionHours,
  mobileSessionHours: values.mobileSessionHours,
  desktopSessionHours: values.desktopSessionHours,
  webSessionIdleMinutes: values.webSessionIdleMinutes,
  mobileSessionsAllowed: values.mobileSessionsAllowed,
  desktopSessionsAllowed: values.desktopSessionsAllowed,
});

const earliest = (a: Milliseconds | null, b: Milliseconds | null): Milliseconds | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/**
 * Overall end = creation + min(limit at creation, limit now), so that loosening never extends a running session and
 * tightening acts at once. Idle end = last activity + limit now; only web sessions have one.
 */
export function sessionEnds(facts: SessionFacts, values: SessionValues): SessionEnds {
  const then = facts.overallMinutesAtCreation === null ? null : minutes(facts.overallMinutesAtCreation);
  const limit = overallHours(facts.kind, values);
  const length = earliest(then, limit === null ? null : hours(limit));
  const idleMinutes = facts.kind === 'web' ? values.webSessionIdleMinutes : null;
  return {
    overall: length === null ? null : facts.createdAt + length,
    idle: idleMinutes === null ? null : facts.lastActiveAt + minutes(idleMinutes),
  };
}

/** Why the session is over at `now`, or null while it runs. The end itself is outside: at that instant it is over. */
export function sessionLapse(facts: SessionFacts, values: SessionValues, now: Instant): SessionLapse | null {
  if (!isKindAllowed(facts.kind, values)) return 'kind_disabled';
  const ends = sessionEnds(facts, values);
  if (ends.overall !== null && now >= ends.overall) return 'overall_timeout';
  if (ends.idle !== null && now >= ends.idle) return 'idle';
  return null;
}

/** An end with the moment from which the person is told of it. */
export type ForeseenEnd = { readonly at: Instant; readonly warnAt: Instant };

/** How long before its end a session's person is told (spec 2.4). */
const endWarning = minutes(2);

/** When the ends of a session are told: two minutes ahead, and never in the first half of a short idle limit. */
export function foreseenEnds(
  ends: SessionEnds,
  idleMinutes: number | null,
): { readonly overall: ForeseenEnd | null; readonly idle: ForeseenEnd | null } {
  const { overall, idle } = ends;
  const idleWarning = Math.min(endWarning, minutes(idleMinutes ?? 0) / 2);
  return {
    overall: overall === null ? null : { at: overall, warnAt: overall - endWarning },
    idle: idle === null || idleMinutes === null ? null : { at: idle, warnAt: idle - idleWarning },
  };
}

/**
 * How often activity is written: at most every 60 seconds, or a tenth of the idle limit. `lastActiveAt` may lag by one
 * interval, so an idle end may come early by that much, never late.
 */
export function activityInterval(idleMinutes: number | null): Milliseconds {
  return idleMinutes === null ? seconds(60) : Math.min(seconds(60), minutes(idleMinutes) / 10);
}
