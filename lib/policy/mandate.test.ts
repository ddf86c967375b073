import { describe, expect, test } from 'vitest';
import { effectivePolicy } from './effective';
import {
  accountMandates,
  type Mandate,
  mandateDeadline,
  mandateReminder,
  mandateStanding,
  organizationEntry,
  raiseAfter,
  requiredAtSignIn,
} from './mandate';
import { layerOf } from './policy-arbitraries';
import { hours } from './time';

const mandate: Mandate = {
  kind: 'organization',
  id: 'o',
  name: 'Northwind',
  effectiveFrom: 0,
  graceHours: 24,
  strength: 2,
};

describe('a deadline', () => {
  test('is computed from the record: open at 23:59, closed at 24:00', () => {
    expect(mandateDeadline(mandate, 0)).toBe(hours(24));
    expect(organizationEntry({ id: 'o', mandate }, 0, hours(24) - 1)).toEqual({
      state: 'grace',
      deadline: hours(24),
    });
    expect(organizationEntry({ id: 'o', mandate }, 0, hours(24))).toEqual({ state: 'blocked' });
    expect(organizationEntry({ id: 'o', mandate }, 2, hours(25))).toEqual({ state: 'open' });
    expect(organizationEntry({ id: 'o', mandate: null }, 0, hours(25))).toEqual({ state: 'open' });
  });
  test('moves at once when the grace is shortened', () => {
    expect(mandateDeadline({ ...mandate, graceHours: 1 }, 0)).toBe(hours(1));
  });
  test('after a raised strength counts anew for those who reached the former one, and only for them', () => {
    const raised = { ...mandate, strength: 3, raised: { at: hours(100), from: 2 } };
    expect(mandateDeadline(raised, 2)).toBe(hours(124));
    expect(mandateDeadline(raised, 1)).toBe(hours(24));
    expect(mandateDeadline(raised, 3)).toBeNull();
  });
  test('is reminded of 12 hours and 1 hour before', () => {
    const at = (graceHours: number) => (before: number) =>
      mandateReminder(hours(24), { graceHours, now: hours(24 - before) });
    expect([13, 12, 2, 1, 0].map(at(24))).toEqual([null, 12, 12, 1, null]);
  });
  test('is not reminded of where the whole grace is no longer than that', () => {
    const at = (graceHours: number) => (before: number) =>
      mandateReminder(hours(24), { graceHours, now: hours(24 - before) });
    expect([12, 6, 1].map(at(12))).toEqual([null, null, 1]);
    expect([1, 0.5].map(at(1))).toEqual([null, null]);
  });
  test('is kept by whoever was still within an earlier raise, and by nobody whose time was over', () => {
    const plain = { strength: 2, graceHours: 24, raised: null };
    expect(raiseAfter(plain, 3, hours(50))).toEqual({ at: hours(50), from: 2 });
    const raised = { strength: 3, graceHours: 24, raised: { at: hours(50), from: 2 } };
    expect(raiseAfter(raised, 4, hours(60))).toEqual({ at: hours(60), from: 2 });
    expect(raiseAfter(raised, 4, hours(74))).toEqual({ at: hours(74), from: 3 });
    expect(raiseAfter(raised, 3, hours(60))).toEqual(raised.raised);
    expect(raiseAfter(raised, 2, hours(60))).toBeNull();
  });
});

describe('several mandates', () => {
  const strict = { ...mandate, id: 's', strength: 4, effectiveFrom: hours(100) };
  test('demand the strongest of those whose time has come, and name the next', () => {
    expect(mandateStanding([mandate, strict], 0, hours(25))).toMatchObject({
      requiredNow: 2,
      next: { deadline: hours(24), mandate: { id: 'o' } },
    });
    expect(mandateStanding([mandate, strict], 2, hours(25))).toMatchObject({
      requiredNow: 2,
      next: { deadline: hours(124), mandate: { id: 's' } },
    });
    expect(mandateStanding([mandate, strict], 4, hours(200))).toEqual({ requiredNow: 4, next: null });
    expect(mandateStanding([], 0, 0)).toEqual({ requiredNow: 0, next: null });
  });
  test('of an organization stop the sign-in only where no other organization is open', () => {
    const at = { strength: 0, now: hours(25) };
    const closed = { id: 'o', mandate };
    const open = { id: 'p', mandate: null };
    expect(requiredAtSignIn([], [closed], at)).toBe(2);
    expect(requiredAtSignIn([], [closed, open], at)).toBe(0);
    expect(requiredAtSignIn([], [], at)).toBe(0);
    expect(requiredAtSignIn([{ ...mandate, kind: 'domain', strength: 3 }], [closed, open], at)).toBe(3);
  });
  test('of a running raise keep the former strength until the new one’s time', () => {
    const raised = { ...mandate, strength: 4, raised: { at: hours(100), from: 2 } };
    expect(mandateStanding([raised], 2, hours(123)).requiredNow).toBe(2);
    expect(mandateStanding([raised], 2, hours(124)).requiredNow).toBe(4);
  });
});

test('the layers of an account give its mandates, a programme without a grace of its own', () => {
  const policy = effectivePolicy([
    layerOf(
      'd',
      { secondFactorRequired: true, secondFactorGraceHours: 48, secondFactorStrength: 3 },
      { secondFactorEnabledAt: 7 },
    ),
    layerOf('p', { secondFactorRequired: true }, { kind: 'programme', since: 9 }),
    layerOf('q', { secondFactorRequired: false }),
  ]);
  expect(accountMandates(policy)).toMatchObject([
    { kind: 'domain', effectiveFrom: 7, graceHours: 48, strength: 3 },
    { kind: 'programme', effectiveFrom: 9, graceHours: 0, strength: 1 },
  ]);
});
