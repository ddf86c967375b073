import { expect, test } from 'vitest';
import { untilAnswerTime } from './refusal-time';

/** How long after the question an answer left whose work took that long. */
async function leftAfter(workMs: number): Promise<number> {
  const since = performance.now() - workMs;
  await untilAnswerTime(since);
  return performance.now() - since;
}

test.for([
  [0, 300],
  [5, 300],
  [290, 300],
  [310, 600],
  [580, 600],
] as const)('an answer whose work took %i ms leaves after %i', async ([work, leaves]) => {
  const left = await leftAfter(work);
  expect(left).toBeGreaterThanOrEqual(leaves - 2);
  expect(left).toBeLessThan(leaves + 100);
});
