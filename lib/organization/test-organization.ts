import 'server-only';
import { accounts, memberships } from '@/drizzle/schema';
import { database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { Role } from '@/lib/policy/roles';
import type { MemberActor } from './actor';
import { createOrganization } from './organizations';

/** People and organizations for the database tests of this folder. */
export type TestMember = {
  readonly id: string;
  readonly accountId: string;
  readonly email: string;
  readonly actor: MemberActor;
};
export type TestOrganization = { readonly id: string; readonly slug: string; readonly owner: TestMember };

/** An account whose login email is proven. */
export async function newAccount(
  name = 'Ann Example',
  domain = 'people.example',
): Promise<{ readonly id: string; readonly email: string }> {
  const id = newId();
  const email = `p${id.replace(/-/gu, '')}@${domain}`;
  await database()
    .insert(accounts)
    .values({
      id,
      loginEmail: email,
      loginDomain: domain,
      loginEmailProvenAt: Date.parse('2026-01-01T00:00:00Z'),
      name,
    });
  return { id, email };
}

const actorOf = (accountId: string, organizationId: string): MemberActor => ({
  accountId,
  organizationId,
  sessionId: null,
  address: '192.0.2.7',
  userAgent: 'test',
});

/** An organization with one owner. */
export async function newOrganization(name: string, domain?: string): Promise<TestOrganization> {
  const account = await newAccount('Olga Owner', domain);
  const made = await transaction((tx) => createOrganization(tx, { name, ownerAccountId: account.id }));
  if (!made.ok) throw new Error(made.error.code);
  const [membership] = await database().query.memberships.findMany({
    columns: { id: true },
    where: (row, { eq }) => eq(row.organizationId, made.value.id),
  });
  if (!membership) throw new Error('the owner has no membership');
  const owner = { id: membership.id, accountId: account.id, email: account.email };
  return { ...made.value, owner: { ...owner, actor: actorOf(account.id, made.value.id) } };
}

/** A member of this role in an organization. */
export async function addMember(
  organization: TestOrganization,
  role: Role,
  name?: string,
): Promise<TestMember> {
  const account = await newAccount(name);
  const id = newId();
  await database()
    .insert(memberships)
    .values({ id, organizationId: organization.id, accountId: account.id, role });
  return { id, accountId: account.id, email: account.email, actor: actorOf(account.id, organization.id) };
}
