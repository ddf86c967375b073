'use client';

import { useSyncExternalStore } from 'react';

function every(periodMs: number) {
  return (changed: () => void) => {
    const timer = setInterval(changed, periodMs);
    return () => clearInterval(timer);
  };
}

const everySecond = every(1000);
const everyHalfMinute = every(30_000);

// Whole seconds, whatever the pace: a clock that was slower would put into the future what has just happened.
const wholeSeconds = () => Math.floor(Date.now() / 1000) * 1000;

/** The reader's clock, or undefined on the server and in the first drawing, which must be the same. */
export function useClock(pace: 'second' | 'half-minute'): number | undefined {
  return useSyncExternalStore(
    pace === 'second' ? everySecond : everyHalfMinute,
    wholeSeconds,
    () => undefined,
  );
}
