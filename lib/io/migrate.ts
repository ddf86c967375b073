import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Names the one lock all instances take before they touch the schema; any constant number will do. */
const MIGRATION_LOCK = 4_716_220_181;

/** Brings the database to the newest schema. Instances that start together wait for one another. */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await applyMigrations(drizzle(client, { casing: 'snake_case' }), {
      migrationsFolder: path.resolve('drizzle/migrations'),
    });
    await client.unsafe(await readFile(path.resolve('drizzle/guards.sql'), 'utf8'));
  } finally {
    await client.end({ timeout: 5 });
  }
}
