import 'server-only';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, invitations, memberships } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { enqueue, voidMessages } from '@/lib/io/outbox';
import { hashToken, newId, newToken } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type Role, rolesToGive } from '@/lib/policy/roles';
import type { Instant } from '@/lib/policy/time';
import { auditActor, type MemberActor } from './actor';
import { type LockedActor, lockOrganization } from './membership-lock';

export const invitationDays = 7;
/** A day, until the organization has a verified domain or a paid plan (spec 4.4). */
export const invitationsPerDay = 20;

export const roleWithArticle: Record<Role, string> = {
  owner: 'an owner',
  admin: 'an admin',
  member: 'a member',
  guest: 'a guest',
};

/** What became of one address of a list. */
export type InvitationOutcome = {
  readonly email: string;
  readonly outcome: 'invited' | 'already_member' | 'daily_limit';
};
export type InviteFault = { readonly code: 'not_allowed' } | { readonly code: 'role_not_yours' };

const open = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

async function isMember(tx: Transaction, organizationId: string, email: string): Promise<boolean> {
  const rows = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.organizationId, organizationId), eq(accounts.loginEmail, email)));
  return rows.length > 0;
}

/** Whether another may be mailed today. The organization is locked meanwhile, so the answer stands until the transaction ends. */
const withinLimit = (organizationId: string) => sql`exists (
  select 1 from organizations o where o.id = ${organizationId} and (
    o.plan <> 'free'
    or exists (select 1 from domain_claims c where c.organization_id = o.id and c.state in ('verified', 'at_risk'))
    or (select count(*) from invitations i
        where i.organization_id = o.id and i.created_at > clock_timestamp() - interval '24 hours') < ${invitationsPerDay}))`;

/** Closes the open invitation of an address, and its mail if that has not left yet; not where no other could take its place. */
async function replaceOpen(tx: Transaction, organizationId: string, email: string): Promise<void> {
  const replaced = await tx
    .update(invitations)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.email, email),
        open,
        withinLimit(organizationId),
      ),
    )
    .returning({ id: invitations.id });
  await voidMessages(
    tx,
    replaced.map(({ id }) => id),
  );
}

type NewInvitation = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly token: string;
};

/** One statement that counts and inserts; false when the day's invitations are used up. */
async function insertWithinLimit(tx: Transaction, actor: MemberActor, invitation: NewInvitation) {
  const rows = await tx.execute<{ id: string }>(sql`
    insert into invitations (id, organization_id, email, role, token_hash, invited_by, created_at, expires_at)
    select ${invitation.id}::uuid, ${actor.organizationId}::uuid, ${invitation.email}, ${invitation.role},
      ${hashToken(invitation.token)}, ${actor.accountId}::uuid, clock_timestamp(),
      clock_timestamp() + make_interval(days => ${invitationDays})
    where ${withinLimit(actor.organizationId)}
    returning id`);
  return rows.length === 1;
}

async function mailInvitation(tx: Transaction, asker: LockedActor, invitation: NewInvitation): Promise<void> {
  await enqueue(tx, {
    key: `invitation:${invitation.id}`,
    channel: 'email',
    to: invitation.email,
    subjectId: invitation.id,
    notice: {
      kind: 'invitation',
      data: {
        organization: asker.organization,
        by: asker.name,
        role: roleWithArticle[invitation.role],
        days: invitationDays,
      },
      url: `${settings().appUrl}/invitation?token=${invitation.token}`,
    },
  });
}

type Invitation = { readonly email: string; readonly role: Role };

async function inviteOne(
  tx: Transaction,
  who: { readonly actor: MemberActor; readonly asker: LockedActor },
  { email, role }: Invitation,
): Promise<InvitationOutcome> {
  const { actor, asker } = who;
  if (await isMember(tx, actor.organizationId, email)) return { email, outcome: 'already_member' };
  const invitation = { id: newId(), email, role, token: newToken() };
  await replaceOpen(tx, actor.organizationId, email);
  if (!(await insertWithinLimit(tx, actor, invitation))) return { email, outcome: 'daily_limit' };
  await mailInvitation(tx, asker, invitation);
  await recordAudit(tx, {
    chain: organizationChain(actor.organizationId),
    event: 'member.invited',
    ...auditActor(actor, { email }),
    result: 'success',
    target: { kind: 'invitation', id: invitation.id },
    after: { role },
  });
  return { email, outcome: 'invited' };
}

/**
 * Invites normalized addresses, each by a mail of its own. Whether an address has an account is neither asked nor told:
 * only membership of this very organization, which the asker may see anyway.
 */
export function invite(
  actor: MemberActor,
  wanted: { readonly emails: readonly string[]; readonly role: Role },
): Promise<Result<readonly InvitationOutcome[], InviteFault>> {
  return transaction(async (tx) => {
    const asker = await lockOrganization(tx, actor);
    if (!asker.ok) return asker;
    if (rolesToGive(asker.value.role).length === 0) return fail({ code: 'not_allowed' });
    if (!rolesToGive(asker.value.role).includes(wanted.role)) return fail({ code: 'role_not_yours' });
    const outcomes: InvitationOutcome[] = [];
    for (const email of new Set(wanted.emails))
      outcomes.push(await inviteOne(tx, { actor, asker: asker.value }, { email, role: wanted.role }));
    return ok(outcomes);
  });
}

export type InvitationRow = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly expired: boolean;
};

/** Invitations neither accepted nor revoked, newest first. */
export async function listInvitations(organizationId: string): Promise<readonly InvitationRow[]> {
  return database()
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: accounts.name,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      expired: sql<boolean>`${invitations.expiresAt} <= clock_timestamp()`,
    })
    .from(invitations)
    .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
    .where(and(eq(invitations.organizationId, organizationId), open))
    .orderBy(desc(invitations.createdAt))
    .limit(200);
}

/** Takes an open invitation back; its link stops at once. */
export function revokeInvitation(
  actor: MemberActor,
  invitationId: string,
): Promise<Result<{ readonly email: string }, { readonly code: 'not_allowed' | 'unknown_invitation' }>> {
  return transaction(async (tx) => {
    const asker = await lockOrganization(tx, actor);
    if (!asker.ok) return asker;
    const mayGive = rolesToGive(asker.value.role);
    if (mayGive.length === 0) return fail({ code: 'not_allowed' });
    const [revoked] = await tx
      .update(invitations)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(invitations.id, invitationId),
          eq(invitations.organizationId, actor.organizationId),
          inArray(invitations.role, [...mayGive]),
          open,
        ),
      )
      .returning({ email: invitations.email, role: invitations.role });
    if (!revoked) return fail({ code: 'unknown_invitation' });
    await voidMessages(tx, [invitationId]);
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'invitation.revoked',
      ...auditActor(actor, { email: revoked.email }),
      result: 'success',
      target: { kind: 'invitation', id: invitationId },
      before: { role: revoked.role },
    });
    return ok({ email: revoked.email });
  });
}
