import { expect, type Page, test } from '@playwright/test';
import { expectCleanAt } from './screens';
import {
  age,
  database,
  dns,
  linkFrom,
  messageTo,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  signIn,
  unique,
} from './world';

const claimHost = (domain: string) => `_gatehouse-challenge.${domain}`;
const valueOn = async (page: Page) =>
  (await page
    .getByText(/^gatehouse-verify=\w+$/)
    .first()
    .textContent()) ?? '';
const pick = async (page: Page, member: string, act: string) => {
  await page.getByRole('button', { name: `Actions for ${member}` }).click();
  await page.getByRole('menuitem', { name: act, exact: true }).click();
};

test('a domain is claimed step by step, told what was seen, and given up again', async ({ page }) => {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({ ownerEmail: `olive@${domain}` });
  const at = `/organizations/${organization.slug}/domains`;
  await signIn(page, owner, at);
  await expect(page.getByLabel('Domain', { exact: true })).toHaveValue(domain);
  await expect(page.getByLabel('Domain', { exact: true })).not.toBeEditable();
  await page.getByRole('button', { name: 'Claim email domain' }).click();
  const check = page.getByRole('button', { name: 'Check now' });
  await expect(check).toBeVisible();
  await expect(page.getByText('_gatehouse-challenge', { exact: true })).toBeVisible();
  await expect(page.getByText(claimHost(domain), { exact: true })).toBeVisible();

  await check.click();
  await expect(page.getByRole('alert').filter({ hasText: 'not found yet' })).toBeVisible();
  await dns.fail(claimHost(domain), 'SERVFAIL');
  await check.click();
  await expect(page.getByRole('alert').filter({ hasText: 'answered with a failure' })).toBeVisible();
  const value = await valueOn(page);
  await dns.remove(claimHost(domain));
  await dns.put(`${claimHost(domain)}.${domain}`, value);
  await check.click();
  await expect(page.getByRole('alert').filter({ hasText: 'adds the domain by itself' })).toBeVisible();
  await dns.put(claimHost(domain), 'v=spf1 -all', value.toUpperCase());
  await check.click();
  await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('Inactive until you activate it.')).toBeVisible();

  await page.getByLabel('Domain', { exact: true }).fill('gmail.com');
  await page.getByRole('button', { name: 'Claim email domain' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'public mail provider' })).toBeVisible();
  await expect(page.getByLabel('Domain', { exact: true })).toHaveValue('gmail.com');

  await age({
    table: 'sessions',
    where: { account_id: owner.id },
    columns: ['created_at', 'reauthenticated_at', 'reauthentication_began_at'],
    by: '31 minutes',
  });
  await page.getByRole('link', { name: 'Revoke' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('We sold it');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('table', { name: 'Earlier claims' })).toContainText('Revoked');
  await page.goto(`/organizations/${organization.slug}/audit?subject=claim`);
  await expect(page.getByText('Reason: We sold it')).toBeVisible();
});

test('an open page sees the record by itself', async ({ page }) => {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({ ownerEmail: `olive@${domain}` });
  await signIn(page, owner, `/organizations/${organization.slug}/domains`);
  await page.getByRole('button', { name: 'Claim email domain' }).click();
  await expect(page.getByRole('button', { name: 'Check now' })).toBeVisible();
  await dns.put(claimHost(domain), await valueOn(page));
  await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible({ timeout: 25_000 });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an owner claims a domain, invites, and changes a role', async ({ page }) => {
    const domain = `d${unique()}.example`;
    const { organization, owner } = await newOrganizationWithOwner({ ownerEmail: `olive@${domain}` });
    const member = await newMember(organization, 'member', await newPerson(undefined, 'Mara Quist'));
    const at = `/organizations/${organization.slug}`;
    await signIn(page, owner, `${at}/domains`);
    await page.getByRole('button', { name: 'Claim email domain' }).click();
    await dns.put(claimHost(domain), await valueOn(page));
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();

    await page.goto(`${at}/members/invitations`);
    await page.getByLabel('Email', { exact: true }).fill('not an address');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Email', { exact: true })).toHaveValue('not an address');

    await page.goto(`${at}/members`);
    await pick(page, member.name, 'Change role');
    await page.getByLabel('Role', { exact: true }).selectOption('guest');
    await page.getByRole('button', { name: 'Change role' }).click();
    await expect(page.getByRole('alert')).toContainText('Enter a reason');
    await page.getByLabel('Reason', { exact: true }).fill('From outside');
    await page.getByRole('button', { name: 'Change role' }).click();
    await expect(page.getByRole('row', { name: new RegExp(member.name) })).toContainText('Guest');
  });
});

test('a suspended member is out at the next request, and back when it is lifted', async ({ browser }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  const member = await newMember(organization, 'member', await newPerson(undefined, 'Mara Quist'));
  const at = `/organizations/${organization.slug}`;
  const [office, desk] = [await browser.newPage(), await browser.newPage()];
  await signIn(desk, member, at);
  await signIn(office, owner, `${at}/members`);
  await pick(office, member.name, 'Suspend');
  await office.getByLabel('Reason', { exact: true }).fill('Left in May');
  await office.getByRole('button', { name: 'Suspend' }).click();
  await expect(office.getByRole('row', { name: new RegExp(member.name) })).toContainText('Suspended');
  expect((await desk.goto(at))?.status()).toBe(404);
  await desk.goto('/organizations');
  await expect(desk.getByText('Suspended', { exact: true })).toBeVisible();
  await pick(office, member.name, 'Lift suspension');
  await office.getByLabel('Reason', { exact: true }).fill('Came back');
  await office.getByRole('button', { name: 'Lift suspension' }).click();
  await expect(office.getByRole('row', { name: new RegExp(member.name) })).not.toContainText('Suspended');
  expect((await desk.goto(at))?.status()).toBe(200);
  await messageTo(member.email, /suspended/i);
});

test('a temporary password is shown once and works at the door', async ({ page, browser }) => {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({ ownerEmail: `olive@${domain}` });
  const member = await newMember(organization, 'member', await newPerson(`mara@${domain}`, 'Mara Quist'));
  const at = `/organizations/${organization.slug}`;
  await signIn(page, owner, `${at}/domains`);
  await page.getByRole('button', { name: 'Claim email domain' }).click();
  await dns.put(claimHost(domain), await valueOn(page));
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();
  await page.goto(`${at}/members`);
  await pick(page, member.name, 'Set temporary password');
  await page.getByLabel('Reason', { exact: true }).fill('Forgot it');
  await page.getByRole('button', { name: 'Set temporary password' }).click();
  const password = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
  expect(password.length).toBeGreaterThan(11);
  await page.reload();
  await expect(page.getByText(password)).toHaveCount(0);
  const desk = await browser.newPage();
  await desk.goto('/login');
  await desk.getByLabel('Email', { exact: true }).fill(member.email);
  await desk.getByLabel('Password', { exact: true }).fill(password);
  await desk.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(desk).toHaveURL(/\/change-password/);
});

test('somebody with an account joins by the link in the mail, once', async ({ page }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  const guest = await newPerson();
  const at = `/organizations/${organization.slug}`;
  await signIn(page, owner, `${at}/members/invitations`);
  await page.getByLabel('Email', { exact: true }).fill(guest.email);
  await page.getByLabel('Role', { exact: true }).selectOption('guest');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(page.getByRole('cell', { name: guest.email })).toBeVisible();
  const link = linkFrom(await messageTo(guest.email, /invit/i));
  await page.context().clearCookies();
  await signIn(page, guest, '/organizations');
  await page.goto(link);
  await page.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: organization.name, exact: true })).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Accept invitation' })).toHaveCount(0);
});

test('the places of an organization are not for strangers, nor for every role', async ({ page }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  const elsewhere = await newOrganizationWithOwner();
  const member = await newMember(organization);
  const places = ['members', 'members/invitations', 'domains', 'audit', 'audit/export', 'settings'];
  const statuses = async (path: string) => (await page.request.get(path)).status();
  await signIn(page, elsewhere.owner);
  for (const place of ['', ...places])
    expect(await statuses(`/organizations/${organization.slug}/${place}`)).toBe(404);
  await page.context().clearCookies();
  await signIn(page, member);
  for (const place of places)
    expect(await statuses(`/organizations/${organization.slug}/${place}`)).toBe(403);
  await page.context().clearCookies();
  for (const place of places) {
    await page.goto(`/organizations/${organization.slug}/${place}`);
    await expect(page).toHaveURL(/\/login\?return_to=/);
  }
  await signIn(page, owner);
});

test('screens of a new organization are clean', async ({ page }) => {
  test.setTimeout(180_000);
  const { organization, owner } = await newOrganizationWithOwner();
  const member = await newMember(organization);
  await signIn(page, owner);
  const [membership] = await database`select id from memberships where account_id = ${member.id}`;
  const places = [
    '',
    '?act=leave',
    '/members',
    `/members?act=suspend&member=${membership?.id}`,
    '/members?search=nobody',
    '/members/invitations',
    '/domains',
  ];
  await expectCleanAt(
    page,
    places.map((place) => `/organizations/${organization.slug}${place}`),
  );
});
