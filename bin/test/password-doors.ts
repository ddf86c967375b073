import { eq, sql } from 'drizzle-orm';
import { memberships, passwords } from '@/drizzle/schema';
import { changeOwnPassword } from '@/lib/account/password-change';
import { rightPassword } from '@/lib/account/test-person';
import { database, transaction } from '@/lib/io/db';
import { hashPassword } from '@/lib/io/hash';
import { issueLink } from '@/lib/io/once';
import { newId } from '@/lib/io/token';
import type { Policy } from '@/lib/policy/policy';
import { days, minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { changeDuePassword } from '@/lib/sign-in/forced-change';
import { registerByInvitation } from '@/lib/sign-in/invitation';
import { resetPassword } from '@/lib/sign-in/reset';
import { registerBySignUp } from '@/lib/sign-in/sign-up';
import { attemptAfterPassword, claimantOfAttempt } from './claimants';
import { addAccount, addDomainPolicy, addMembership, addOrganization, addSession } from './rows';

export const client = { address: '192.0.2.9', userAgent: 'test browser' };
const hashes = new Map<string, Promise<string>>();

function hashed(password: string): Promise<string> {
  const made = async () => {
    const hash = await hashPassword(password);
    if (!hash.ok) throw new Error('nothing else hashes in a test');
    return hash.value;
  };
  const known = hashes.get(password) ?? made();
  hashes.set(password, known);
  return known;
}

export type World = { readonly organization: { id: string; slug: string }; readonly domain: string };

/** An organization whose domain's policy asks nothing of a password but what is named. */
export async function worldWith(values: Partial<Policy>): Promise<World> {
  const domain = `d${newId().slice(-12)}.example`;
  const organization = await addOrganization();
  const quiet = {
    passwordLengthMin: 6,
    passwordUppercase: false,
    passwordLowercase: false,
    passwordNumber: false,
  };
  await addDomainPolicy(organization.id, domain, {
    ...quiet,
    passwordLengthMax: 64,
    passwordMinimumAgeHours: 0,
    breachedCheck: false,
    ...values,
  });
  return { organization, domain };
}

export const formerPassword = 'tundra-orchid-45-Vale';

/** A member of the domain with a password of two days, and a former one. */
export async function personOf({ organization, domain }: World, age = days(2)) {
  const account = await addAccount({
    loginEmail: `p${newId().slice(-12)}@${domain}`,
    createdAt: Date.now() - days(400),
  });
  await addMembership(organization.id, account.id);
  const at = Date.now() - age;
  const row = (password: string) =>
    hashed(password).then((hash) => ({ id: newId(), accountId: account.id, hash }));
  await database()
    .insert(passwords)
    .values([
      { ...(await row(rightPassword)), origin: 'self', setAt: at },
      { ...(await row(formerPassword)), origin: 'self', setAt: at - days(9), retiredAt: at },
    ]);
  return account;
}

const prompt = (accountId: string) =>
  database()
    .update(passwords)
    .set({ changeRequiredAt: Date.now(), changeRequiredReason: 'prompted' })
    .where(sql`account_id = ${accountId} and retired_at is null`);

type Answer = {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly issues?: readonly { code: string }[] };
};

/** What an answer says, in codes; `set` where the password was set. */
export const codesOf = (answer: Answer): readonly string[] => {
  if (answer.ok) return ['set'];
  return answer.error?.issues?.map((issue) => issue.code) ?? [answer.error?.code ?? ''];
};

async function changeInSession(accountId: string, wanted: string): Promise<Answer> {
  const found = await judgeSession((await addSession(accountId)).token, null);
  if (found.state !== 'running') throw new Error(found.state);
  return changeOwnPassword(found.session, { current: rightPassword, wanted, ...client });
}

/** Every door at which a person sets a password. */
export const doors: Readonly<
  Record<string, (world: World, wanted: string, age?: number) => Promise<Answer>>
> = {
  'a change by choice': async (world, wanted, age) =>
    changeInSession((await personOf(world, age)).id, wanted),

  'a change that a prompt forces in a session': async (world, wanted, age) => {
    const { id } = await personOf(world, age);
    await prompt(id);
    return changeInSession(id, wanted);
  },

  'a change that one organization prompted': async (world, wanted, age) => {
    const { id } = await personOf(world, age);
    await database()
      .update(memberships)
      .set({ passwordPromptedAt: Date.now() })
      .where(eq(memberships.accountId, id));
    return changeInSession(id, wanted);
  },

  'a change forced at sign-in': async (world, wanted, age) => {
    const person = await personOf(world, age);
    await prompt(person.id);
    const claimant = await claimantOfAttempt(await attemptAfterPassword(person, client), client);
    if (claimant.step !== 'change_password') throw new Error(claimant.step);
    return changeDuePassword(claimant, wanted, client);
  },

  'a reset': async (world, wanted, age) => {
    const { id, email } = await personOf(world, age);
    const link = { purpose: 'reset_password', email, accountId: id, lifetime: minutes(15) } as const;
    const { token } = await transaction((tx) => issueLink(tx, link));
    return resetPassword({ token, password: wanted }, client);
  },

  'a sign-up': async ({ domain }, wanted) => {
    const email = `n${newId().slice(-12)}@${domain}`;
    const { token } = await transaction((tx) =>
      issueLink(tx, { purpose: 'sign_up', email, lifetime: minutes(60) }),
    );
    const typed = { name: 'Nia Newcomer', password: wanted, organization: 'Their Own', ...client };
    return registerBySignUp(token, typed, async () => true);
  },

  'an invitation': ({ organization, domain }, wanted) => {
    const email = `i${newId().slice(-12)}@${domain}`;
    const joining = { organizationId: organization.id, role: 'member' } as const;
    const person = { email, name: 'Ivo Invited', password: wanted, organization: 'Crestline', ...client };
    return registerByInvitation({ ...person, joining, slug: organization.slug }, async () => true);
  },
};
