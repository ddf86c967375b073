import { expect, type Page, test } from '@playwright/test';
import { expectClean, expectCleanAt } from './screens';
import {
  type Credentials,
  codeFrom,
  database,
  demoAccount,
  enterPassword,
  forgetRates,
  forgetTotpStep,
  freshEmail,
  messageTo,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  type Person,
  signIn,
  totp,
  unique,
} from './world';

test.describe.configure({ mode: 'parallel' });

const accountScreens = [
  '',
  '/password',
  '/two-factor',
  '/passkeys',
  '/backup-codes',
  '/contact-email',
  '/sessions',
  '/activity',
  '/rules',
].map((path) => `/account${path}`);

const organizationScreens = [
  '',
  '/members',
  '/members/invitations',
  '/policies',
  '/security',
  '/domains',
  '/audit',
  '/audit/accounts',
  '/settings',
].map((path) => `/organizations/northwind${path}`);

test('axe finds nothing on the development desk', async ({ page }) => {
  await expectCleanAt(page, ['/dev/demo', '/dev/outbox', '/dev/dns']);
});

test('axe finds nothing on the pages of an account', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await demoAccount('owner@northwind.example'));
  await expectCleanAt(page, [
    ...accountScreens,
    ...['/notices', '/organizations', '/organizations/new', '/security-changes', '/not-me', '/confirm'],
  ]);
});

test('axe finds nothing on the pages of an organization', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await demoAccount('owner@northwind.example'));
  await expectCleanAt(page, organizationScreens);
});

/** Types the password and stays at the step that follows. */
async function stepAfterPassword(page: Page, credentials: Credentials): Promise<void> {
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, credentials);
  await expect(page).not.toHaveURL(/\/login/);
}

test('axe finds nothing on the steps of a sign-in', async ({ browser }) => {
  test.setTimeout(240_000);
  for (const name of ['weak', 'blocked', 'expired']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const account = await demoAccount(`${name}@northwind.example`);
    await stepAfterPassword(page, account);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectClean(page);
    if (account.totpKey !== undefined) {
      await forgetTotpStep(account.email);
      await page.getByLabel('Verification code').fill(totp(account.totpKey));
      await page.getByRole('button', { name: 'Verify code' }).click();
      await expect(page).toHaveURL(/\/change-password/);
      await expectClean(page);
    }
    await context.close();
  }
});

/** Somebody of a domain that has asked for a second factor since an hour ago, without a grace period. */
async function personWithoutFactor(): Promise<Person> {
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  await newDomainPolicy(organization, domain, { secondFactorRequired: true, secondFactorGraceHours: 0 });
  await database`
    update policy_versions set second_factor_activated_at = now() - interval '1 hour'
    where policy_id in (select id from domain_policies where domain = ${domain})`;
  return newMember(organization, 'member', await newPerson(freshEmail('person', domain)));
}

async function verify(page: Page, code: string): Promise<void> {
  await page.getByLabel('Verification code').fill(code);
  await page.getByRole('button', { name: 'Verify code' }).click();
}

test('axe finds nothing while a second factor is set up and used', async ({ page }) => {
  test.setTimeout(240_000);
  const person = await personWithoutFactor();
  await stepAfterPassword(page, person);
  await page.getByRole('button', { name: 'Send code' }).click();
  await verify(page, codeFrom(await messageTo(person.email, /Confirm that it is you/)));
  await page.getByRole('button', { name: 'Use an authentication app' }).click();
  const shown = page.locator('code').filter({ hasText: /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/ });
  const key = (await shown.innerText()).replaceAll(' ', '');
  await expectClean(page);
  await verify(page, totp(key));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Save your backup codes');
  await expectClean(page);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page).toHaveURL(/\/account$/);
  await page.context().clearCookies();
  await stepAfterPassword(page, person);
  await verify(page, '000000');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expectClean(page);
  await expectCleanAt(page, ['/second-factor?choose=1', '/second-factor?method=backup']);
});

test('axe finds nothing on the pages that turn somebody away', async ({ page }) => {
  test.setTimeout(180_000);
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  const member = await newMember(organization, 'member', await newPerson(freshEmail('person', domain)));
  await signIn(page, member);
  await expectCleanAt(page, ['/nowhere'], 404);
  await expectCleanAt(page, [`/organizations/${organization.slug}/members`], 403);
  const entry = { cidr: '203.0.113.0/24', label: 'Office', expiresAt: null };
  await newDomainPolicy(organization, domain, { allowList: { mode: 'enforce', entries: [entry] } });
  await expectCleanAt(page, ['/account'], 403);
});

test('axe finds nothing on a menu that is open', async ({ page }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  const member = await newMember(organization);
  await signIn(page, owner, `/organizations/${organization.slug}/members`);
  await page.getByRole('button', { name: `Actions for ${member.name}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Suspend' })).toBeVisible();
  await expectClean(page);
  await page.keyboard.press('Escape');
  await page.getByLabel(/^Account: /).click();
  await expectClean(page);
});

test('the keyboard alone signs in, opens a panel, and is back where it was', async ({ page }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  const member = await newMember(organization);
  const { keyboard } = page;
  await forgetRates();
  await page.goto(`/login?return_to=/organizations/${organization.slug}/members`);
  await keyboard.press('Tab');
  await keyboard.type(owner.email);
  await keyboard.press('Tab');
  await keyboard.type(owner.password);
  await keyboard.press('Enter');
  const opener = page.getByRole('button', { name: `Actions for ${member.name}` });
  await expect(opener).toBeVisible();
  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await opener.focus();
  await keyboard.press('Enter');
  await keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByLabel('Reason', { exact: true })).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
});
