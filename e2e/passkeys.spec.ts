import { expect, test } from '@playwright/test';
import {
  addDevice,
  codesOnScreen,
  confirmWithPassword,
  forgetBrowser,
  withoutAutofill,
} from './factor-steps';
import { enterPassword, newPerson, signIn } from './world';

test('passkeys: made and named, a second factor, a first factor, and removed', async ({ page }) => {
  await withoutAutofill(page);
  await addDevice(page);
  const person = await newPerson();
  await signIn(page, person);
  await page.goto('/account/passkeys');
  await page.getByLabel('Name').fill('Blue key');
  await page.getByRole('button', { name: 'Create passkey' }).click();
  await confirmWithPassword(page, person);
  await expect(page).toHaveURL(/\/account\/backup-codes$/);
  expect(await codesOnScreen(page)).toHaveLength(10);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();

  await forgetBrowser(page);
  await page.goto('/login');
  await enterPassword(page, person);
  await expect(page).toHaveURL(/\/second-factor/);
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await forgetBrowser(page);
  await page.goto('/login');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await page.goto('/account/passkeys');
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('No passkeys yet')).toBeVisible();
});

test('the suggestions of the email field sign in with a passkey, and lead where the person wanted to go', async ({
  page,
}) => {
  await addDevice(page);
  const person = await newPerson();
  await signIn(page, person, '/account/passkeys');
  await page.getByRole('button', { name: 'Create passkey' }).click();
  await confirmWithPassword(page, person);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();
  await forgetBrowser(page);
  // Nothing is typed or pressed: the device takes the suggestion by itself.
  await page.goto('/login?return_to=%2Faccount%2Fsessions');
  await expect(page).toHaveURL(/\/account\/sessions$/);
});
