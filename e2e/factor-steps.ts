import { randomInt } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { type Person, totp } from './world';

/** What a person does with second factors, by the names on screen. */
export async function verify(page: Page, code: string): Promise<void> {
  await page.getByLabel('Verification code').fill(code);
  await page.getByRole('button', { name: 'Verify code' }).click();
}

/** Confirms who is there; the person has no second factor yet. */
export async function confirmWithPassword(page: Page, { password }: Pick<Person, 'password'>): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
}

/** The same for somebody with an app. */
export async function confirmWithApp(
  page: Page,
  person: Pick<Person, 'password'>,
  key: string,
): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Verification code').fill(totp(key));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
}

/** The key of an app as it stands beside the picture. */
export async function keyOnScreen(page: Page): Promise<string> {
  const key = page.locator('code').filter({ hasText: /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/ });
  return (await key.innerText()).replaceAll(' ', '');
}

/** Sets up an authentication app in the account, up to the backup codes; returns its key. */
export async function setUpApp(page: Page, person: Person): Promise<string> {
  await page.goto('/account/two-factor');
  await page.getByRole('button', { name: 'Use an authentication app' }).click();
  await confirmWithPassword(page, person);
  const key = await keyOnScreen(page);
  await verify(page, totp(key));
  await expect(page).toHaveURL(/\/account\/backup-codes$/);
  return key;
}

export async function codesOnScreen(page: Page): Promise<readonly string[]> {
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return codes.allInnerTexts();
}

/** The browser forgets everything, as if it were another one. */
export const forgetBrowser = (page: Page): Promise<void> => page.context().clearCookies();

/** A mobile number that no other test has. */
export const newNumber = (): string =>
  `+1201${randomInt(200, 1000)}${String(randomInt(10_000)).padStart(4, '0')}`;

/** A device of the browser's own that answers every question about passkeys by itself. */
export async function addDevice(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** The device answers without a person, so that the email field's own suggestions would sign in before any button is pressed. */
export async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
}
