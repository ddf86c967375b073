import type { Browser } from '@playwright/test';
import { type Answer, type Part, type ServerAction, serverActions } from './actions';
import {
  database,
  freshEmail,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  type Organization,
  type Person,
  signIn,
  unique,
} from './world';

export const actions = serverActions();
export const roles = ['guest', 'member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];
export const isRole = (door: string | null): door is Role => roles.some((role) => role === door);

/** The cookies of somebody who signed in as a person would. */
async function cookiesOf(browser: Browser, person: Person): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person);
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

export type World = {
  readonly organization: Organization;
  readonly target: Person;
  readonly cookies: Readonly<Record<'anonymous' | Role | 'foreign', string>>;
  readonly parts: readonly Part[];
};

export async function worldOf(browser: Browser): Promise<World> {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({
    plan: 'pro',
    ownerEmail: freshEmail('owner', domain),
  });
  await newDomainPolicy(organization, domain, { singleWebSession: false });
  const people = {
    owner,
    admin: await newMember(organization, 'admin'),
    member: await newMember(organization, 'member'),
    guest: await newMember(organization, 'guest'),
    foreign: (await newOrganizationWithOwner({ plan: 'pro' })).owner,
  };
  const target = await newMember(organization, 'member', await newPerson(freshEmail('target', domain)));
  const [row] = await database`select id from memberships where account_id = ${target.id}`;
  const cookies = {
    anonymous: '',
    owner: await cookiesOf(browser, people.owner),
    admin: await cookiesOf(browser, people.admin),
    member: await cookiesOf(browser, people.member),
    guest: await cookiesOf(browser, people.guest),
    foreign: await cookiesOf(browser, people.foreign),
  };
  const parts: Part[] = [
    ['organization', organization.slug],
    ['slug', organization.slug],
    ['membership', String(row?.id)],
    ['member', String(row?.id)],
    ['id', String(row?.id)],
    ['domain', domain],
    ['reason', 'because'],
    ['role', 'owner'],
    ['name', 'Taken over'],
    ['graceHours', '0'],
    ['minimumStrength', '1'],
    ['emails', 'someone@elsewhere.example'],
    ['temporaryByAdmins', 'on'],
  ];
  return { organization, target, cookies, parts };
}

/** What nobody without the right may change, as one text. */
export async function fingerprint({ organization, target }: World): Promise<string> {
  const [row] = await database`
    select (select o::text from organizations o where o.id = ${organization.id}) as organization,
      (select string_agg(m::text, '' order by m.id) from memberships m where m.organization_id = ${organization.id}) as memberships,
      (select string_agg(i::text, '' order by i.id) from invitations i where i.organization_id = ${organization.id}) as invitations,
      (select string_agg(r::text, '' order by r.id) from second_factor_rules r where r.organization_id = ${organization.id}) as rules,
      (select string_agg(c::text, '' order by c.id) from domain_claims c where c.organization_id = ${organization.id}) as claims,
      (select string_agg(p::text || (select string_agg(v::text, '' order by v.id) from policy_versions v where v.policy_id = p.id), ''
        order by p.id) from domain_policies p where p.organization_id = ${organization.id}) as policies,
      (select a::text from accounts a where a.id = ${target.id}) as account,
      (select string_agg(p::text, '' order by p.id) from passwords p where p.account_id = ${target.id}) as passwords`;
  return JSON.stringify(row);
}

export const label = ({ file, name }: ServerAction) => `${file}#${name}`;
export const leadsToLogin = ({ to }: Answer) => to.startsWith('/login');

/** Works through a list with a few requests at once. */
export async function each<T>(list: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const queue = [...list];
  const worker = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await run(one);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}
