import 'server-only';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { demoSheets } from '@/drizzle/schema';
import type { Executor, Transaction } from './db';
import { seal, unseal } from './seal';

const only = 'demo';
const context = 'demo-sheet';

const demoSheet = z.object({
  password: z.string(),
  accounts: z.array(
    z.object({
      email: z.string(),
      organization: z.string().nullable(),
      role: z.string(),
      state: z.string(),
      totpKey: z.string().optional(),
    }),
  ),
});

/** The accounts one may try, with what is needed to sign in as them. */
export type DemoSheet = z.infer<typeof demoSheet>;

/** Keeps what later starts and the desk tell about the demo; false when a demo was seeded before. */
export async function keepDemoSheet(tx: Transaction, sheet: DemoSheet): Promise<boolean> {
  const kept = await tx
    .insert(demoSheets)
    .values({ id: only, sealedSheet: seal(JSON.stringify(sheet), context) })
    .onConflictDoNothing()
    .returning({ id: demoSheets.id });
  return kept.length > 0;
}

/** The sheet of the demo in this database, or null where none was seeded. */
export async function readDemoSheet(executor: Executor): Promise<DemoSheet | null> {
  const [row] = await executor
    .select({ sealedSheet: demoSheets.sealedSheet })
    .from(demoSheets)
    .where(eq(demoSheets.id, only));
  return row ? demoSheet.parse(JSON.parse(unseal(row.sealedSheet, context))) : null;
}
