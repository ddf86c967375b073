import type { Instant } from './time';

// Short names are known per region only: "IST" to a reader in India, "GMT+5:30" to everybody else.
function zoneName(at: Instant, timeZone: string | undefined, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

/**
 * "Thu 27 Nov 2026, 14:00 IST": the day named, the month in three letters, the zone always said. `timeZone` is an IANA name,
 * the reader's own zone where it is left out; `locale` is the reader's, for the name of the zone alone.
 */
export function absoluteText(at: Instant, timeZone?: string, locale = 'en-GB'): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const date = `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}`;
  return `${date}, ${part('hour')}:${part('minute')} ${zoneName(at, timeZone, locale)}`;
}
