import { expect, type Page } from '@playwright/test';
import { generateSync } from 'otplib';
import { type DemoAccount, demo } from './desk';
import { forgetRates, forgetTotpStep } from './rows';

export { codeFrom, dns, linkFrom, type Message, messageTo, outbox } from './desk';
export {
  age,
  database,
  forgetRates,
  forgetTotpStep,
  freshEmail,
  goodPassword,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  type Organization,
  type Person,
  unique,
} from './rows';
export { demo };

/** What an authentication app shows now. */
export const totp = (secret: string): string => generateSync({ secret });

export type Credentials = { readonly email: string; readonly password: string; readonly totpKey?: string };

/** Types email and password and presses the button, whatever comes of it. */
export async function enterPassword(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Signs in as a person would, through the code of an app where a key is given, and waits for a page behind the door. */
export async function signIn(page: Page, credentials: Credentials, path = '/account'): Promise<void> {
  await forgetRates();
  await page.goto(`/login?return_to=${encodeURIComponent(path)}`);
  await enterPassword(page, credentials);
  if (credentials.totpKey !== undefined) {
    await page.waitForURL('**/second-factor*');
    await forgetTotpStep(credentials.email);
    await page.getByLabel('Verification code').fill(totp(credentials.totpKey));
    await page.getByRole('button', { name: 'Verify code' }).click();
  }
  await expect(page).toHaveURL((url) => url.pathname === path.replace(/[?#].*$/, ''));
}

/** Signs out through the account's menu, with and without JavaScript. */
export async function signOut(page: Page): Promise<void> {
  await page.goto('/account');
  await page.getByLabel(/^Account: /).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).filter({ visible: true }).first().click();
  await expect(page).toHaveURL((url) => url.pathname === '/login');
}

/** An account of the demo, with all that is needed to sign in as it. */
export async function demoAccount(email: string): Promise<DemoAccount & Credentials> {
  const sheet = await demo();
  const account = sheet.accounts.find((candidate) => candidate.email === email);
  if (!account) throw new Error(`The demo has no ${email}.`);
  return { ...account, password: sheet.password };
}
