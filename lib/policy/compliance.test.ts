import { describe, expect, test } from 'vitest';
import { type BoardFacts, complianceOf, daysUntil, factorGrade, overallStanding } from './compliance';
import { effectivePolicy } from './effective';
import { layerOf } from './policy-arbitraries';
import { days, hours } from './time';

const now = days(1000);
const ready: BoardFacts = {
  sso: false,
  password: {
    changedAt: now,
    spread: 0,
    setByAdminAt: null,
    promptedAt: null,
    foundBreached: false,
    belowPolicy: null,
  },
  strengthTowards: 3,
  mail: {
    loginEmail: 'a@northwind.example',
    loginEmailProvenAt: 1,
    contactEmail: 'a@northwind.example',
    contactEmailProvenAt: 1,
    contactEmailBouncedAt: null,
  },
  organizationMandate: null,
};
const enabled = { expirationEnabledAt: 0, secondFactorEnabledAt: now };
const policy = effectivePolicy([
  layerOf('d', { passwordExpirationDays: 90, secondFactorRequired: true, secondFactorStrength: 2 }, enabled),
  layerOf('p', { contactEmailRequired: true }, { kind: 'programme' }),
]);
const of = (facts: Partial<BoardFacts>) => complianceOf(policy, { ...ready, ...facts }, now);
const password = (more: Partial<NonNullable<BoardFacts['password']>>): Partial<BoardFacts> =>
  ready.password === null ? {} : { password: { ...ready.password, ...more } };

describe('the board', () => {
  test('shows who is ready as compliant', () => {
    expect(of({}).map(({ state }) => state)).toEqual(['compliant', 'compliant', 'compliant']);
    expect(overallStanding(of({}))).toEqual({ state: 'compliant', at: days(1090) });
  });
  test('shows an expiry within two weeks as due, and a past one as blocked, with whose rule it is', () => {
    expect(of(password({ changedAt: now - days(80) }))[0]).toEqual({
      rule: 'password',
      state: 'due',
      at: now + days(10),
      by: ['d.example'],
    });
    expect(of(password({ changedAt: now - days(90) }))[0]).toMatchObject({
      state: 'blocked',
      by: ['d.example'],
    });
    expect(of(password({ promptedAt: 5 }))[0]).toMatchObject({ state: 'blocked', at: 5 });
  });
  test('shows the grace of a mandate, the organization’s own among them', () => {
    expect(of({ strengthTowards: 1 })[1]).toMatchObject({
      state: 'due',
      at: now + hours(24),
      by: ['d.example'],
    });
    const organizationMandate = {
      kind: 'organization' as const,
      id: 'o',
      name: 'Northwind',
      effectiveFrom: 0,
      graceHours: 24,
      strength: 4,
    };
    expect(of({ organizationMandate })[1]).toMatchObject({ state: 'blocked', by: ['Northwind'] });
  });
  test('shows a contact email that is required and not proven as blocked', () => {
    const mail = { ...ready.mail, contactEmailProvenAt: null };
    expect(of({ mail })[2]).toMatchObject({ state: 'blocked', by: ['p.example'] });
  });
  test('asks nothing of SSO, and says the gravest word with its earliest date', () => {
    expect(overallStanding(of({ sso: true, strengthTowards: 0 }))).toEqual({ state: 'sso', at: null });
    expect(overallStanding(of({ strengthTowards: 0, ...password({ changedAt: now - days(85) }) }))).toEqual({
      state: 'due',
      at: now + hours(24),
    });
  });
  test('grades factors and counts days', () => {
    expect([0, 1, 2, 3, 4].map(factorGrade)).toEqual(['none', 'weak', 'weak', 'secure', 'secure']);
    expect(daysUntil(now + hours(25), now)).toBe(2);
    expect(daysUntil(now - 1, now)).toBe(0);
  });
});
