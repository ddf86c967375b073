import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { accounts, memberships, organizations } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Role } from '@/lib/policy/roles';
import type { MemberActor } from './actor';
import { isManaged } from './managed-accounts';

/** The asker as the rows say at this moment, whatever the session said when the request began. */
export type LockedActor = {
  readonly role: Role;
  readonly name: string;
  readonly organization: string;
  readonly slug: string;
};

export type LockedMember = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly loginEmail: string;
  readonly role: Role;
  readonly suspendedAt: number | null;
  readonly managed: boolean;
};

/** `not_allowed`: the asker lost the membership or the role; `unknown_member`: no such member here. */
export type LockFault = { readonly code: 'not_allowed' } | { readonly code: 'unknown_member' };

/** Holds the organization's row until the transaction ends: changes of membership in one organization follow one another. */
export async function lockOrganization(
  tx: Transaction,
  actor: MemberActor,
): Promise<Result<LockedActor, { readonly code: 'not_allowed' }>> {
  await tx.execute(sql`select 1 from ${organizations} where id = ${actor.organizationId} for update`);
  const [row] = await tx
    .select({
      role: memberships.role,
      name: accounts.name,
      organization: organizations.name,
      slug: organizations.slug,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(
      and(
        eq(memberships.organizationId, actor.organizationId),
        eq(memberships.accountId, actor.accountId),
        isNull(memberships.suspendedAt),
        isNull(accounts.suspendedAt),
        isNull(accounts.closedAt),
      ),
    );
  return row ? ok(row) : fail({ code: 'not_allowed' });
}

/** One member of the asker's own organization; an id of another organization is unknown here. */
export async function findMember(
  tx: Transaction,
  organizationId: string,
  memberId: string,
): Promise<Result<LockedMember, { readonly code: 'unknown_member' }>> {
  const [row] = await tx
    .select({
      id: memberships.id,
      accountId: memberships.accountId,
      name: accounts.name,
      loginEmail: accounts.loginEmail,
      role: memberships.role,
      suspendedAt: memberships.suspendedAt,
      managed: isManaged,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.id, memberId), eq(memberships.organizationId, organizationId)));
  return row ? ok(row) : fail({ code: 'unknown_member' });
}

/** Asker and member of one change, the organization's row held. */
export async function lockPair(
  tx: Transaction,
  actor: MemberActor,
  memberId: string,
): Promise<Result<{ readonly asker: LockedActor; readonly member: LockedMember }, LockFault>> {
  const asker = await lockOrganization(tx, actor);
  if (!asker.ok) return asker;
  const member = await findMember(tx, actor.organizationId, memberId);
  return member.ok ? ok({ asker: asker.value, member: member.value }) : member;
}
