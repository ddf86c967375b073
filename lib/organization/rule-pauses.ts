import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { memberships, organizations, secondFactorRules } from '@/drizzle/schema';
import { database, now, transaction } from '@/lib/io/db';
import { notifyMany } from '@/lib/io/notify-many';
import { downgradeNoticeDays } from '@/lib/policy/plan';
import { days, type Instant } from '@/lib/policy/time';

type Pausing = {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly at: Instant | null;
  readonly accountIds: readonly string[];
};

function pausingRules(): Promise<readonly Pausing[]> {
  return database()
    .select({
      id: secondFactorRules.id,
      organizationId: organizations.id,
      name: organizations.name,
      at: secondFactorRules.pausedAt,
      accountIds: sql<string[]>`array_agg(${memberships.accountId} order by ${memberships.accountId})`,
    })
    .from(secondFactorRules)
    .innerJoin(organizations, eq(organizations.id, secondFactorRules.organizationId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.organizationId, organizations.id),
        inArray(memberships.role, ['owner', 'admin']),
        isNull(memberships.suspendedAt),
      ),
    )
    .where(and(isNull(secondFactorRules.deactivatedAt), sql`${secondFactorRules.pausedAt} > now()`))
    .groupBy(secondFactorRules.id, organizations.id);
}

/**
 * Reminds owners and admins that a rule is about to rest after a downgrade, once per step. The rule rests at its moment whether
 * this ran or not.
 */
export async function announcePauses(): Promise<void> {
  const current = await now(database());
  for (const { id, organizationId, name, at, accountIds } of await pausingRules()) {
    const step =
      at === null ? undefined : downgradeNoticeDays.findLast((before) => at - current <= days(before));
    if (at === null || step === undefined) continue;
    await transaction((tx) =>
      notifyMany(tx, {
        key: `mandate-pausing:${id}:${at}:${step}`,
        organizationId,
        notice: { kind: 'mandate_pausing', data: { organization: name, days: step, at } },
        accountIds,
      }),
    );
  }
}
