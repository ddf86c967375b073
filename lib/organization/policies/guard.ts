import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, memberships, sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { type GuardedOwner, type GuardVerdict, guardSave } from '@/lib/policy/guard';
import type { SessionFacts } from '@/lib/policy/session';
import type { Instant } from '@/lib/policy/time';
import { type DomainLayerRow, layersOf } from '@/lib/session/layers';
import { domainLayerOf, policyOf } from '@/lib/session/policy-in-force';
import type { MemberActor } from '../actor';

/** Who saves, as their own session stands. */
export type SavingOwner = MemberActor & { readonly strengthTowards: number };

/** The owners of an organization, each with what would bind them once `after` is in force. */
async function guardedOwners(organizationId: string, after: DomainLayerRow, now: Instant) {
  const rows = await database()
    .select({
      id: accounts.id,
      createdAt: accounts.createdAt,
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }),
      address: sql<string | null>`(select s.address from sessions s
        where s.account_id = accounts.id and s.address is not null order by s.created_at desc limit 1)`,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        inArray(memberships.role, ['owner']),
        isNull(memberships.suspendedAt),
        isNull(accounts.suspendedAt),
        isNull(accounts.closedAt),
      ),
    );
  return rows.map(({ id, createdAt, layers, address }) => {
    const isBound = layers.domain?.claimId === after.claimId;
    const policy = policyOf(isBound ? { ...layers, domain: after } : layers, { createdAt }, now);
    return { id, policy, address, strengthTowards: 0 };
  });
}

async function sessionFacts(sessionId: string | null): Promise<SessionFacts | null> {
  if (sessionId === null) return null;
  const [row] = await database()
    .select({
      kind: sessions.kind,
      createdAt: sessions.createdAt,
      lastActiveAt: sessions.lastActiveAt,
      overallMinutesAtCreation: sessions.overallMinutesAtCreation,
    })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  return row ?? null;
}

/** Whether `after` would shut out the saver or every owner, and what it would do to the saver's own session. */
export async function guardChange(
  saver: SavingOwner,
  after: DomainLayerRow,
  now: Instant,
): Promise<GuardVerdict> {
  const owners = await guardedOwners(saver.organizationId, after, now);
  const self = owners.find(({ id }) => id === saver.accountId);
  const session = await sessionFacts(saver.sessionId);
  if (self === undefined || session === null)
    return { refusal: { code: 'shuts_out_saver', address: saver.address }, warnings: [] };
  const here = { ...self, address: saver.address, strengthTowards: saver.strengthTowards };
  const others: readonly GuardedOwner[] = owners.filter(({ id }) => id !== saver.accountId);
  // A session that is in use now is not idle, however long ago its last write was.
  const current = { ...session, lastActiveAt: now };
  const list = domainLayerOf(after)?.values.allowList ?? { mode: 'off', entries: [] };
  const effectiveFrom = Math.max(after.since ?? now, now);
  return guardSave({ ...here, session: current }, [here, ...others], { list, effectiveFrom, now });
}
