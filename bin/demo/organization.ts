import { eq, sql } from 'drizzle-orm';
import {
  dnsZoneRecords,
  domainClaims,
  invitations,
  organizations,
  secondFactorRules,
} from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { hashToken, newId, newToken } from '@/lib/io/token';
import type { MemberActor } from '@/lib/organization/actor';
import { auditActor } from '@/lib/organization/actor';
import { verifyClaim } from '@/lib/organization/claim-check';
import { lockClaim } from '@/lib/organization/claim-rows';
import { acceptInvitation } from '@/lib/organization/invitation-acceptance';
import { createOrganization } from '@/lib/organization/organizations';
import { claimRecord } from '@/lib/policy/domain-claim';
import type { Role } from '@/lib/policy/roles';

export type DemoOrganization = { readonly id: string; readonly name: string; readonly owner: MemberActor };

/** An organization of an account that is there. */
export async function addOrganization(
  tx: Transaction,
  { name, ownerId, plan }: { readonly name: string; readonly ownerId: string; readonly plan: 'free' | 'pro' },
): Promise<DemoOrganization> {
  const made = await createOrganization(tx, { name, ownerAccountId: ownerId });
  if (!made.ok) throw new Error(`the organization was refused: ${made.error.code}`);
  const { id } = made.value;
  await tx
    .update(organizations)
    .set({ plan, createdAt: sql`now() - interval '100 days'` })
    .where(eq(organizations.id, id));
  const owner = { accountId: ownerId, sessionId: null, address: null, userAgent: null, organizationId: id };
  return { id, name, owner };
}

/** Lets an account join by an invitation it accepts. */
export async function join(
  tx: Transaction,
  { id, owner }: DemoOrganization,
  member: { readonly accountId: string; readonly email: string; readonly role: Role },
): Promise<void> {
  const token = newToken();
  await tx.insert(invitations).values({
    id: newId(),
    organizationId: id,
    email: member.email,
    role: member.role,
    tokenHash: hashToken(token),
    invitedBy: owner.accountId,
    expiresAt: sql`now() + interval '7 days'`,
  });
  const joined = await acceptInvitation(tx, { token, accountId: member.accountId, createdAccount: false });
  if (!joined.ok) throw new Error(`${member.email} could not join: ${joined.error.code}`);
}

/** Claims a domain, with its record in the desk's zone, so that the daily look finds it too. */
export async function claimDomain(
  tx: Transaction,
  organization: DemoOrganization,
  domain: string,
): Promise<void> {
  const [id, token] = [newId(), newToken().toLowerCase()];
  const { hostFull, value } = claimRecord(domain, token);
  await tx
    .insert(dnsZoneRecords)
    .values({ name: hostFull, values: [value] })
    .onConflictDoNothing();
  await tx.insert(domainClaims).values({
    id,
    organizationId: organization.id,
    domain,
    token,
    tokenExpiresAt: sql`now() + interval '7 days'`,
    createdBy: organization.owner.accountId,
  });
  const claim = await lockClaim(tx, id);
  if (!claim) throw new Error('the claim that was just made is not there');
  await verifyClaim(tx, claim, auditActor(organization.owner));
  await tx
    .update(domainClaims)
    .set({ createdAt: sql`now() - interval '62 days'`, verifiedAt: sql`now() - interval '62 days'` })
    .where(eq(domainClaims.id, id));
}

/** Mandatory second factor of the organization, switched on yesterday with a week of grace. */
export async function mandateSecondFactor(tx: Transaction, { id, owner }: DemoOrganization): Promise<void> {
  const rule = { id: newId(), graceHours: 168, minimumStrength: 2 };
  const yesterday = sql`now() - interval '1 day'`;
  await tx.insert(secondFactorRules).values({
    ...rule,
    organizationId: id,
    activatedBy: owner.accountId,
    activatedAt: yesterday,
    effectiveFrom: yesterday,
  });
  await recordAudit(tx, {
    chain: organizationChain(id),
    event: 'second_factor_rule.activated',
    ...auditActor(owner),
    result: 'success',
    target: { kind: 'second_factor_rule', id: rule.id },
    after: { graceHours: rule.graceHours, minimumStrength: rule.minimumStrength },
  });
}
