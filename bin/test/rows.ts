import {
  accounts,
  domainClaims,
  domainPolicies,
  memberships,
  organizations,
  passwords,
  policyVersions,
} from '@/drizzle/schema';
import { database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { createSession, type MintedSession, type NewSession } from '@/lib/session/sessions';

/** Rows that tests begin from, written straight into the tables. Every call makes something new. */
const unique = () => newId().slice(-12);

export type TestAccount = { readonly id: string; readonly email: string };

export async function addAccount(
  given: Partial<typeof accounts.$inferInsert> & { readonly passwordHash?: string } = {},
): Promise<TestAccount> {
  const { passwordHash, ...rest } = given;
  const email = rest.loginEmail ?? `person-${unique()}@example.test`;
  const id = newId();
  await database()
    .insert(accounts)
    .values({
      id,
      loginEmail: email,
      loginDomain: email.slice(email.lastIndexOf('@') + 1),
      loginEmailProvenAt: Date.now(),
      name: 'Test Person',
      ...rest,
    });
  if (passwordHash !== undefined)
    await database()
      .insert(passwords)
      .values({ id: newId(), accountId: id, hash: passwordHash, origin: 'self' });
  return { id, email };
}

export async function addOrganization(given: Partial<typeof organizations.$inferInsert> = {}) {
  const id = newId();
  const slug = given.slug ?? `org-${unique()}`;
  await database()
    .insert(organizations)
    .values({ id, name: 'Test Organization', ...given, slug });
  return { id, slug };
}

export async function addMembership(
  organizationId: string,
  accountId: string,
  role: (typeof memberships.$inferInsert)['role'] = 'member',
) {
  const id = newId();
  await database().insert(memberships).values({ id, organizationId, accountId, role });
  return { id };
}

/** A verified claim with its policy, active unless told otherwise. */
export async function addDomainPolicy(
  organizationId: string,
  domain: string,
  values: Partial<Policy> = {},
  policy: Partial<typeof domainPolicies.$inferInsert> = { activatedAt: Date.now() },
) {
  const [claimId, policyId, versionId] = [newId(), newId(), newId()];
  const at = Date.now();
  await database().insert(domainClaims).values({
    id: claimId,
    organizationId,
    domain,
    state: 'verified',
    token: unique(),
    tokenExpiresAt: at,
    verifiedAt: at,
  });
  await database()
    .insert(domainPolicies)
    .values({ id: policyId, organizationId, domain, ...policy });
  await database()
    .insert(policyVersions)
    .values({
      id: versionId,
      policyId,
      number: 1,
      body: { ...defaultPolicy, ...values },
      effectiveFrom: at - 1000,
    });
  return { claimId, policyId, versionId };
}

/** Another version of a policy; versions cannot be changed once written, so a test that needs other dates adds one. */
export async function addVersion(
  policyId: string,
  { body, ...given }: Omit<Partial<typeof policyVersions.$inferInsert>, 'body'> & { body?: Partial<Policy> },
) {
  const version = { id: newId(), number: 2, effectiveFrom: Date.now(), ...given };
  await database()
    .insert(policyVersions)
    .values({ ...version, policyId, body: { ...defaultPolicy, ...body } });
  return { versionId: version.id };
}

export async function addSession(accountId: string, given: Partial<NewSession> = {}): Promise<MintedSession> {
  const session = { overallMinutes: 1440, closeWithBrowser: false, isOnlyWebSession: false, ...given };
  return transaction((tx) =>
    createSession(tx, {
      attemptId: null,
      kind: 'web',
      clientName: null,
      deviceId: null,
      method: null,
      strength: 0,
      address: '127.0.0.1',
      userAgent: 'test',
      ...session,
      accountId,
    }),
  );
}
