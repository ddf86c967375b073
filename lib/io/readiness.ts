import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import journal from '@/drizzle/migrations/meta/_journal.json';
import { seconds } from '@/lib/policy/time';
import { database } from './db';
import { log } from './log';
import { Outage } from './outage';

const newestMigration = Math.max(...journal.entries.map(({ when }) => when));

/** Whoever asks wants to know now; a database that is slower than this is not there for anybody. */
const patience = seconds(3);

async function newestApplied(): Promise<number> {
  const [row] = await database().execute<{ newest: string | null }>(
    sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`,
  );
  return Number(row?.newest ?? 0);
}

async function silence(): Promise<never> {
  await pause(patience, null, { ref: false });
  throw new Outage('the database did not answer in time');
}

/** Whether this instance can serve: the database answers and has at least the schema this code was built for. */
export async function isReady(): Promise<boolean> {
  try {
    return (await Promise.race([newestApplied(), silence()])) >= newestMigration;
  } catch (error) {
    log().warn({ err: error }, 'not ready: the database does not answer');
    return false;
  }
}
