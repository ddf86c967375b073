import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '@/lib/policy/time';

/** Answers that must tell nothing about an account leave this long after the question came, or a multiple of it when we are busy. */
const answerTime: Milliseconds = 300;

/** Waits until the answer to a question asked at `since` (`performance.now()`) may leave. */
export async function untilAnswerTime(since: number): Promise<void> {
  const taken = Math.max(0, performance.now() - since);
  await pause(answerTime - (taken % answerTime));
}
