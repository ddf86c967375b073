import 'server-only';
import { sql } from 'drizzle-orm';
import journal from '@/drizzle/migrations/meta/_journal.json';
import { database } from './db';
import { log } from './log';

const newestMigration = Math.max(...journal.entries.map(({ when }) => when));

/** Whether this instance can serve: the database answers and has at least the schema this code was built for. */
export async function isReady(): Promise<boolean> {
  try {
    const [row] = await database().execute<{ newest: string | null }>(
      sql`select max(created_at)::text as newest from drizzle.__drizzle_migrations`,
    );
    return Number(row?.newest ?? 0) >= newestMigration;
  } catch (error) {
    log().warn({ err: error }, 'not ready: the database does not answer');
    return false;
  }
}
