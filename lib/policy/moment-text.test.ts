import { describe, expect, it } from 'vitest';
import { absoluteText } from './moment-text';

const noon = Date.UTC(2026, 10, 27, 8, 30);

describe('a moment in words', () => {
  it('names day, month in letters, and zone', () => {
    expect(absoluteText(noon, 'UTC')).toBe('Fri 27 Nov 2026, 08:30 UTC');
    expect(absoluteText(noon, 'Asia/Kolkata', 'en-IN')).toBe('Fri 27 Nov 2026, 14:00 IST');
  });

  it('gives every month three letters', () => {
    const months = Array.from({ length: 12 }, (_, month) =>
      absoluteText(Date.UTC(2026, month, 1), 'UTC')
        .split(' ')
        .at(2),
    );
    expect(months.join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');
  });

  it('writes midnight as 00, never 24', () => {
    expect(absoluteText(Date.UTC(2026, 0, 1), 'UTC')).toContain('00:00');
  });
});
