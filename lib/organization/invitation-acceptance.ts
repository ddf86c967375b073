import 'server-only';
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { accounts, invitations, memberships, organizations } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { newId, tokenHashes } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Role } from '@/lib/policy/roles';
import type { Instant } from '@/lib/policy/time';
import { type Actor, auditActor } from './actor';
import { endManagementElsewhere } from './organizations';

export type FoundInvitation = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly organizationId: string;
  readonly organization: string;
  readonly slug: string;
  readonly invitedBy: string | null;
  readonly expiresAt: Instant;
  /** Closed: accepted, revoked, replaced or expired; which of them is nobody's business but the organization's. */
  readonly state: 'open' | 'closed';
};

/** What a mailed link leads to. Looking at it changes nothing. */
export async function findInvitation(token: string): Promise<FoundInvitation | null> {
  const [row] = await database()
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      organizationId: organizations.id,
      organization: organizations.name,
      slug: organizations.slug,
      invitedBy: accounts.name,
      expiresAt: invitations.expiresAt,
      state: sql<
        'open' | 'closed'
      >`case when ${invitations.acceptedAt} is null and ${invitations.revokedAt} is null
        and ${invitations.expiresAt} > clock_timestamp() then 'open' else 'closed' end`,
    })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .leftJoin(accounts, eq(accounts.id, invitations.invitedBy))
    .where(inArray(invitations.tokenHash, [...tokenHashes(token)]));
  return row ?? null;
}

/** `invitation_closed` covers unknown, expired, revoked and used ones, and those of another address. */
export type AcceptFault = { readonly code: 'invitation_closed' };

export type Acceptance = {
  readonly token: string;
  /** The account of the running session, or the one that sign-up just made in this transaction. */
  readonly accountId: string;
  /** Sign-up made the account because of this very invitation, so the organization manages it. */
  readonly createdAccount: boolean;
};

export type Joined = { readonly organizationId: string; readonly slug: string; readonly role: Role };

/** Spends the invitation: one statement, so of many submits one succeeds, and only for the account of its address. */
async function spend(tx: Transaction, { token, accountId }: Acceptance) {
  const [spent] = await tx
    .update(invitations)
    .set({ acceptedAt: sql`clock_timestamp()`, acceptedBy: accountId })
    .where(
      and(
        inArray(invitations.tokenHash, [...tokenHashes(token)]),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, sql`clock_timestamp()`),
        eq(
          invitations.email,
          sql`(select login_email from accounts where id = ${accountId} and suspended_at is null and closed_at is null)`,
        ),
      ),
    )
    .returning({
      id: invitations.id,
      organizationId: invitations.organizationId,
      role: invitations.role,
      email: invitations.email,
    });
  return spent;
}

type NewMember = {
  readonly organizationId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly createdAccount: boolean;
};

/** Adds the membership; who is a member already keeps the role they have. */
async function join(tx: Transaction, { createdAccount, ...member }: NewMember): Promise<Role> {
  const createdAccountAt = createdAccount ? sql`clock_timestamp()` : null;
  const [added] = await tx
    .insert(memberships)
    .values({ id: newId(), ...member, createdAccountAt })
    .onConflictDoNothing({ target: [memberships.organizationId, memberships.accountId] })
    .returning({ role: memberships.role });
  if (added) return added.role;
  const [present] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(eq(memberships.organizationId, member.organizationId), eq(memberships.accountId, member.accountId)),
    );
  return present?.role ?? member.role;
}

/** Joins the organization, in the caller's transaction. The link came by mail, so accepting proves the address. */
export async function acceptInvitation(
  tx: Transaction,
  acceptance: Acceptance,
  actor?: Actor,
): Promise<Result<Joined, AcceptFault>> {
  const spent = await spend(tx, acceptance);
  if (!spent) return fail({ code: 'invitation_closed' });
  const { accountId, createdAccount } = acceptance;
  const { organizationId } = spent;
  await tx
    .update(accounts)
    .set({ loginEmailProvenAt: sql`coalesce(${accounts.loginEmailProvenAt}, clock_timestamp())` })
    .where(eq(accounts.id, accountId));
  const role = await join(tx, { organizationId, accountId, role: spent.role, createdAccount });
  await endManagementElsewhere(tx, { accountId, organizationId });
  const who = actor ?? { accountId, sessionId: null, address: null, userAgent: null };
  await recordAudit(tx, {
    chain: organizationChain(organizationId),
    event: 'member.joined',
    ...auditActor(who, { email: spent.email }),
    result: 'success',
    accountId,
    target: { kind: 'invitation', id: spent.id },
    after: { role },
  });
  const [organization] = await tx
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return ok({ organizationId, slug: organization?.slug ?? '', role });
}

/** For a session of the invited account. */
export function acceptInvitationFor(actor: Actor, token: string): Promise<Result<Joined, AcceptFault>> {
  return transaction((tx) =>
    acceptInvitation(tx, { token, accountId: actor.accountId, createdAccount: false }, actor),
  );
}
