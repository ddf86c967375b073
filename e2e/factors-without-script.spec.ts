import { expect, test } from '@playwright/test';
import { codesOnScreen, confirmWithApp, forgetBrowser, newNumber, setUpApp, verify } from './factor-steps';
import {
  codeFrom,
  enterPassword,
  forgetRates,
  forgetTotpStep,
  messageTo,
  newPerson,
  outbox,
  signIn,
  totp,
} from './world';

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('app, text message, email and backup codes are set up and used', async ({ page }) => {
    const person = await newPerson();
    await signIn(page, person);
    const key = await setUpApp(page, person);
    const codes = await codesOnScreen(page);
    await page.getByRole('button', { name: 'I have saved these codes' }).click();

    const phone = newNumber();
    await page.goto('/account/two-factor');
    await page.getByRole('button', { name: 'SMS text message' }).click();
    await page.getByLabel('Mobile number').fill(phone);
    await page.getByRole('button', { name: 'Send code' }).click();
    await verify(page, codeFrom(await messageTo(phone)));
    await expect(page.getByText('It works.')).toBeVisible();

    await page.goto('/account/two-factor');
    await page.getByRole('button', { name: 'Use codes by email' }).click();
    await forgetTotpStep(person.email);
    await page.getByLabel('Second factor').selectOption({ label: 'Authentication app' });
    await confirmWithApp(page, person, key);
    await verify(page, codeFrom(await messageTo(person.email, /codes by email/)));
    await expect(page.getByText('It works.')).toBeVisible();

    const begin = async () => {
      await forgetBrowser(page);
      await forgetRates();
      await page.goto('/login');
      await enterPassword(page, person);
      await expect(page).toHaveURL(/\/second-factor/);
    };
    await begin();
    await forgetTotpStep(person.email);
    await verify(page, totp(key).replace(/^(...)/, '$1 '));
    await expect(page).toHaveURL(/\/account$/);

    await begin();
    await page.getByRole('link', { name: 'Try another way' }).click();
    const texted = await outbox(phone);
    await page.getByRole('link', { name: 'SMS text message' }).click();
    await verify(page, codeFrom(await messageTo(phone, /./, texted)));
    await expect(page).toHaveURL(/\/account$/);

    await begin();
    await page.getByRole('link', { name: 'Try another way' }).click();
    await page.getByRole('link', { name: 'Emailed code' }).click();
    await verify(page, codeFrom(await messageTo(person.email, /sign-in code/)));
    await expect(page).toHaveURL(/\/account$/);

    await begin();
    await page.getByRole('link', { name: 'Use a backup code' }).click();
    await expect(page).toHaveURL(/method=backup/);
    await verify(page, codes[3] ?? '');
    await expect(page).toHaveURL(/\/account$/);
  });
});
