import { expect, test } from '@playwright/test';
import { expectClean, expectCleanAt } from './screens';
import {
  database,
  enterPassword,
  forgetRates,
  freshEmail,
  goodPassword,
  linkFrom,
  messageTo,
  newPerson,
} from './world';

test('what anybody sees before signing in is clean', async ({ page }) => {
  test.setTimeout(240_000);
  const person = await newPerson();
  const email = freshEmail('screens');
  await forgetRates();
  await expectCleanAt(page, [
    '/login?error=start_again',
    '/sign-up',
    '/forgot-password',
    '/unavailable?return_to=/account',
    '/unlock?token=x',
    '/hold?token=x',
    '/freeze?token=x',
    '/verify-email?token=x',
    '/reset-password?token=x',
    '/security-changes',
    '/not-me',
    '/invitation?token=x',
  ]);
  await page.goto('/login');
  await enterPassword(page, { email: person.email, password: 'wrong' });
  await expect(page.locator('main [role=alert]')).toBeVisible();
  await expectClean(page);
  await page.goto('/forgot-password');
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('button', { name: 'Send reset link' }).click();
  await page.goto(linkFrom(await messageTo(person.email, /Set a new password/)));
  await expectClean(page);
  await page.goto('/sign-up');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Look in your mailbox')).toBeVisible();
  await expectClean(page);
  await page.goto(linkFrom(await messageTo(email, /creating your account/)));
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.locator('main [role=alert]')).toBeVisible();
  await expectClean(page);
});

test('the forced steps of a sign-in are clean and offer to sign out', async ({ page }) => {
  test.setTimeout(120_000);
  const person = await newPerson();
  await database`update passwords set change_required_at = now(), change_required_reason = 'prompted' where account_id = ${person.id}`;
  await database`update accounts set contact_email = null, contact_email_proven_at = null where id = ${person.id}`;
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, person);
  await page.waitForURL('**/change-password');
  await expectClean(page);
  await page.getByLabel('New password').fill(`${goodPassword}-more`);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.waitForURL('**/contact-email');
  await expectClean(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/login');
  await page.goto('/contact-email');
  await expect(page.getByText('Please start again.')).toBeVisible();
});

test.describe('without JavaScript, so that the answer is one document', () => {
  test.use({ javaScriptEnabled: false });

  test('an unknown email is answered like a known one, byte for byte', async ({ page }) => {
    const person = await newPerson(freshEmail('known'));
    const nobody = freshEmail('never');
    const answer = async (email: string) => {
      await forgetRates();
      await page.goto('/login');
      await enterPassword(page, { email, password: 'wrong' });
      await expect(page.locator('main [role=alert]')).toBeVisible();
      const cookies = (await page.context().cookies()).map(({ name }) => name);
      return { cookies, size: (await page.content()).replaceAll(email, 'email').length };
    };
    for (let count = 0; count < 2; count += 1)
      expect(await answer(person.email)).toEqual(await answer(nobody));
  });
});
