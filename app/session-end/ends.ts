import { type ForeseenEnd, foreseenEnds } from '@/lib/policy/session';
import { type Instant, minutes } from '@/lib/policy/time';
import type { CurrentSession } from '@/lib/session/current';

/** What a tab needs to tell of an end in time. */
export type Ends = {
  /** The server's clock at the answer. */
  readonly now: Instant;
  readonly idle: ForeseenEnd | null;
  readonly overall: ForeseenEnd | null;
};

const limitOf = ({ policy }: CurrentSession) => policy.values.webSessionIdleMinutes;

export const endsOf = (session: CurrentSession): Ends => ({
  now: session.now,
  ...foreseenEnds({ overall: session.endsAt, idle: session.idleEndsAt }, limitOf(session)),
});

/** The ends after an act of the person at this moment: idle time begins anew. */
export function endsAfterActivity(session: CurrentSession): Ends {
  const limit = limitOf(session);
  const idle = session.idleEndsAt === null || limit === null ? null : session.now + minutes(limit);
  return { now: session.now, ...foreseenEnds({ overall: session.endsAt, idle }, limit) };
}
