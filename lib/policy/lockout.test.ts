import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ceilingVerdict,
  freshPool,
  type Pool,
  poolSize,
  reserveTry,
  secondFactorPausedUntil,
  settleTry,
} from './lockout';
import { hours, minutes, seconds } from './time';

const fail = (pool: Pool, now: number, lockMinutes = 15): Pool =>
  settleTry(reserveTry(pool, now).pool, { reservedAt: now, correct: false, lockMinutes }, now);
const failed = (times: number, now = 0): Pool => {
  let pool = freshPool;
  for (let count = 0; count < times; count += 1) pool = fail(pool, now);
  return pool;
};

describe('a pool of five', () => {
  test('the fifth failure locks at once, for the policy’s minutes', () => {
    expect(reserveTry(failed(4), 0).verdict).toEqual({ code: 'granted' });
    expect(reserveTry(failed(5), 0).verdict).toEqual({ code: 'locked_out', until: minutes(15) });
    expect(reserveTry(failed(5), minutes(15) - 1).verdict.code).toBe('locked_out');
    expect(reserveTry(failed(5), minutes(15)).verdict.code).toBe('granted');
  });
  test('tries during the lock are not verified and do not prolong it', () => {
    const locked = failed(5);
    expect(reserveTry(locked, minutes(14)).pool).toEqual(locked);
  });
  test('a right password, a day without failure and the end of the lock count from zero', () => {
    const right = settleTry(
      reserveTry(failed(4), 1).pool,
      { reservedAt: 1, correct: true, lockMinutes: 15 },
      2,
    );
    expect(right).toEqual(freshPool);
    expect(fail(failed(4), hours(24) - 1).lockedUntil).not.toBeNull();
    expect(fail(failed(4), hours(24)).failures).toBe(1);
    expect(fail(failed(5), minutes(15)).failures).toBe(1);
  });
  test('a try that never ends gives its place back', () => {
    let pool = freshPool;
    for (let count = 0; count < poolSize; count += 1) pool = reserveTry(pool, 0).pool;
    expect(reserveTry(pool, 1).verdict).toEqual({ code: 'wait', retryAt: seconds(30) });
    expect(reserveTry(pool, seconds(30)).verdict.code).toBe('granted');
  });
  test('however tries interleave, five wrong ones are verified and right ones never lock', () => {
    const schedule = fc.array(fc.constantFrom('begin', 'end'), { minLength: 20, maxLength: 120 });
    fc.assert(
      fc.property(schedule, fc.boolean(), (moves, correct) => {
        let pool = freshPool;
        let [open, verified] = [0, 0];
        for (const move of moves) {
          if (move === 'begin') {
            const tried = reserveTry(pool, 1);
            if (tried.verdict.code === 'granted') open += 1;
            expect(correct && tried.verdict.code === 'locked_out').toBe(false);
            pool = tried.pool;
          } else if (open > 0) {
            open -= 1;
            verified += 1;
            pool = settleTry(pool, { reservedAt: 1, correct, lockMinutes: 15 }, 1);
          }
        }
        if (!correct) expect(verified + open).toBeLessThanOrEqual(poolSize);
      }),
    );
  });
});

test('the ceiling falls at one hundred, with mail at each tenth', () => {
  expect(ceilingVerdict(99)).toEqual({ reached: false, mail: false });
  expect(ceilingVerdict(100)).toEqual({ reached: true, mail: true });
  expect(ceilingVerdict(30)).toEqual({ reached: false, mail: true });
  expect(ceilingVerdict(0).mail).toBe(false);
});

describe('wrong second factors', () => {
  const wrong = (count: number, gap: number) => Array.from({ length: count }, (_, at) => at * gap);
  test('pause for 15 minutes after ten within an hour', () => {
    expect(secondFactorPausedUntil(wrong(9, 0), 0)).toBeNull();
    expect(secondFactorPausedUntil(wrong(10, minutes(1)), minutes(9))).toBe(minutes(24));
    expect(secondFactorPausedUntil(wrong(10, minutes(1)), minutes(24))).toBeNull();
    expect(secondFactorPausedUntil(wrong(10, minutes(7)), minutes(63))).toBeNull();
  });
});
