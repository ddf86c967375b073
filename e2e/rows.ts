import { randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import postgres from 'postgres';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';

const { GATEHOUSE_E2E_DATABASE_URL } = process.env;
if (!GATEHOUSE_E2E_DATABASE_URL) throw new Error('Browser tests need their database: npm run test:e2e');

/** The test's own way into Postgres, as its superuser. */
export const database = postgres(GATEHOUSE_E2E_DATABASE_URL, { max: 2, onnotice: () => undefined });

export const unique = () => randomBytes(5).toString('hex');

/** An address nobody had before, at a domain nobody had before unless one is given. */
export const freshEmail = (name = 'person', domain = `d${unique()}.example`) =>
  `${name}-${unique()}@${domain}`;

/** Passes every rule of the default policy, and of one that asks for a symbol. */
export const goodPassword = 'Harbour-Lantern-42x';

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly name: string;
};
export type Organization = { readonly id: string; readonly slug: string; readonly name: string };
export type Role = 'owner' | 'admin' | 'member' | 'guest';

let passwordHash: Promise<string> | null = null;

/** A person with proven addresses and a password, without a second factor. */
export async function newPerson(email = freshEmail(), name = 'Robin Vale'): Promise<Person> {
  const id = randomUUID();
  passwordHash ??= hash(goodPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await database`
    insert into accounts (id, login_email, login_domain, login_email_proven_at, contact_email, contact_email_proven_at, name)
    values (${id}, ${email}, ${email.slice(email.lastIndexOf('@') + 1)}, now(), ${email}, now(), ${name})`;
  await database`
    insert into passwords (id, account_id, hash, origin) values (${randomUUID()}, ${id}, ${await passwordHash}, 'self')`;
  return { id, email, password: goodPassword, name };
}

/** Adds somebody to an organization; a new person unless one is given. */
export async function newMember(
  organization: Organization,
  role: Role = 'member',
  person?: Person,
): Promise<Person> {
  const member = person ?? (await newPerson());
  await database`
    insert into memberships (id, organization_id, account_id, role)
    values (${randomUUID()}, ${organization.id}, ${member.id}, ${role})`;
  return member;
}

export type NewOrganization = { readonly plan?: 'free' | 'pro' | 'enterprise'; readonly ownerEmail?: string };

/** An organization and its owner, ready to sign in. */
export async function newOrganizationWithOwner({
  plan = 'free',
  ownerEmail,
}: NewOrganization = {}): Promise<{ readonly organization: Organization; readonly owner: Person }> {
  const tag = unique();
  const organization = { id: randomUUID(), slug: `org-${tag}`, name: `Company ${tag}` };
  await database`
    insert into organizations (id, slug, name, plan)
    values (${organization.id}, ${organization.slug}, ${organization.name}, ${plan})`;
  const owner = await newMember(organization, 'owner', await newPerson(ownerEmail, 'Olive Warden'));
  return { organization, owner };
}

/** A verified claim with its policy, in force unless told otherwise. */
export async function newDomainPolicy(
  organization: Organization,
  domain: string,
  { active = true, ...values }: Partial<Policy> & { readonly active?: boolean } = {},
): Promise<void> {
  const policy = randomUUID();
  const body: Policy = { ...defaultPolicy, ...values };
  await database`
    insert into domain_claims (id, organization_id, domain, state, token, token_expires_at, verified_at)
    values (${randomUUID()}, ${organization.id}, ${domain}, 'verified', ${unique()}, now(), now())`;
  await database`
    insert into domain_policies (id, organization_id, domain, activated_at)
    values (${policy}, ${organization.id}, ${domain}, ${active ? database`now()` : null})`;
  await database`
    insert into policy_versions (id, policy_id, number, body)
    values (${randomUUID()}, ${policy}, 1, ${database.json(body)})`;
}

export type Aging = {
  readonly table: string;
  /** Which rows, by equality. */
  readonly where: Readonly<Record<string, string | number | boolean>>;
  readonly columns: readonly string[];
  /** A Postgres interval, such as '15 minutes'. */
  readonly by: string;
};

/** Moves instants of rows into the past, as if that much time had gone by; returns how many rows. */
export async function age({ table, where, columns, by }: Aging): Promise<number> {
  const moved = columns.map(
    (column) => database`${database(column)} = ${database(column)} - ${by}::interval`,
  );
  const conditions = Object.entries(where).map(([name, value]) => database`${database(name)} = ${value}`);
  const result = await database`
    update ${database(table)} set ${moved.flatMap((part, at) => (at === 0 ? part : [database`, `, part]))}
    where ${conditions.flatMap((part, at) => (at === 0 ? part : [database` and `, part]))}`;
  return result.count;
}

/** A client address may try 30 times a minute, and all tests come from one. */
export const forgetRates = () => database`delete from rate_windows`;

/** An app's step opens the door once; lets the same person in again within 30 seconds. */
export const forgetTotpStep = (email: string) => database`
  update totp_authenticators set last_step = null
  where account_id = (select id from accounts where login_email = ${email})`;
