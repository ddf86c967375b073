import { randomUUID } from 'node:crypto';
import { type Browser, expect, test } from '@playwright/test';
import { callAction, type Part } from './actions';
import { actions, each, fingerprint, label, leadsToLogin, type World, worldOf } from './door-world';
import { database, enterPassword, forgetRates, newPerson, type Person } from './world';

/* What somebody can reach who is part-way through a sign-in. */

test.describe.configure({ timeout: 240_000 });

/** The cookies of somebody who typed the right password and no more. */
async function claimantCookies(browser: Browser, person: Person, step: string): Promise<string> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, person);
  await page.waitForURL(`**${step}*`);
  const cookies = await context.cookies();
  await context.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const bindApp = (person: Person) => database`
  insert into totp_authenticators (id, account_id, bound_to, sealed_secret, pending_until, confirmed_at)
  values (${randomUUID()}, ${person.id}, ${randomUUID()}, 'sealed', now(), now())`;

const askForChange = (person: Person) => database`
  update passwords set change_required_at = now(), change_required_reason = 'prompted' where account_id = ${person.id}`;

/** Everything that decides how somebody signs in, as one text. */
async function authenticators({ id }: Person): Promise<string> {
  const [row] = await database`
    select (select a::text from accounts a where a.id = ${id}) as account,
      (select string_agg(p::text, '') from passwords p where p.account_id = ${id}) as passwords,
      (select string_agg(t::text, '') from totp_authenticators t where t.account_id = ${id}) as apps,
      (select string_agg(n::text, '') from phone_numbers n where n.account_id = ${id}) as phones,
      (select string_agg(k::text, '') from passkeys k where k.account_id = ${id}) as passkeys,
      (select string_agg(b::text, '') from backup_code_sets b where b.account_id = ${id}) as backup,
      (select count(*) from one_time_codes c where c.account_id = ${id} and c.purpose <> 'sign_in') as codes,
      (select count(*) from sessions s where s.account_id = ${id}) as sessions`;
  return JSON.stringify(row);
}

/** Fields with which every step would be content. */
const early: readonly Part[] = [
  ['newPassword', 'Velvet-Anchor-12-Moss'],
  ['currentPassword', 'Harbour-Lantern-42x'],
  ['email', 'thief@elsewhere.example'],
  ['method', 'totp'],
  ['code', '123456'],
  ['step', 'enroll_second_factor'],
  ['number', '+15550100'],
  ['country', 'US'],
];

const ofSignIn = actions.filter(({ file }) =>
  /\/(change-password|contact-email|enroll|backup-codes|origin|confirm)\//.test(file),
);

test('a claimant is led to sign-in by everything behind a door', async ({ browser }) => {
  const world: World = await worldOf(browser);
  await askForChange(world.target);
  const cookie = await claimantCookies(browser, world.target, '/change-password');
  const before = await fingerprint(world);
  const wrong: string[] = [];
  const guarded = actions.filter(({ door }) => door !== null && door !== 'anyone');
  expect(guarded.length).toBeGreaterThan(50);
  await each(guarded, async (action) => {
    const answer = await callAction(action, { cookie, slug: world.organization.slug, parts: world.parts });
    if (!leadsToLogin(answer)) wrong.push(`${label(action)}: ${answer.status} ${answer.to}`);
  });
  expect(wrong).toEqual([]);
  expect(await fingerprint(world)).toBe(before);
});

test('a stolen password changes nothing while a second factor is bound, whatever is sent early', async ({
  browser,
}) => {
  const person = await newPerson();
  await bindApp(person);
  await askForChange(person);
  const cookie = await claimantCookies(browser, person, '/second-factor');
  const before = await authenticators(person);
  expect(ofSignIn.length).toBeGreaterThan(9);
  const wrong: string[] = [];
  await each(ofSignIn, async (action) => {
    const answer = await callAction(action, { cookie, slug: '', parts: early });
    if (!/^\/(second-factor|login)/.test(answer.to) && !answer.body.includes('to mend'))
      wrong.push(`${label(action)}: ${answer.status} ${answer.to}`);
  });
  expect(wrong).toEqual([]);
  expect(await authenticators(person)).toBe(before);
});

test('one person’s attempt beside another’s session serves neither', async ({ browser }) => {
  const [thief, owner] = [await newPerson(), await newPerson()];
  await askForChange(thief);
  const attempt = await claimantCookies(browser, thief, '/change-password');
  const before = await authenticators(owner);
  const session = await claimantCookies(browser, owner, '/account');
  const cookie = [
    ...session.split('; '),
    ...attempt.split('; ').filter((pair) => pair.startsWith('gh-attempt')),
  ];
  const afterSignIn = await authenticators(owner);
  expect(afterSignIn).not.toBe(before);
  await each(ofSignIn, async (action) => {
    const parts = early.filter(([name]) => name !== 'currentPassword');
    await callAction(action, { cookie: cookie.join('; '), slug: '', parts });
  });
  expect(await authenticators(owner)).toBe(afterSignIn);
});
