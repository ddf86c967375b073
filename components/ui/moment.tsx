'use client';

import { absoluteText } from '@/lib/policy/moment-text';
import { useClock } from './clock';
import { relativeText } from './moment-text';

type MomentProps = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The server's clock when the page was made; with it the distance stands in the page without JavaScript. */
  readonly now?: number | undefined;
  /** `absolute` or `relative` alone where there is room for one only; the other is then its title. */
  readonly show?: 'both' | 'absolute' | 'relative' | undefined;
};

/** A moment: first absolute with its zone, then relative. UTC from the server, the reader's zone after. */
export function Moment({ at, now, show = 'both' }: MomentProps) {
  const clock = useClock('half-minute');
  const absolute =
    clock === undefined ? absoluteText(at, 'UTC') : absoluteText(at, undefined, navigator.language);
  const reference = clock ?? now;
  const relative = reference === undefined ? '' : relativeText(at, reference);
  const text = {
    both: relative ? `${absolute} (${relative})` : absolute,
    absolute,
    relative: relative || absolute,
  }[show];
  return (
    <time dateTime={new Date(at).toISOString()} title={show === 'relative' ? absolute : undefined}>
      {text}
    </time>
  );
}
