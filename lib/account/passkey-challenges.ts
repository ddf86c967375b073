import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { passkeyChallenges } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { newId } from '@/lib/io/token';

export type PasskeyPurpose = (typeof passkeyChallenges.$inferSelect)['purpose'];

/** What a challenge serves. A sign-in that begins with a passkey knows neither account nor attempt yet. */
export type ChallengeUse = {
  readonly purpose: PasskeyPurpose;
  readonly boundTo: string | null;
  readonly accountId: string | null;
};

/** Who we are to authenticators: the host of APP_URL, and its origin. */
export const relyingParty = () => {
  const { appUrl } = settings();
  return { id: new URL(appUrl).hostname, origin: appUrl, name: 'Gatehouse' } as const;
};

export async function keepChallenge(executor: Executor, use: ChallengeUse, challenge: string): Promise<void> {
  await executor.insert(passkeyChallenges).values({
    id: newId(),
    challenge,
    ...use,
    expiresAt: sql`clock_timestamp() + interval '5 minutes'`,
  });
}

const orNull = <T>(column: T, value: string | null) =>
  value === null ? sql`${column} is null` : sql`${column} = ${value}`;

/** Uses a challenge up, once; false when it was used before, is too old or served something else. */
export async function spendChallenge(
  tx: Transaction,
  use: ChallengeUse,
  challenge: string,
): Promise<boolean> {
  const rows = await tx
    .update(passkeyChallenges)
    .set({ consumedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        eq(passkeyChallenges.purpose, use.purpose),
        orNull(passkeyChallenges.boundTo, use.boundTo),
        orNull(passkeyChallenges.accountId, use.accountId),
        isNull(passkeyChallenges.consumedAt),
        sql`${passkeyChallenges.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: passkeyChallenges.id });
  return rows.length === 1;
}
