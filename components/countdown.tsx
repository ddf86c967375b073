'use client';

import { useEffect, useState } from 'react';
import { useClock } from './ui/clock';
import { remainingText } from './ui/moment-text';

type CountdownProps = {
  readonly until: number;
  /** The server's clock when the page was made: a wrong clock of the reader must not move the end. */
  readonly now: number;
  /** Said when nothing remains. */
  readonly over?: string | undefined;
};

/** What remains, counting. The absolute moment belongs beside it (`Moment`); this one is not read aloud each second. */
export function Countdown({ until, now, over = 'now' }: CountdownProps) {
  const clock = useClock('second');
  const [ahead, setAhead] = useState(0);
  useEffect(() => setAhead(Date.now() - now), [now]);
  const remaining = until - (clock === undefined ? now : clock - ahead);
  return (
    <span role="timer" aria-live="off" className="whitespace-nowrap tabular-nums">
      {remaining > 0 ? remainingText(remaining) : over}
    </span>
  );
}
