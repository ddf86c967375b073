import 'server-only';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { accounts, memberships } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import { newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import {
  checkMemberAction,
  checkRoleChange,
  demotesOwner,
  type RightFault,
  type Role,
} from '@/lib/policy/roles';
import { auditActor, type MemberActor } from './actor';
import { roleWithArticle } from './invitations';
import {
  type LockedActor,
  type LockedMember,
  type LockFault,
  lockOrganization,
  lockPair,
} from './membership-lock';

/** `last_owner`: an organization always keeps an owner who can enter it. */
export type MemberFault = LockFault | RightFault | { readonly code: 'last_owner' };
export type MemberChange = { readonly memberId: string; readonly reason: string };
export type Changed = { readonly name: string; readonly loginEmail: string };

type Pair = { readonly asker: LockedActor; readonly member: LockedMember };

/** True in a statement on `memberships` unless it would take the last owner who can enter. */
const keepsAnOwner: SQL = sql`(${memberships.role} <> 'owner' or exists (
  select 1 from memberships other join accounts a on a.id = other.account_id
  where other.organization_id = ${memberships.organizationId} and other.id <> ${memberships.id} and other.role = 'owner'
    and other.suspended_at is null and a.suspended_at is null and a.closed_at is null))`;

/** The row asked for, in the asker's organization only. */
const theRow = (actor: MemberActor, memberId: string) =>
  and(eq(memberships.id, memberId), eq(memberships.organizationId, actor.organizationId));

type Fact = {
  readonly event: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
};

async function record(tx: Transaction, actor: MemberActor, member: LockedMember, fact: Fact): Promise<void> {
  await recordAudit(tx, {
    chain: organizationChain(actor.organizationId),
    ...auditActor(actor, { name: member.name, email: member.loginEmail }),
    result: 'success',
    accountId: member.accountId,
    target: { kind: 'member', id: member.id },
    ...fact,
  });
}

/** Every owner of the organization learns when another stops being one, the person included. */
async function tellOwners(tx: Transaction, actor: MemberActor, pair: Pair, role: Role | null): Promise<void> {
  const owners = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.organizationId, actor.organizationId),
        eq(memberships.role, 'owner'),
        isNull(accounts.closedAt),
      ),
    );
  const key = `owner_changed:${newId()}`;
  const told = new Set([...owners.map((owner) => owner.accountId), pair.member.accountId]);
  for (const accountId of told)
    await notify(tx, {
      key,
      accountId,
      organizationId: actor.organizationId,
      notice: {
        kind: 'owner_changed',
        data: {
          organization: pair.asker.organization,
          by: pair.asker.name,
          person: pair.member.name,
          role: role === null ? null : roleWithArticle[role],
        },
      },
    });
}

async function tellMember(tx: Transaction, pair: Pair, suspended: boolean): Promise<void> {
  await notify(tx, {
    key: `membership_ended:${newId()}`,
    accountId: pair.member.accountId,
    notice: { kind: 'membership_ended', data: { organization: pair.asker.organization, suspended } },
  });
}

const changed = (member: LockedMember) => ok({ name: member.name, loginEmail: member.loginEmail });
const acting = (actor: MemberActor, { asker, member }: Pair) => ({
  role: asker.role,
  isTarget: member.accountId === actor.accountId,
});

/** Gives another role. The last owner keeps theirs: one statement under the organization's lock says so. */
export function changeRole(
  actor: MemberActor,
  wanted: MemberChange & { readonly role: Role },
): Promise<Result<Changed, MemberFault>> {
  return transaction(async (tx) => {
    const pair = await lockPair(tx, actor, wanted.memberId);
    if (!pair.ok) return pair;
    const { asker, member } = pair.value;
    const right = checkRoleChange(acting(actor, pair.value), { from: member.role, to: wanted.role });
    if (!right.ok) return right;
    if (member.role === wanted.role) return changed(member);
    const kept = wanted.role === 'owner' ? undefined : keepsAnOwner;
    const rows = await tx
      .update(memberships)
      .set({ role: wanted.role })
      .where(and(theRow(actor, member.id), kept))
      .returning({ id: memberships.id });
    if (rows.length === 0) return fail({ code: 'last_owner' });
    if (demotesOwner(member.role, wanted.role)) await tellOwners(tx, actor, pair.value, wanted.role);
    else
      await notify(tx, {
        key: `role_changed:${newId()}`,
        accountId: member.accountId,
        organizationId: actor.organizationId,
        notice: {
          kind: 'role_changed',
          data: { organization: asker.organization, by: asker.name, role: roleWithArticle[wanted.role] },
        },
      });
    await record(tx, actor, member, {
      event: 'member.role_changed',
      before: { role: member.role },
      after: { role: wanted.role },
      reason: wanted.reason,
    });
    return changed(member);
  });
}

/** Closes this organization to a member, or opens it again; everything else of the account stays as it is. */
export function setSuspended(
  actor: MemberActor,
  wanted: MemberChange & { readonly suspended: boolean },
): Promise<Result<Changed, MemberFault>> {
  return transaction(async (tx) => {
    const pair = await lockPair(tx, actor, wanted.memberId);
    if (!pair.ok) return pair;
    const { member } = pair.value;
    const right = checkMemberAction('suspend', acting(actor, pair.value), member);
    if (!right.ok) return right;
    if ((member.suspendedAt !== null) === wanted.suspended) return changed(member);
    await tx
      .update(memberships)
      .set({ suspendedAt: wanted.suspended ? sql`clock_timestamp()` : null })
      .where(theRow(actor, member.id));
    if (wanted.suspended) await tellMember(tx, pair.value, true);
    await record(tx, actor, member, {
      event: wanted.suspended ? 'member.suspended' : 'member.unsuspended',
      before: { suspended: !wanted.suspended },
      after: { suspended: wanted.suspended },
      reason: wanted.reason,
    });
    return changed(member);
  });
}

/** Ends a membership. Returns false where only the last owner is left to take. */
async function endMembership(tx: Transaction, actor: MemberActor, memberId: string): Promise<boolean> {
  const rows = await tx
    .delete(memberships)
    .where(and(theRow(actor, memberId), keepsAnOwner))
    .returning({ id: memberships.id });
  return rows.length === 1;
}

/** Takes somebody out of the organization; the account and its other organizations stay. */
export function removeMember(
  actor: MemberActor,
  wanted: MemberChange,
): Promise<Result<Changed, MemberFault>> {
  return transaction(async (tx) => {
    const pair = await lockPair(tx, actor, wanted.memberId);
    if (!pair.ok) return pair;
    const { member } = pair.value;
    const right = checkMemberAction('remove', acting(actor, pair.value), member);
    if (!right.ok) return right;
    if (!(await endMembership(tx, actor, member.id))) return fail({ code: 'last_owner' });
    if (member.role === 'owner') await tellOwners(tx, actor, pair.value, null);
    else await tellMember(tx, pair.value, false);
    await record(tx, actor, member, {
      event: 'member.removed',
      before: { role: member.role },
      after: null,
      reason: wanted.reason,
    });
    return changed(member);
  });
}

/** One's own way out, open to every role but the last owner. */
export function leaveOrganization(
  actor: MemberActor,
): Promise<Result<{ readonly organization: string }, { readonly code: 'not_allowed' | 'last_owner' }>> {
  return transaction(async (tx) => {
    const asker = await lockOrganization(tx, actor);
    if (!asker.ok) return asker;
    const [left] = await tx
      .delete(memberships)
      .where(
        and(
          eq(memberships.organizationId, actor.organizationId),
          eq(memberships.accountId, actor.accountId),
          keepsAnOwner,
        ),
      )
      .returning({ id: memberships.id });
    if (!left) return fail({ code: 'last_owner' });
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'member.left',
      ...auditActor(actor, { name: asker.value.name }),
      result: 'success',
      accountId: actor.accountId,
      target: { kind: 'member', id: left.id },
      before: { role: asker.value.role },
    });
    return ok({ organization: asker.value.organization });
  });
}
