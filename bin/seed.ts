import { database } from '@/lib/io/db';
import { type DemoSheet, readDemoSheet } from '@/lib/io/demo-sheet';

export type { DemoSheet } from '@/lib/io/demo-sheet';

/** Seeds the demo once, into an empty embedded database; later starts read the same sheet again. */
export async function seedDemo(): Promise<DemoSheet | null> {
  return readDemoSheet(database());
}
