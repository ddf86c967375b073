import { randomUUID } from 'node:crypto';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import {
  age,
  codeFrom,
  database,
  freshEmail,
  messageTo,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  outbox,
  type Person,
  signIn,
  unique,
} from './world';

const checkOf = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

const tell = (person: Person, kind: string) => database`
  insert into notices (id, key, account_id, kind, data)
  values (${randomUUID()}, ${unique()}, ${person.id}, ${kind}, '{}')`;

/** A second browser of somebody who is signed in already. */
async function copyOf(context: BrowserContext, other: BrowserContext): Promise<Page> {
  await other.addCookies(await context.cookies());
  return other.newPage();
}

test('the overview says where each thing stands and has one action for it', async ({ page }) => {
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  await newDomainPolicy(organization, domain, { passwordLengthMin: 14 });
  const person = await newMember(organization, 'member', await newPerson(freshEmail('mira', domain)));
  await signIn(page, person);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account security');
  await expect(checkOf(page, 'Second factor')).toContainText('Off');
  await expect(checkOf(page, 'Second factor').getByRole('link')).toHaveText('Set up two-factor');
  await expect(checkOf(page, 'Contact email')).toContainText(`Security mail goes to ${person.email}.`);
  await expect(checkOf(page, 'Sessions')).toContainText('Only here');
  await expect(checkOf(page, organization.name)).toContainText('Open');
  await page.getByRole('link', { name: 'See every rule' }).click();
  const rule = page.getByRole('row').filter({ hasText: 'Minimum password length' });
  await expect(rule).toContainText('14 characters');
  await expect(rule).toContainText(domain);
});

test('an organization that closed itself says so and what to do', async ({ page }) => {
  const { organization } = await newOrganizationWithOwner();
  const person = await newMember(organization);
  await database`update memberships set password_prompted_at = now() + interval '1 second' where account_id = ${person.id}`;
  await signIn(page, person);
  await page.goto(`/account?organization=${organization.slug}`);
  await expect(page.getByText(`${organization.name} is closed to you for now`)).toBeVisible();
  await expect(checkOf(page, organization.name)).toContainText('Closed to you');
  await expect(checkOf(page, organization.name).getByRole('link', { name: 'Change password' })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
  test(`notices keep their read state, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
    page,
    context,
  }) => {
    const person = await newPerson();
    await signIn(page, person);
    await database`update notices set read_at = now() where account_id = ${person.id}`;
    for (const kind of ['password_changed', 'backup_codes_viewed', 'password_expired'])
      await tell(person, kind);
    const tab = await copyOf(context, await browser.newContext({ javaScriptEnabled }));
    await tab.goto('/notices');
    await expect(tab.getByRole('link', { name: 'Notices, 3 unread' })).toBeVisible();
    const changed = checkOf(tab, 'Your password was changed');
    await expect(changed.getByRole('link', { name: 'This wasn’t me' })).toBeVisible();
    await changed.getByRole('button', { name: 'Mark as read' }).click();
    await expect(tab.getByRole('link', { name: 'Notices, 2 unread' })).toBeVisible();
    await expect(changed.getByText('New', { exact: true })).toHaveCount(0);
    await tab.getByRole('button', { name: 'Mark all as read' }).click();
    await expect(tab.getByRole('link', { name: 'Notices', exact: true })).toBeVisible();
    await expect(tab.getByText('New', { exact: true })).toHaveCount(0);
    await tab.context().close();
  });
}

test('“This wasn’t me” signs everybody out and mails a reset', async ({ page, context, browser }) => {
  const person = await newPerson();
  await signIn(page, person, '/account/activity');
  const row = page.getByRole('list', { name: 'Activity' }).getByRole('listitem').first();
  await expect(row).toContainText('Signed in');
  const stranger = await copyOf(context, await browser.newContext());
  await row.getByRole('link', { name: 'This wasn’t me' }).click();
  await page.getByRole('button', { name: 'Sign out everywhere and reset' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Everybody is signed out');
  await messageTo(person.email, /reset/i);
  await stranger.goto('/account');
  await expect(stranger).toHaveURL(/\/login\?return_to=%2Faccount$/);
  await stranger.context().close();
});

test('the contact email changes only by a code, and the old address can stop it', async ({ page }) => {
  const person = await newPerson();
  const next = freshEmail('next');
  await signIn(page, person, '/account/contact-email');
  await page.getByLabel('Contact email').fill('Mira++1@example.com');
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText('“++” cannot stand together. Use one of them.').first()).toBeVisible();
  await page.getByLabel('Contact email').fill(next);
  const before = await outbox(person.email);
  await page.getByRole('button', { name: 'Send code' }).click();
  await page.getByLabel('Verification code').fill(codeFrom(await messageTo(next)));
  expect((await messageTo(person.email, /freeze/, before)).text).toContain(next);
  await page.getByRole('button', { name: 'Verify code' }).click();
  await expect(page.getByText(`${next} is your contact email.`)).toBeVisible();
});

test('two minutes before an idle end every tab asks, and staying in one settles all', async ({
  page,
  context,
}) => {
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  await newDomainPolicy(organization, domain, { webSessionIdleMinutes: 30 });
  const person = await newPerson(freshEmail('mira', domain));
  const other = await context.newPage();
  // One clock for all tabs of the browser.
  await context.clock.install();
  await signIn(page, person);
  await other.goto('/notices');
  await age({
    table: 'sessions',
    where: { account_id: person.id },
    columns: ['last_active_at'],
    by: '28 minutes 40 seconds',
  });
  for (const tab of [page, other]) await expect(tab.getByRole('alertdialog')).toHaveCount(0);
  await context.clock.fastForward('28:40');
  for (const tab of [page, other])
    await expect(tab.getByRole('alertdialog', { name: 'Are you still there?' })).toBeVisible();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  for (const tab of [page, other]) await expect(tab.getByRole('alertdialog')).toHaveCount(0);
  const [row] = await database`
    select last_active_at > now() - interval '1 minute' as active from sessions where account_id = ${person.id}`;
  expect(row?.active).toBe(true);
});

test('asking when a session ends is no activity', async ({ page }) => {
  const person = await newPerson();
  await signIn(page, person);
  await page.goto('about:blank');
  const where = { account_id: person.id };
  await age({ table: 'sessions', where, columns: ['last_active_at'], by: '10 minutes' });
  const lastActive = () => database`select last_active_at from sessions where account_id = ${person.id}`;
  const before = await lastActive();
  expect((await page.request.get('/api/session/ends')).status()).toBe(200);
  await page.waitForTimeout(500);
  expect(await lastActive()).toEqual(before);
});
