import { describe, expect, test } from 'vitest';
import { effectivePolicy } from './effective';
import type { PolicyLayer } from './layer';
import {
  type ChangeFacts,
  changeDue,
  checkMinimumAge,
  expirationDue,
  expirationWarning,
  temporaryPasswordExpired,
} from './password-age';
import { layerOf } from './policy-arbitraries';
import { days, hours } from './time';

const expiring = (period: number, more: Partial<PolicyLayer> = {}) =>
  layerOf('d', { passwordExpirationDays: period }, { expirationEnabledAt: days(1000), ...more });
const due = (changedAt: number, spread: number, ...layers: PolicyLayer[]) =>
  expirationDue(effectivePolicy(layers), { changedAt, spread })?.dueAt;

describe('expiration', () => {
  test('a domain counts from the change, and leaves a week after it was switched on', () => {
    expect(due(days(990), 0, expiring(90))).toBe(days(1080));
    expect(due(days(100), 0, expiring(90))).toBe(days(1007));
    expect(due(days(990), 0, layerOf('d', {}))).toBeUndefined();
  });
  test('spreads the first expiry only', () => {
    const spread = expiring(90, { expirationSpreadDays: 30 });
    expect(due(days(100), 0.999, spread)).toBe(days(1037));
    expect(due(days(100), 0, spread)).toBe(days(1007));
    expect(due(days(1001), 0.999, spread)).toBe(days(1091));
  });
  test('a programme item counts from the person’s own date without a week', () => {
    const item = expiring(30, { id: 'p', kind: 'programme' });
    expect(due(days(100), 0, item)).toBe(days(1000));
    expect(due(days(990), 0, item)).toBe(days(1020));
  });
  test('each layer counts for itself and the earliest binds', () => {
    const domain = expiring(90, { expirationEnabledAt: days(1000) });
    const programme = expiring(365, { id: 'p', kind: 'programme', expirationEnabledAt: days(900) });
    const policy = effectivePolicy([domain, programme]);
    const bound = expirationDue(policy, { changedAt: days(500), spread: 0 });
    expect(bound).toMatchObject({ dueAt: days(900), source: { id: 'p' } });
  });
  test('warns at 14, 7, 3 and 1 days', () => {
    const at = (before: number) => expirationWarning(days(100), days(100) - before);
    expect([days(14) + 1, days(14), days(8), days(7), days(3), days(2), days(1), 1, 0].map(at)).toEqual([
      null,
      14,
      14,
      7,
      3,
      3,
      1,
      1,
      null,
    ]);
  });
});

const facts: ChangeFacts = {
  changedAt: 0,
  spread: 0,
  setByAdminAt: null,
  promptedAt: null,
  foundBreached: false,
  belowPolicy: null,
};

describe('a change is due', () => {
  const policy = effectivePolicy([expiring(90)]);
  test('to the second of the expiry', () => {
    expect(changeDue(policy, facts, days(1007) - 1)).toBeNull();
    expect(changeDue(policy, facts, days(1007))).toMatchObject({ reason: 'expired', since: days(1007) });
  });
  test.each<[Partial<ChangeFacts>, string]>([
    [{ setByAdminAt: 5, promptedAt: 6 }, 'temporary'],
    [{ promptedAt: 6, foundBreached: true }, 'prompted'],
    [{ foundBreached: true, belowPolicy: [] }, 'breached'],
    [{ belowPolicy: [] }, 'below_policy'],
  ])('for %o: %s', (more, reason) => {
    expect(changeDue(policy, { ...facts, ...more }, 0)?.reason).toBe(reason);
  });
  test('a password set by an admin signs in for 72 hours', () => {
    expect(temporaryPasswordExpired(100, 100 + hours(72) - 1)).toBe(false);
    expect(temporaryPasswordExpired(100, 100 + hours(72))).toBe(true);
    expect(temporaryPasswordExpired(null, 1e15)).toBe(false);
  });
});

describe('the minimum age', () => {
  const policy = effectivePolicy([layerOf('d', { passwordMinimumAgeHours: 24 })]);
  const change = (occasion: Parameters<typeof checkMinimumAge>[1]['occasion'], now: number) =>
    checkMinimumAge(policy, { occasion, changedAt: 0 }, now);
  test('refuses a voluntary change until its exact moment', () => {
    expect(change('voluntary', hours(24) - 1)).toEqual({
      ok: false,
      error: { code: 'too_young', minimumHours: 24, allowedAt: hours(24) },
    });
    expect(change('voluntary', hours(24)).ok).toBe(true);
  });
  test('leaves every other occasion alone', () => {
    for (const occasion of ['forgot_password', 'forced', 'first_after_given'] as const) {
      expect(change(occasion, 0).ok).toBe(true);
    }
  });
});
