import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '@/lib/policy/time';

/** An answer that must tell nothing about an account leaves this long after the question came. */
const answerTime: Milliseconds = 300;

/** Waits until the answer to a question asked at `since` (`performance.now()`) may leave. */
export async function untilAnswerTime(since: number): Promise<void> {
  const left = since + answerTime - performance.now();
  if (left > 0) await pause(left);
}
