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

/** The reader's clock, or undefined on the server and in the first drawing, which must be the same. */
export function useClock(pace: 'second' | 'half-minute'): number | undefined {
  const stepMs = pace === 'second' ? 1000 : 30_000;
  return useSyncExternalStore(
    pace === 'second' ? everySecond : everyHalfMinute,
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => undefined,
  );
}
