import 'server-only';
import { lt, sql } from 'drizzle-orm';
import { mailedLinks, oneTimeCodes, outbox, passkeyChallenges, signInAttempts } from '@/drizzle/schema';
import { days, type Milliseconds } from '@/lib/policy/time';
import { database } from './db';

/** How long rows are kept that have done their work. The audit and sessions are not among them. */
export const kept = {
  messages: days(90),
  mailedLinks: days(30),
  codes: days(30),
  attempts: days(30),
  passkeyChallenges: days(1),
} as const;

const before = (age: Milliseconds) => sql`clock_timestamp() - make_interval(secs => ${age / 1000})`;

/** Forgets what is older than it is kept. A message that still waits is younger than that, since it expires or fails first. */
export async function forgetOldRows(): Promise<void> {
  const db = database();
  await db.delete(outbox).where(lt(outbox.createdAt, before(kept.messages)));
  await db.delete(mailedLinks).where(lt(mailedLinks.expiresAt, before(kept.mailedLinks)));
  await db.delete(oneTimeCodes).where(lt(oneTimeCodes.createdAt, before(kept.codes)));
  await db.delete(signInAttempts).where(lt(signInAttempts.expiresAt, before(kept.attempts)));
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, before(kept.passkeyChallenges)));
}
