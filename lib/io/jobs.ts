import 'server-only';
import { and, eq, lte, sql } from 'drizzle-orm';
import { jobs } from '@/drizzle/schema';
import { type Milliseconds, minutes, seconds } from '@/lib/policy/time';
import { database, transaction } from './db';
import { errorFields, log } from './log';

export type Job = {
  readonly kind: string;
  readonly interval: Milliseconds;
  readonly run: () => Promise<void>;
};

export type Running = { readonly stop: () => Promise<void> };

/** Work that returns, on one instance at a time. */
export const every = (kind: string, interval: Milliseconds, run: () => Promise<void>): Job => ({
  kind,
  interval,
  run,
});

const lookEvery = seconds(5);
const retryAfterFailure = minutes(1);

const after = (duration: Milliseconds) => sql`clock_timestamp() + make_interval(secs => ${duration / 1000})`;

async function attempt({ kind, run }: Job): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    log().error({ err: error, job: kind }, 'a job failed');
    return errorFields(error).type;
  }
}

/** Runs the job if it is due and no other instance is at it. The row stays locked meanwhile; a crash frees it. */
export function runIfDue(job: Job): Promise<boolean> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    const [taken] = await tx
      .select({ kind: jobs.kind })
      .from(jobs)
      .where(and(eq(jobs.kind, job.kind), lte(jobs.nextRunAt, sql`clock_timestamp()`)))
      .for('update', { skipLocked: true });
    if (!taken) return false;
    const lastError = await attempt(job);
    const wait = lastError === null ? job.interval : Math.min(job.interval, retryAfterFailure);
    await tx
      .update(jobs)
      .set({ nextRunAt: after(wait), lastRunAt: sql`clock_timestamp()`, lastError })
      .where(eq(jobs.kind, job.kind));
    return true;
  });
}

async function runAll(list: readonly Job[]): Promise<void> {
  const rows = list.map(({ kind }) => ({ kind }));
  if (rows.length > 0) await database().insert(jobs).values(rows).onConflictDoNothing();
  for (const job of list) await runIfDue(job);
}

/** Looks for due work until stopped. */
export function startJobs(list: readonly Job[]): Running {
  let current: Promise<void> | null = null;
  const look = () => {
    current ??= runAll(list)
      .catch((error: unknown) => log().error({ err: error }, 'jobs could not be looked up'))
      .finally(() => {
        current = null;
      });
  };
  const timer = setInterval(look, lookEvery);
  look();
  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}
