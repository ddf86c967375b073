import { eq, sql } from 'drizzle-orm';
import { accounts, notices, outbox } from '@/drizzle/schema';
import type { Transaction } from '@/lib/io/db';
import type { DemoSheet } from '@/lib/io/demo-sheet';
import type { Policy } from '@/lib/policy/policy';
import { bindApp, bindNumber } from './factors';
import {
  addOrganization,
  claimDomain,
  type DemoOrganization,
  join,
  mandateSecondFactor,
} from './organization';
import { demoPassword } from './password';
import { addSession, agePerson } from './past';
import { type DemoMember, type DemoPerson, guest, harborOwner, members, operator, owner } from './people';
import { addPerson } from './person';
import { enactPolicy } from './policy';

const domain = 'northwind.example';

/** Strict enough to be felt; several browsers may be signed in at once, so that the demo is easy to try. */
const northwindPolicy: Partial<Policy> = {
  passwordLengthMin: 12,
  passwordSymbol: true,
  passwordExpirationDays: 90,
  passwordReuse: 5,
  singleWebSession: false,
  secondFactorRequired: true,
  secondFactorGraceHours: 72,
};

type Line = DemoSheet['accounts'][number];
type Stage = { readonly tx: Transaction; readonly password: string };
type Placed = { readonly accountId: string; readonly totpKey?: string };

const lineOf = (person: DemoPerson, { totpKey }: Placed, organization: string | null): Line => ({
  email: person.email,
  organization,
  role: person.role,
  state: person.state,
  ...(totpKey === undefined ? {} : { totpKey }),
});

/** What comes after the account: factors, age and where the person was signed in. */
async function furnish({ tx }: Stage, person: DemoPerson, accountId: string): Promise<Placed> {
  const holder = { accountId, email: person.email };
  const key = person.factor === 'totp' ? await bindApp(tx, holder) : undefined;
  if (person.factor === 'sms') await bindNumber(tx, holder, '+12025550143');
  await agePerson(tx, accountId, person.passwordDays);
  if (person.contactEmail === 'none')
    await tx
      .update(accounts)
      .set({ contactEmail: null, contactEmailProvenAt: null })
      .where(eq(accounts.id, accountId));
  for (const session of person.sessions) await addSession(tx, accountId, session);
  return key === undefined ? { accountId } : { accountId, totpKey: key };
}

async function place(stage: Stage, person: DemoMember, organization: DemoOrganization): Promise<Placed> {
  const { tx, password } = stage;
  const { email, name, role } = person;
  const accountId = await addPerson(tx, { email, name, password, organization: organization.name });
  await join(tx, organization, { accountId, email, role });
  return furnish(stage, person, accountId);
}

async function northwind(stage: Stage): Promise<{ organization: DemoOrganization; lines: readonly Line[] }> {
  const { tx, password } = stage;
  const name = 'Northwind';
  const ownerId = await addPerson(tx, { email: owner.email, name: owner.name, password, organization: name });
  const organization = await addOrganization(tx, { name, ownerId, plan: 'pro' });
  await claimDomain(tx, organization, domain);
  await enactPolicy(tx, organization, { domain, values: northwindPolicy });
  const lines = [lineOf(owner, await furnish(stage, owner, ownerId), name)];
  for (const member of members) lines.push(lineOf(member, await place(stage, member, organization), name));
  await mandateSecondFactor(tx, organization);
  return { organization, lines };
}

async function harbor(stage: Stage): Promise<{ organization: DemoOrganization; lines: readonly Line[] }> {
  const { tx, password } = stage;
  const { email, name } = harborOwner;
  const ownerId = await addPerson(tx, { email, name, password, organization: 'Harbor' });
  const organization = await addOrganization(tx, { name: 'Harbor', ownerId, plan: 'free' });
  return { organization, lines: [lineOf(harborOwner, await furnish(stage, harborOwner, ownerId), 'Harbor')] };
}

async function addOperator(stage: Stage): Promise<Line> {
  const { tx, password } = stage;
  const { email, name } = operator;
  const accountId = await addPerson(tx, { email, name, password, organization: 'Gatehouse' });
  await tx.update(accounts).set({ operatorSince: sql`now()` }).where(eq(accounts.id, accountId));
  return lineOf(operator, await furnish(stage, operator, accountId), null);
}

/**
 * Two organizations and an operator, in the caller's transaction, of a database that holds nobody yet. Passwords, factors,
 * memberships, claim and policy come from the capabilities that make them for everybody else; only their age is moved.
 */
export async function writeDemo(tx: Transaction): Promise<DemoSheet> {
  const stage = { tx, password: demoPassword() };
  const first = await northwind(stage);
  const second = await harbor(stage);
  const visitor = await place(stage, guest, first.organization);
  await join(tx, second.organization, { accountId: visitor.accountId, email: guest.email, role: guest.role });
  const operatorLine = await addOperator(stage);
  // Nobody is written to about what nobody did.
  await tx.delete(outbox);
  await tx.delete(notices);
  const visits = [first, second].map(({ organization }) => lineOf(guest, visitor, organization.name));
  return {
    password: stage.password,
    accounts: [...first.lines, ...visits.slice(0, 1), ...second.lines, ...visits.slice(1), operatorLine],
  };
}
