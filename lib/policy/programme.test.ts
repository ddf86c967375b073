import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectivePolicy } from './effective';
import { expirationDue } from './password-age';
import { downgradeNoticeDays, pausesAt, planGate, plans } from './plan';
import { programmeValuesSchema } from './policy-schema';
import {
  type Cohort,
  carrierTemplate,
  dayOf,
  organizationDate,
  type ProgrammeItem,
  type ProgrammeMembership,
  personDate,
  programmeLayers,
  programmeNotice,
  publicationNeedsReason,
  readyFor,
} from './programme';
import { days } from './time';

const item = (more: Partial<ProgrammeItem> = {}): ProgrammeItem => ({
  id: 'i',
  control: 'second_factor',
  values: { secondFactorRequired: true, secondFactorStrength: 1 },
  cohort: { kind: 'all' },
  from: days(1000),
  to: null,
  spread: false,
  publishedAt: days(900),
  author: null,
  pauses: [],
  ...more,
});
const member = (more: Partial<ProgrammeMembership> = {}): ProgrammeMembership => ({
  organizationId: 'o',
  role: 'member',
  joinedAt: 0,
  smsEnabledAt: null,
  fraction: () => 0.5,
  extendedUntil: () => null,
  ...more,
});
const date = (over: Partial<ProgrammeItem>, memberships: readonly ProgrammeMembership[], createdAt = 0) =>
  personDate(item(over), { createdAt, memberships });

describe('an organization’s own date', () => {
  test('is spread over the window, both ends included, on whole days', () => {
    const window = { from: days(100), to: days(130), spread: true };
    expect(organizationDate(window, 0)).toBe(days(100));
    expect(organizationDate(window, 1 - 2 ** -53)).toBe(days(130));
    expect(organizationDate({ ...window, spread: false }, 0.9)).toBe(days(100));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (fraction) => {
        const own = organizationDate(window, fraction);
        expect(own >= window.from && own <= window.to && own % days(1) === 0).toBe(true);
      }),
    );
  });
});

describe('a person’s date', () => {
  const spread = { to: days(1030), spread: true };
  test('is the earliest of the organizations where they are not a guest', () => {
    const early = member({ fraction: () => 0 });
    const late = member({ organizationId: 'p', fraction: () => 0.99 });
    expect(date(spread, [late, early])).toBe(days(1000));
    expect(date(spread, [late, { ...early, role: 'guest' }])).toBe(days(1030));
  });
  test('is the end of the window without an organization, for cohorts of the whole platform', () => {
    expect(date(spread, [])).toBe(days(1030));
    expect(date(spread, [member({ role: 'guest' })])).toBe(days(1030));
    expect(date({ ...spread, cohort: { kind: 'sms_enabled' } }, [])).toBeNull();
  });
  test('leaves thirty days to who enters a cohort later, and none to a new account', () => {
    const cohort: Cohort = { kind: 'sms_enabled' };
    expect(date({ cohort }, [member()])).toBeNull();
    expect(date({ cohort }, [member({ smsEnabledAt: days(500) })])).toBe(days(1000));
    expect(date({ cohort }, [member({ smsEnabledAt: days(1100) })])).toBe(days(1130));
    expect(date({ cohort }, [member({ smsEnabledAt: days(500), joinedAt: days(1100) })], days(1100))).toBe(
      days(1000),
    );
  });
  test('binds new accounts since the item’s date, and no older one', () => {
    const cohort: Cohort = { kind: 'new_accounts' };
    expect(date({ cohort }, [], days(1000))).toBe(days(1000));
    expect(date({ cohort }, [], days(1000) - 1)).toBeNull();
  });
  test('of a named organization concerns its members', () => {
    const cohort: Cohort = { kind: 'named', organizationIds: ['o'] };
    expect(date({ cohort }, [member()])).toBe(days(1000));
    expect(date({ cohort }, [member({ organizationId: 'x' })])).toBeNull();
  });
  test('is delayed by an extension for that organization only', () => {
    const extended = member({ extendedUntil: () => days(1200) });
    expect(date({}, [extended])).toBe(days(1200));
    expect(date({}, [extended, member({ organizationId: 'p' })])).toBe(days(1000));
  });
  test('is shifted by a pause unless it was reached before', () => {
    const paused = (at: number, until: number | null) => date({ pauses: [{ at, until }] }, [member()]);
    expect(paused(days(990), null)).toBeNull();
    expect(paused(days(990), days(1010))).toBe(days(1020));
    expect(paused(days(1000), null)).toBe(days(1000));
    expect(
      date(
        {
          pauses: [
            { at: days(990), until: days(1000) },
            { at: days(1005), until: days(1006) },
          ],
        },
        [member()],
      ),
    ).toBe(days(1011));
  });
});

describe('in force', () => {
  const person = { createdAt: 0, memberships: [member()] };
  test('from the date on, and never before it is published', () => {
    expect(programmeLayers([item()], person, days(1000) - 1)).toEqual([]);
    expect(programmeLayers([item({ publishedAt: null })], person, days(2000))).toEqual([]);
    expect(programmeLayers([item()], person, days(1000))).toMatchObject([
      { kind: 'programme', since: days(1000), secondFactorEnabledAt: days(1000) },
    ]);
  });
  test('a rotation is due at the later of age and own date', () => {
    const rotation = item({ control: 'rotation', values: { passwordExpirationDays: 30 } });
    const policy = effectivePolicy(programmeLayers([rotation], person, days(1000)));
    expect(expirationDue(policy, { changedAt: days(1), spread: 0 })?.dueAt).toBe(days(1000));
    expect(expirationDue(policy, { changedAt: days(999), spread: 0 })?.dueAt).toBe(days(1029));
  });
});

test('notices stand 30, 14, 7, 1 and 0 days before, and end a day after', () => {
  const at = (before: number) => programmeNotice(days(1000), days(1000 - before));
  expect([31, 30, 20, 14, 7, 2, 1, 0, -0.5, -1].map(at)).toEqual([null, 30, 30, 14, 7, 7, 1, 0, 0, null]);
  expect(publicationNeedsReason(days(30), 1)).toBe(true);
  expect(publicationNeedsReason(days(30), 0)).toBe(false);
  expect(dayOf(days(3) + 5)).toBe(days(3));
});

test('who is ready is left alone', () => {
  const nobody = { strengthTowards: 0, contactEmailProven: false, passwordMeets: false, sso: false };
  expect(readyFor(item(), nobody)).toBe(false);
  expect(readyFor(item(), { ...nobody, strengthTowards: 1 })).toBe(true);
  expect(readyFor(item(), { ...nobody, sso: true })).toBe(true);
  expect(readyFor(item({ control: 'contact_email' }), nobody)).toBe(false);
  expect(readyFor(item({ control: 'rotation' }), nobody)).toBe(true);
});

test('the Carrier template has its three stages and values a programme may carry', () => {
  const drafts = carrierTemplate({ march: days(60), may: days(120), july: days(180) });
  const count = (from: number, kind: Cohort['kind']) =>
    drafts.filter((draft) => draft.from === days(from) && draft.cohort.kind === kind).length;
  expect([count(60, 'new_accounts'), count(60, 'sms_enabled'), count(120, 'all'), count(180, 'all')]).toEqual(
    [5, 5, 3, 2],
  );
  for (const draft of drafts) expect(programmeValuesSchema.safeParse(draft.values).success).toBe(true);
  expect(drafts.filter((draft) => draft.spread).map((draft) => draft.to)).toEqual([days(210), days(210)]);
});

test('an organization’s second-factor rule takes Pro, and a downgrade leaves a week', () => {
  expect(plans.map((plan) => planGate(plan, 'organizationSecondFactor').open)).toEqual([false, true, true]);
  expect(planGate('free', 'organizationSecondFactor').needs).toBe('pro');
  expect(pausesAt(0)).toBe(days(downgradeNoticeDays[0]));
});
