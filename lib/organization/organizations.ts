import 'server-only';
import { randomInt } from 'node:crypto';
import { and, eq, isNotNull, ne } from 'drizzle-orm';
import { memberships, organizations } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { checkDisplayName, type NameFault, slugFrom } from '@/lib/policy/display-name';
import { ok, type Result } from '@/lib/policy/result';
import { type Actor, auditActor } from './actor';

export type NewOrganization = { readonly name: string; readonly ownerAccountId: string };
export type CreatedOrganization = { readonly id: string; readonly slug: string; readonly name: string };

/** Addresses under /organizations that are not organizations. */
const reserved = new Set(['', 'new']);
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const suffix = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');

const slugCandidate = (name: string, round: number): string => {
  const slug = slugFrom(name);
  if (round === 0 && !reserved.has(slug)) return slug;
  return `${slug || 'organization'}-${suffix()}`;
};

async function insertOrganization(tx: Transaction, name: string): Promise<{ id: string; slug: string }> {
  for (let round = 0; round < 10; round += 1) {
    const [row] = await tx
      .insert(organizations)
      .values({ id: newId(), name, slug: slugCandidate(name, round) })
      .onConflictDoNothing({ target: organizations.slug })
      .returning({ id: organizations.id, slug: organizations.slug });
    if (row) return row;
  }
  throw new Error('no free slug was found in ten rounds');
}

/** Joining another organization ends what an invitation alone made managed (spec 1.1). */
export async function endManagementElsewhere(
  tx: Transaction,
  which: { readonly accountId: string; readonly organizationId: string },
): Promise<void> {
  await tx
    .update(memberships)
    .set({ createdAccountAt: null })
    .where(
      and(
        eq(memberships.accountId, which.accountId),
        ne(memberships.organizationId, which.organizationId),
        isNotNull(memberships.createdAccountAt),
      ),
    );
}

/**
 * Makes an organization with its first owner, in the caller's transaction: sign-up creates account and organization
 * together. The slug is unique by index; a taken one gets a random ending.
 */
export async function createOrganization(
  tx: Transaction,
  wanted: NewOrganization,
  actor?: Actor,
): Promise<Result<CreatedOrganization, NameFault>> {
  const name = checkDisplayName(wanted.name);
  if (!name.ok) return name;
  const made = await insertOrganization(tx, name.value);
  await tx.insert(memberships).values({
    id: newId(),
    organizationId: made.id,
    accountId: wanted.ownerAccountId,
    role: 'owner',
  });
  await endManagementElsewhere(tx, { accountId: wanted.ownerAccountId, organizationId: made.id });
  await recordAudit(tx, {
    chain: organizationChain(made.id),
    event: 'organization.created',
    ...(actor ? auditActor(actor) : { actor: { kind: 'account', id: wanted.ownerAccountId } }),
    result: 'success',
    target: { kind: 'organization', id: made.id },
    after: { name: name.value, slug: made.slug },
  });
  return ok({ ...made, name: name.value });
}

/** Sign-up's counterpart for somebody who is signed in. */
export function createOrganizationFor(
  actor: Actor,
  name: string,
): Promise<Result<CreatedOrganization, NameFault>> {
  return transaction((tx) => createOrganization(tx, { name, ownerAccountId: actor.accountId }, actor));
}
