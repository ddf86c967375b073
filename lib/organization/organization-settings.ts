import 'server-only';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { memberships, organizations } from '@/drizzle/schema';
import { organizationChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { checkDisplayName, type NameFault } from '@/lib/policy/display-name';
import { fail, ok, type Result } from '@/lib/policy/result';
import { auditActor, type MemberActor } from './actor';

export type OrganizationSettings = {
  readonly name: string;
  readonly slug: string;
  readonly adminsMaySetPasswords: boolean;
};

export type SettingsFault =
  | NameFault
  | { readonly code: 'not_allowed' }
  | { readonly code: 'name_is_owners' };

const columns = {
  name: organizations.name,
  slug: organizations.slug,
  adminsMaySetPasswords: organizations.adminsMaySetPasswords,
};

/** What the settings screen shows. */
export async function organizationSettings(organizationId: string): Promise<OrganizationSettings> {
  const [row] = await database()
    .select(columns)
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  if (!row) throw new Error(`no organization ${organizationId}`);
  return row;
}

/** The settings with the asker's role, the organization's row held until the transaction ends. */
async function lockSettings(tx: Transaction, actor: MemberActor) {
  const [row] = await tx
    .select({ ...columns, role: memberships.role })
    .from(organizations)
    .innerJoin(memberships, eq(memberships.organizationId, organizations.id))
    .where(
      and(
        eq(organizations.id, actor.organizationId),
        eq(memberships.accountId, actor.accountId),
        inArray(memberships.role, ['owner', 'admin']),
        isNull(memberships.suspendedAt),
      ),
    )
    .for('update', { of: organizations });
  return row;
}

/** Saves name (owners) and switch (owners and admins). The slug stays, so that links go on working. */
export function saveOrganizationSettings(
  actor: MemberActor,
  wanted: { readonly name: string; readonly adminsMaySetPasswords: boolean },
): Promise<Result<OrganizationSettings, SettingsFault>> {
  return transaction(async (tx) => {
    const name = checkDisplayName(wanted.name);
    if (!name.ok) return name;
    const found = await lockSettings(tx, actor);
    if (!found) return fail({ code: 'not_allowed' });
    const before = { name: found.name, adminsMaySetPasswords: found.adminsMaySetPasswords };
    const after = { name: name.value, adminsMaySetPasswords: wanted.adminsMaySetPasswords };
    if (before.name !== after.name && found.role !== 'owner') return fail({ code: 'name_is_owners' });
    await tx.update(organizations).set(after).where(eq(organizations.id, actor.organizationId));
    await recordAudit(tx, {
      chain: organizationChain(actor.organizationId),
      event: 'organization.settings_changed',
      ...auditActor(actor),
      result: 'success',
      target: { kind: 'organization', id: actor.organizationId },
      before,
      after,
    });
    return ok({ ...after, slug: found.slug });
  });
}
