import { describe, expect, it } from 'vitest';
import { relativeText, remainingText } from './moment-text';

const noon = Date.UTC(2026, 10, 27, 8, 30);
const minutes = (count: number) => count * 60_000;

describe('a moment in words', () => {
  it('never tells a deadline later than it is', () => {
    expect(relativeText(noon + minutes(119), noon)).toBe('in 1 hour');
    expect(relativeText(noon + minutes(23 * 60), noon)).toBe('in 23 hours');
    expect(relativeText(noon + minutes(49 * 60), noon)).toBe('in 2 days');
  });

  it('looks back too', () => {
    expect(relativeText(noon - minutes(5), noon)).toBe('5 minutes ago');
    expect(relativeText(noon - 10, noon)).toBe('just now');
    expect(relativeText(noon + 900, noon)).toBe('just now');
    expect(relativeText(noon + 50_000, noon)).toBe('in less than a minute');
  });

  it('counts down in two units and stops at nothing', () => {
    expect(remainingText(minutes(184) + 59_000)).toBe('3 h 04 min');
    expect(remainingText(minutes(4) + 5_000)).toBe('4 min 05 s');
    expect(remainingText(-1)).toBe('0 s');
  });
});
