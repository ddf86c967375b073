import { describe, expect, it } from 'vitest';
import { days, hours, minutes } from './time';
import {
  courseWithin,
  enablementAt,
  fateOf,
  newestVersion,
  scheduledVersions,
  settledAt,
  unconfirmedVersions,
  type VersionLife,
  versionAt,
} from './version';

const start = Date.UTC(2026, 0, 1);
const version = (number: number, effectiveFrom: number, more: Partial<VersionLife> = {}): VersionLife => ({
  number,
  effectiveFrom,
  revertAt: null,
  confirmedAt: null,
  expirationEnabledAt: null,
  secondFactorEnabledAt: null,
  secondFactorStrength: 2,
  secondFactorGraceHours: 24,
  secondFactorRaised: null,
  ...more,
});
const number = (found: VersionLife | null) => found?.number ?? null;

describe('the version that counts', () => {
  const tentative = version(2, start + hours(1), { revertAt: start + hours(1) + minutes(10) });
  const versions = [version(1, start), tentative, version(3, start + days(2))];

  it('is the latest whose time has come, to the millisecond', () => {
    expect(number(versionAt(versions, start - 1))).toBeNull();
    expect(number(versionAt(versions, start))).toBe(1);
    expect(number(versionAt(versions, start + days(2) - 1))).toBe(1);
    expect(number(versionAt(versions, start + days(2)))).toBe(3);
  });
  it('is the former one again when nobody confirmed', () => {
    expect(number(versionAt(versions, start + hours(1)))).toBe(2);
    expect(number(versionAt(versions, start + hours(1) + minutes(10) - 1))).toBe(2);
    expect(number(versionAt(versions, start + hours(1) + minutes(10)))).toBe(1);
    expect(number(settledAt(versions, start + hours(1)))).toBe(1);
    expect(unconfirmedVersions(versions, start + hours(1)).map(number)).toEqual([2]);
  });
  it('stays when it was confirmed', () => {
    const confirmed = [version(1, start), { ...tentative, confirmedAt: start + hours(1) + 1 }];
    expect(number(versionAt(confirmed, start + days(1)))).toBe(2);
    expect(unconfirmedVersions(confirmed, start + hours(1) + 2)).toEqual([]);
  });
  it('is never one that was withdrawn', () => {
    const withdrawn = [version(1, start), version(2, start + days(2), { revertAt: start + 5 })];
    expect(number(versionAt(withdrawn, start + days(3)))).toBe(1);
    expect(scheduledVersions(withdrawn, start + 6)).toEqual([]);
    expect(number(newestVersion(withdrawn, start + 6))).toBe(1);
  });
});

describe('the course of versions', () => {
  const reverted = version(2, start + days(2), { revertAt: start + days(2) + minutes(10) });
  const withdrawn = version(3, start + days(9), { revertAt: start + days(8) });
  const versions = [version(1, start), reverted, withdrawn, version(4, start + days(20))];
  const course = (from: number, to: number) =>
    courseWithin(versions, from, to).map((part) => [part.version.number, part.from, part.to]);

  it('tells which counted when, going back after one that nobody confirmed', () => {
    const [from, to] = [start - days(1), start + days(21)];
    expect(course(from, to)).toEqual([
      [1, start, start + days(2)],
      [2, start + days(2), start + days(2) + minutes(10)],
      [1, start + days(2) + minutes(10), start + days(20)],
      [4, start + days(20), to],
    ]);
    expect(course(start + days(5), start + days(6))).toEqual([[1, start + days(5), start + days(6)]]);
    expect(course(start - days(2), start - days(1))).toEqual([]);
  });
  it('says what became of each', () => {
    const now = start + days(10);
    expect(versions.map((each) => fateOf(each, now))).toEqual([
      'stands',
      'reverted',
      'withdrawn',
      'scheduled',
    ]);
    const open = version(5, start, { revertAt: now + 1 });
    expect([fateOf(open, now), fateOf(open, now + 1)]).toEqual(['awaits_confirmation', 'reverted']);
  });
});

describe('since when a rule holds', () => {
  const on = { expiration: true, secondFactor: 2 };
  const active = [{ since: start, until: null }];
  const was = version(1, start, { expirationEnabledAt: start, secondFactorEnabledAt: start });

  it('is from the beginning while it stays on', () => {
    expect(enablementAt(on, { versions: [was], active }, start + days(90)).secondFactorEnabledAt).toBe(start);
  });
  it.each([
    [days(7), start],
    [days(7) + 1, start + days(1) + days(7) + 1],
  ])('survives off and on within seven days, no longer (%d ms)', (pause, expected) => {
    const off = version(2, start + days(1));
    const at = start + days(1) + pause;
    expect(enablementAt(on, { versions: [was, off], active }, at).expirationEnabledAt).toBe(expected);
  });
  it('is new where the policy never bound anybody', () => {
    expect(enablementAt(on, { versions: [was], active: [] }, start + days(2))).toEqual({
      expirationEnabledAt: start + days(2),
      secondFactorEnabledAt: start + days(2),
      secondFactorRaised: null,
    });
  });
  it.each([
    [days(7), start],
    [days(8), start + days(11)],
  ])('survives a policy that was disabled for at most seven days (%d ms)', (pause, expected) => {
    const history = { versions: [was], active: [{ since: start, until: start + days(3) }] };
    expect(enablementAt(on, history, start + days(3) + pause).secondFactorEnabledAt).toBe(expected);
  });
  it('does not count versions that never bound anybody', () => {
    const history = {
      versions: [was, version(2, start + days(1))],
      active: [{ since: start + days(2), until: null }],
    };
    expect(enablementAt(on, history, start + days(3)).secondFactorEnabledAt).toBe(start + days(3));
  });
  it.each([
    [days(7), start],
    [days(7) + 1, start + days(1) + days(7) + 1],
  ])(
    'survives a policy that was off, then on without the rule, within seven days (%d ms)',
    (pause, expected) => {
      const without = version(2, start + days(3));
      const active = [
        { since: start + days(3), until: null },
        { since: start, until: start + days(1) },
      ];
      const since = enablementAt(on, { versions: [was, without], active }, start + days(1) + pause);
      expect(since).toMatchObject({ secondFactorEnabledAt: expected, expirationEnabledAt: expected });
    },
  );
  it('is null for a rule that is off', () => {
    expect(
      enablementAt({ expiration: false, secondFactor: null }, { versions: [was], active }, start + 1),
    ).toEqual({ expirationEnabledAt: null, secondFactorEnabledAt: null, secondFactorRaised: null });
  });
  it('keeps its date when the strength rises, and remembers the rise while the strength stays', () => {
    const at = start + days(1);
    const raised = enablementAt({ ...on, secondFactor: 3 }, { versions: [was], active }, at);
    expect(raised).toMatchObject({ secondFactorEnabledAt: start, secondFactorRaised: { at, from: 2 } });
    const versions = [was, version(2, at, { ...raised, secondFactorStrength: 3 })];
    const stays = enablementAt({ ...on, secondFactor: 3 }, { versions, active }, at + 1);
    expect(stays.secondFactorRaised).toEqual({ at, from: 2 });
    expect(
      enablementAt({ ...on, secondFactor: 1 }, { versions, active }, at + 1).secondFactorRaised,
    ).toBeNull();
  });
  it.each([
    ['within the grace of a first rise', hours(23), 2],
    ['after it', hours(24), 3],
  ])('gives the people of a second rise %s theirs', (_, passed, from) => {
    const first = start + days(1);
    const rise = { secondFactorEnabledAt: start, secondFactorRaised: { at: first, from: 2 } };
    const versions = [was, version(2, first, { ...rise, secondFactorStrength: 3 })];
    const at = first + passed;
    const again = enablementAt({ ...on, secondFactor: 4 }, { versions, active }, at);
    expect(again.secondFactorRaised).toEqual({ at, from });
  });
});
