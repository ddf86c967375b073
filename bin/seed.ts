import { sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { type DemoSheet, keepDemoSheet, readDemoSheet } from '@/lib/io/demo-sheet';

export type { DemoSheet } from '@/lib/io/demo-sheet';

async function seedEmpty(tx: Transaction): Promise<DemoSheet | null> {
  // Whoever seeds at this moment may take longer on a busy machine than a request would wait for a row.
  await tx.execute(sql`set local lock_timeout = '60s'`);
  await tx.execute(sql`set local statement_timeout = '60s'`);
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('demo', 0))`);
  const earlier = await readDemoSheet(tx);
  if (earlier !== null || (await tx.$count(accounts)) > 0) return earlier;
  const { writeDemo } = await import('./demo/demo');
  const sheet = await writeDemo(tx);
  await keepDemoSheet(tx, sheet);
  return sheet;
}

/**
 * Seeds the demo once, into an empty embedded database, all of it or nothing; later starts read the same sheet again.
 * Null where people signed up before there was a demo.
 */
export async function seedDemo(): Promise<DemoSheet | null> {
  return (await readDemoSheet(database())) ?? transaction(seedEmpty);
}
