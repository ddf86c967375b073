import { expect, test } from '@playwright/test';
import { codesOnScreen, confirmWithApp, forgetBrowser, setUpApp, verify } from './factor-steps';
import { database, enterPassword, forgetRates, forgetTotpStep, messageTo, newPerson, signIn } from './world';

test('backup codes are seen again only after a fresh proof, and that is mailed', async ({ page }) => {
  const person = await newPerson();
  await signIn(page, person);
  const key = await setUpApp(page, person);
  const codes = await codesOnScreen(page);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await forgetBrowser(page);
  await signIn(page, { ...person, totpKey: key }, '/account/backup-codes');
  await page.getByRole('button', { name: 'Show backup codes' }).click();
  await forgetTotpStep(person.email);
  await confirmWithApp(page, person, key);
  await expect(page.getByRole('list', { name: 'Backup codes' })).toBeVisible();
  expect(await codesOnScreen(page)).toEqual(codes);
  await messageTo(person.email, /viewed|looked at|seen/i);
  await page.getByRole('button', { name: 'Get new codes' }).click();
  await expect(page.getByText('Your old codes no longer work')).toBeVisible();
  expect(await codesOnScreen(page)).not.toEqual(codes);
});

test('at three left the person is warned right after signing in, on the way to the page asked for', async ({
  page,
}) => {
  const person = await newPerson();
  await signIn(page, person);
  await setUpApp(page, person);
  const codes = await codesOnScreen(page);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();
  await database`
    update backup_codes set consumed_at = now() where position > 4
      and set_id in (select id from backup_code_sets where account_id = ${person.id})`;
  await forgetBrowser(page);
  await forgetRates();
  await page.goto('/login?return_to=%2Faccount%2Fsessions');
  await enterPassword(page, person);
  await page.getByRole('link', { name: 'Use a backup code' }).click();
  await expect(page).toHaveURL(/method=backup/);
  await verify(page, codes[0] ?? '');
  await expect(page.getByText('3 backup codes are left')).toBeVisible();
  await messageTo(person.email, /You have 3 backup codes left/);
  await page.getByRole('link', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/account\/sessions$/);
});
