import { sql } from 'drizzle-orm';
import { accounts, domainClaims, memberships, organizations } from '@/drizzle/schema';
import { database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { MemberActor } from '@/lib/organization/actor';
import { activatePolicy, confirmPolicy } from '@/lib/organization/policies/activation';
import { editDraft, setTerms, type Terms } from '@/lib/organization/policies/drafts';
import { saveDraft } from '@/lib/organization/policies/save';
import { policyScreen } from '@/lib/organization/policies/screen';
import { createPolicy } from '@/lib/organization/policies/versions';
import type { Policy } from '@/lib/policy/policy';

export type PolicyWorld = {
  readonly organizationId: string;
  readonly domain: string;
  readonly policyId: string;
  readonly owner: MemberActor;
};

let count = 0;

/** An account in a domain, proven, as a member of an organization where one is named. */
export async function addPerson(
  domain: string,
  more: { readonly organizationId?: string; readonly role?: 'owner' | 'admin' | 'member' | 'guest' } = {},
): Promise<string> {
  count += 1;
  const id = newId();
  await database()
    .insert(accounts)
    .values({
      id,
      loginEmail: `person${count}@${domain}`,
      loginDomain: domain,
      loginEmailProvenAt: sql`now()`,
      name: `Person ${count}`,
    });
  if (more.organizationId)
    await database()
      .insert(memberships)
      .values({
        id: newId(),
        organizationId: more.organizationId,
        accountId: id,
        role: more.role ?? 'member',
      });
  return id;
}

/** An organization with an owner, a claimed domain and its policy: version 1, inactive. */
export async function policyWorld(): Promise<PolicyWorld> {
  count += 1;
  const domain = `d${count}-${newId().slice(-6)}.example`;
  const organizationId = newId();
  await database()
    .insert(organizations)
    .values({ id: organizationId, slug: domain.replaceAll('.', '-'), name: `Organization ${count}` });
  const accountId = await addPerson(domain, { organizationId, role: 'owner' });
  await database().insert(domainClaims).values({
    id: newId(),
    organizationId,
    domain,
    state: 'verified',
    token: newId(),
    tokenExpiresAt: sql`now() + interval '7 days'`,
    verifiedAt: sql`now()`,
  });
  const { policyId } = await transaction((tx) =>
    createPolicy(tx, { organizationId, domain, authorId: null }),
  );
  const owner = { accountId, sessionId: null, address: '192.0.2.1', userAgent: null, organizationId };
  return { organizationId, domain, policyId, owner };
}

export async function screenOf({ organizationId, domain }: PolicyWorld) {
  const screen = await policyScreen(organizationId, domain);
  if (screen === null) throw new Error(`no policy of ${domain}`);
  return screen;
}

/** What an owner has before their eyes: the newest version and the draft's revision. */
export async function seenOf(world: PolicyWorld) {
  const { newest, draft } = await screenOf(world);
  return { baseVersionId: newest.id, revision: draft?.revision ?? 0 };
}

/** Activates the version that counts. */
export async function activateNow(world: PolicyWorld) {
  const { current } = await screenOf(world);
  return activatePolicy(world.owner, world.domain, { versionId: current.id });
}

/** Keeps what would revert by itself, as the owner who has it before their eyes. */
export async function confirmNow(world: PolicyWorld, owner: MemberActor = world.owner) {
  const { current } = await screenOf(world);
  return confirmPolicy(owner, world.domain, { versionId: current.id });
}

/** Edits the draft and saves it, as an owner does; throws where either is refused. */
export async function savePolicy(
  world: PolicyWorld,
  body: Policy,
  { activate = false, terms = {} }: { readonly activate?: boolean; readonly terms?: Partial<Terms> } = {},
) {
  const edited = await editDraft(world.owner, world.domain, { body, seen: await seenOf(world) });
  if (!edited.ok) throw new Error(edited.error.code);
  const usual: Terms = {
    tightening: { applies: 'next_sign_in' },
    effectiveFrom: null,
    expirationSpreadDays: 0,
  };
  const { revision } = edited.value;
  await setTerms(world.owner, world.domain, { revision, terms: { ...usual, ...terms } });
  const { isActive } = await screenOf(world);
  const saved = await saveDraft(world.owner, world.domain, { seen: await seenOf(world), isActive, activate });
  if (!saved.ok) throw new Error(saved.error.code);
  return saved.value;
}
