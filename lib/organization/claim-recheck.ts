import 'server-only';
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { domainClaims } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { minutes } from '@/lib/policy/time';
import { byJob, checkClaim } from './claim-check';
import { openStates } from './claim-rows';

/** While one instance looks at a claim no other does; if it dies the claim is due again after this. */
const lease = minutes(5);

/** Takes one claim that is due; instances that ask at once take different ones. */
async function takeDue(): Promise<string | null> {
  const due = database()
    .select({ id: domainClaims.id })
    .from(domainClaims)
    .where(
      and(
        inArray(domainClaims.state, [...openStates]),
        lte(domainClaims.nextCheckAt, sql`clock_timestamp()`),
      ),
    )
    .orderBy(asc(domainClaims.nextCheckAt))
    .limit(1)
    .for('update', { skipLocked: true });
  const [taken] = await database()
    .update(domainClaims)
    .set({ nextCheckAt: sql`clock_timestamp() + make_interval(secs => ${lease / 1000})` })
    .where(eq(domainClaims.id, sql`(${due})`))
    .returning({ id: domainClaims.id });
  return taken?.id ?? null;
}

/** A claim that no check can move any more is not taken again until something else moves it. */
async function setAside(claimId: string): Promise<void> {
  await database().update(domainClaims).set({ nextCheckAt: null }).where(eq(domainClaims.id, claimId));
}

/** Looks at every claim that is due: those in force daily, awaited ones every quarter of an hour. */
export async function recheckClaims(): Promise<void> {
  for (;;) {
    const claimId = await takeDue();
    if (claimId === null) return;
    const outcome = await checkClaim({ claimId, organizationId: null }, byJob);
    const isStuck = outcome.ok
      ? outcome.value.state === 'awaiting_approval'
      : outcome.error.code === 'token_expired';
    if (isStuck) await setAside(claimId);
  }
}
