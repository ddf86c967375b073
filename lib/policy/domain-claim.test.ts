import { describe, expect, it } from 'vitest';
import {
  afterCheck,
  claimRecord,
  doubledHost,
  type RecordAnswer,
  type StandingClaim,
  sight,
  sightings,
} from './domain-claim';
import { days, hours } from './time';

const absent: RecordAnswer = { state: 'absent' };
const present = (...values: string[]): RecordAnswer => ({ state: 'present', values });
const tokens = { token: 'abc123', previousToken: 'old999' };

describe('the record', () => {
  it('stands under the challenge label of the domain', () =>
    expect(claimRecord('northwind.example', 'abc')).toEqual({
      type: 'TXT',
      hostShort: '_gatehouse-challenge',
      hostFull: '_gatehouse-challenge.northwind.example',
      value: 'gatehouse-verify=abc',
    }));
  it('may lie at the doubled suffix', () =>
    expect(doubledHost('a.example')).toBe('_gatehouse-challenge.a.example.a.example'));
});

describe('what was seen', () => {
  it.each([
    [present('gatehouse-verify=abc123'), null, 'proven'],
    [present('GATEHOUSE-VERIFY=ABC123'), null, 'proven'],
    [present('v=spf1 -all', '  "gatehouse-verify=abc123" '), null, 'proven'],
    [present('gatehouse-verify=abc123.'), null, 'proven'],
    [present('gatehouse-verify=abc1234'), null, 'other_values'],
    [present('x gatehouse-verify=abc123'), null, 'other_values'],
    [present('gatehouse-verify=old999'), null, 'old_token'],
    [absent, present('gatehouse-verify=abc123'), 'doubled_suffix'],
    [absent, absent, 'not_found'],
    [{ state: 'failed', reason: 'server_failure' }, present('gatehouse-verify=abc123'), 'server_failure'],
    [{ state: 'failed', reason: 'timeout' }, null, 'timeout'],
  ] as const)('%j and %j is %s', (answer, doubled, expected) =>
    expect(sight(answer, tokens, doubled)).toBe(expected),
  );
});

const verified: StandingClaim = { state: 'verified', absentAnswers: 0, atRiskSince: null, remindersSent: 0 };
const now = Date.parse('2026-03-01T00:00:00Z');

describe('a claim in force', () => {
  it('is at risk after two clean absences in a row, not after one', () => {
    const once = afterCheck(verified, 'not_found', now);
    expect(once).toMatchObject({ state: 'verified', absentAnswers: 1, remind: null });
    const twice = afterCheck({ ...verified, absentAnswers: 1 }, 'not_found', now + days(1));
    expect(twice).toMatchObject({ state: 'at_risk', atRiskSince: now + days(1), remind: 0 });
  });
  it('never counts a failure to answer, however often', () => {
    for (const failure of ['server_failure', 'timeout', 'unreachable'] as const) {
      const checked = afterCheck({ ...verified, absentAnswers: 1 }, failure, now);
      expect(checked).toMatchObject({ state: 'verified', absentAnswers: 1, remind: null });
      const late = afterCheck(
        { state: 'at_risk', absentAnswers: 2, atRiskSince: now, remindersSent: 7 },
        failure,
        now + days(40),
      );
      expect(late.state).toBe('at_risk');
    }
  });
  it('is safe again at the first sight of the record', () =>
    expect(
      afterCheck({ state: 'at_risk', absentAnswers: 9, atRiskSince: now, remindersSent: 3 }, 'proven', now),
    ).toEqual({
      state: 'verified',
      absentAnswers: 0,
      atRiskSince: null,
      remindersSent: 0,
      remind: null,
    }));
  it('lapses thirty days after it was at risk, to the millisecond', () => {
    const risk: StandingClaim = { state: 'at_risk', absentAnswers: 2, atRiskSince: now, remindersSent: 7 };
    expect(afterCheck(risk, 'not_found', now + days(30) - 1).state).toBe('at_risk');
    expect(afterCheck(risk, 'not_found', now + days(30)).state).toBe('lapsed');
  });
  it('reminds on days 0, 1, 3, 7 and weekly, once each', () => {
    let claim: StandingClaim = { ...verified, absentAnswers: 1 };
    const reminded: number[] = [];
    for (let hour = 0; hour < 24 * 30; hour += 6) {
      const verdict = afterCheck(claim, 'not_found', now + hours(hour));
      if (verdict.remind !== null) reminded.push(verdict.remind);
      if (verdict.state === 'lapsed') break;
      claim = { ...verdict, state: verdict.state };
    }
    expect(reminded).toEqual([0, 1, 3, 7, 14, 21, 28]);
  });
  it('sends one reminder, not five, after nobody looked for a week', () =>
    expect(
      afterCheck(
        { state: 'at_risk', absentAnswers: 2, atRiskSince: now, remindersSent: 1 },
        'timeout',
        now + days(8),
      ),
    ).toMatchObject({
      remind: 7,
      remindersSent: 4,
    }));
  it('has a verdict for every sighting', () => {
    for (const sighting of sightings) expect(afterCheck(verified, sighting, now).state).toBe('verified');
  });
});
