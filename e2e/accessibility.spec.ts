import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
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

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'dark', width: 1280 },
] as const;

/** All that a color scheme can change. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page as it stands, and what sticks out of a narrow window. */
async function faultsHere(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { colorScheme, width } of looks) {
    const look = `${new URL(page.url()).pathname} (${colorScheme}, ${width} px)`;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(async () => {
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(colorRules)).analyze();
    for (const { id, nodes } of violations)
      faults.push(`${look}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overhang > 0) faults.push(`${look}: ${overhang} px wider than the window`);
  }
  return faults;
}

async function checkScreens(page: Page, paths: readonly string[]): Promise<void> {
  const faults: string[] = [];
  for (const path of paths) {
    await test.step(path, async () => {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      faults.push(...(await faultsHere(page)));
    });
  }
  expect(faults).toEqual([]);
}

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
  await checkScreens(page, ['/login', '/sign-up', '/forgot-password', '/dev', '/dev/outbox', '/dev/dns']);
});

test('axe finds nothing on the pages of an account', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await demoAccount('owner@northwind.example'));
  await checkScreens(page, [...accountScreens, '/notices', '/organizations', '/organizations/new']);
});

test('axe finds nothing on the pages of an organization', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, await demoAccount('owner@northwind.example'));
  await checkScreens(page, organizationScreens);
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
  const faults: string[] = [];
  for (const name of ['weak', 'blocked', 'expired']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const account = await demoAccount(`${name}@northwind.example`);
    await stepAfterPassword(page, account);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    faults.push(...(await faultsHere(page)));
    if (account.totpKey !== undefined) {
      await forgetTotpStep(account.email);
      await page.getByLabel('Verification code').fill(totp(account.totpKey));
      await page.getByRole('button', { name: 'Verify code' }).click();
      await expect(page).toHaveURL(/\/change-password/);
      faults.push(...(await faultsHere(page)));
    }
    await context.close();
  }
  expect(faults).toEqual([]);
});

test('axe finds nothing on a refused form', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  expect(await faultsHere(page)).toEqual([]);
});
