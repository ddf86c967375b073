import { afterEach, expect, test, vi } from 'vitest';
import { untilAnswerTime } from './refusal-time';

const paused = vi.hoisted(() => ({ forMs: 0 }));
vi.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => {
    paused.forMs = ms;
  },
}));

afterEach(() => void vi.restoreAllMocks());

test.for([
  [0, 300],
  [5, 300],
  [299, 300],
  [300, 600],
  [310, 600],
  [1799, 1800],
] as const)('an answer whose work took %i ms leaves after %i', async ([work, leaves]) => {
  const asked = 5000;
  vi.spyOn(performance, 'now').mockReturnValue(asked + work);
  await untilAnswerTime(asked);
  expect(work + paused.forMs).toBe(leaves);
});
