import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unboundPolicy } from './effective';
import { activityInterval, foreseenEnds, type SessionFacts, sessionEnds, sessionLapse } from './session';
import { hours, minutes, seconds } from './time';

const values = unboundPolicy.values;
const began = 1_800_000_000_000;
const web: SessionFacts = {
  kind: 'web',
  createdAt: began,
  lastActiveAt: began,
  overallMinutesAtCreation: 24 * 60,
};

describe('overall timeout', () => {
  test('a web session without any policy runs 24 hours, to the millisecond', () => {
    expect(sessionLapse(web, values, began + hours(24) - 1)).toBeNull();
    expect(sessionLapse(web, values, began + hours(24))).toBe('overall_timeout');
  });

  test('tightening acts at once, loosening never extends a running session', () => {
    const tight = { ...values, webSessionHours: 1 };
    expect(sessionLapse(web, tight, began + hours(1))).toBe('overall_timeout');
    const loose = { ...values, webSessionHours: 8760 };
    expect(sessionLapse(web, loose, began + hours(24))).toBe('overall_timeout');
  });

  test('mobile and desktop sessions do not expire unless a limit is set', () => {
    for (const kind of ['mobile', 'desktop'] as const)
      expect(sessionEnds({ ...web, kind, overallMinutesAtCreation: null }, values)).toEqual({
        overall: null,
        idle: null,
      });
    const limited = { ...values, mobileSessionHours: 2 };
    expect(sessionEnds({ ...web, kind: 'mobile', overallMinutesAtCreation: null }, limited).overall).toBe(
      began + hours(2),
    );
  });
});

describe('idle timeout', () => {
  test('counts from the last activity with the limit of now, in web sessions only', () => {
    const idle = { ...values, webSessionIdleMinutes: 15 };
    const active = { ...web, lastActiveAt: began + minutes(60) };
    expect(sessionLapse(active, idle, began + minutes(75) - 1)).toBeNull();
    expect(sessionLapse(active, idle, began + minutes(75))).toBe('idle');
    expect(sessionEnds({ ...active, kind: 'desktop' }, idle).idle).toBeNull();
  });

  test('activity is written at most every minute or tenth of the limit', () => {
    expect(activityInterval(null)).toBe(seconds(60));
    expect(activityInterval(1)).toBe(seconds(6));
    expect(activityInterval(1440)).toBe(seconds(60));
  });
});

test('switching a kind off ends its sessions', () => {
  const off = { ...values, mobileSessionsAllowed: false };
  expect(sessionLapse({ ...web, kind: 'mobile' }, off, began)).toBe('kind_disabled');
  expect(sessionLapse({ ...web, kind: 'desktop' }, off, began)).toBeNull();
});

test('a stricter limit never lets a session run longer', () => {
  const limit = fc.integer({ min: 1, max: 8760 });
  fc.assert(
    fc.property(limit, limit, limit, (creation, now, later) => {
      const facts = { ...web, overallMinutesAtCreation: creation * 60 };
      const end = (webSessionHours: number) =>
        sessionEnds(facts, { ...values, webSessionHours }).overall ?? 0;
      return end(Math.min(now, later)) <= end(Math.max(now, later));
    }),
  );
});

describe('what is told before an end', () => {
  test('two minutes ahead, but never in the first half of a short idle limit', () => {
    const ends = { overall: began + hours(1), idle: began + minutes(30) };
    expect(foreseenEnds(ends, 30)).toEqual({
      overall: { at: began + hours(1), warnAt: began + minutes(58) },
      idle: { at: began + minutes(30), warnAt: began + minutes(28) },
    });
    const short = foreseenEnds({ overall: null, idle: began + minutes(1) }, 1);
    expect(short).toEqual({ overall: null, idle: { at: began + minutes(1), warnAt: began + seconds(30) } });
  });

  test('a session that ends at no moment is told nothing', () => {
    expect(foreseenEnds({ overall: null, idle: null }, null)).toEqual({ overall: null, idle: null });
  });
});
