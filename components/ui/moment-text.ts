const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const spans: readonly (readonly [number, string])[] = [
  [365 * day, 'year'],
  [60 * day, 'month'],
  [2 * day, 'day'],
  [hour, 'hour'],
  [minute, 'minute'],
];

const lengths: Readonly<Record<string, number>> = { year: 365 * day, month: 30 * day, day, hour, minute };

/** What happened a moment ago may lie ahead by a clock that is a little slow. */
const skew = 10 * second;

/** "in 23 hours", "5 minutes ago", "just now". Rounds down, so that a deadline is never told too late. */
export function relativeText(at: number, now: number): string {
  const distance = at - now;
  const unit = spans.find(([least]) => Math.abs(distance) >= least)?.[1];
  if (!unit) return distance > skew ? 'in less than a minute' : 'just now';
  const count = Math.floor(Math.abs(distance) / (lengths[unit] ?? day));
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return distance > 0 ? `in ${words}` : `${words} ago`;
}

/** "2 d 03 h", "3 h 04 min", "4 min 05 s": what remains, in two units, the second one padded. */
export function remainingText(remaining: number): string {
  if (remaining <= 0) return '0 s';
  const pad = (count: number) => String(Math.floor(count)).padStart(2, '0');
  if (remaining >= 2 * day) return `${Math.floor(remaining / day)} d ${pad((remaining % day) / hour)} h`;
  if (remaining >= hour) return `${Math.floor(remaining / hour)} h ${pad((remaining % hour) / minute)} min`;
  return `${Math.floor(remaining / minute)} min ${pad((remaining % minute) / second)} s`;
}
