import { expect, type Page, test } from '@playwright/test';
import { expectClean, expectCleanAt } from './screens';
import {
  type Credentials,
  demoAccount,
  enterPassword,
  forgetRates,
  forgetTotpStep,
  signIn,
  totp,
} from './world';

test.describe.configure({ mode: 'parallel' });

const accountScreens = [
  '',
  '/password',
  '/two-factor',
  '/passkeys',
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
  '/settings',
].map((path) => `/organizations/northwind${path}`);

test('axe finds nothing on the pages in front of the door', async ({ page }) => {
  await expectCleanAt(page, ['/login', '/sign-up', '/forgot-password', '/dev', '/dev/outbox', '/dev/dns']);
});

test('axe finds nothing on the pages of an account', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await demoAccount('owner@northwind.example'));
  await expectCleanAt(page, [...accountScreens, '/notices', '/organizations', '/organizations/new']);
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

test('axe finds nothing on a refused form', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expectClean(page);
});
