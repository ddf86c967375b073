import { expect, test } from '@playwright/test';
import { forgetBrowser, verify } from './factor-steps';
import { expectClean } from './screens';
import {
  codeFrom,
  database,
  enterPassword,
  forgetRates,
  freshEmail,
  messageTo,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  signIn,
} from './world';

test('a contact email that was the only second factor is cleared: the admin’s PIN stands in once, then a new address', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const { organization, owner } = await newOrganizationWithOwner();
  const member = await newMember(organization, 'member', await newPerson(freshEmail('mira'), 'Mira Holm'));
  await database`update memberships set created_account_at = now() where account_id = ${member.id}`;
  await database`update accounts set email_code_enabled_at = now() where id = ${member.id}`;

  await signIn(page, owner, `/organizations/${organization.slug}/members`);
  await page.getByRole('button', { name: `Actions for ${member.name}` }).click();
  await page.getByRole('menuitem', { name: 'Reset contact email' }).click();
  await page.getByLabel('Reason', { exact: true }).fill('The mailbox is gone');
  await page.getByRole('button', { name: 'Reset contact email' }).click();
  const shown = page.getByRole('dialog').locator('code');
  await expect(shown).toHaveText(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  const pin = await shown.innerText();
  await expectClean(page);
  await messageTo(member.email, /contact email was reset[\s\S]*PIN/);
  await page.reload();
  await expect(page.getByText(pin)).toHaveCount(0);

  await forgetBrowser(page);
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, member);
  await expect(page.getByRole('heading', { name: 'Verification code' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Try another way' })).toHaveCount(0);
  for (const path of ['/contact-email', '/enroll', '/change-password', '/login/done']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/second-factor$/);
  }
  await expectClean(page);
  await verify(page, 'ZZZZ-ZZZZ');
  await expect(page.locator('form').getByRole('alert')).toContainText('4 tries are left');
  await verify(page, pin.toLowerCase().replace('-', ' '));

  await expect(page.getByRole('heading', { name: 'Verify your contact email' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Not now' })).toHaveCount(0);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/login/);
  const other = await browser.newPage();
  await other.goto('/login');
  await enterPassword(other, member);
  await expect(other.getByText('This PIN no longer works')).toBeVisible();
  await expect(other.getByText(`${owner.name} of ${organization.name}`)).toBeVisible();
  await expectClean(other);
  await other.close();

  await page.goto('/contact-email');
  const fresh = freshEmail('new');
  await page.getByLabel('Contact email').fill(fresh);
  await page.getByRole('button', { name: 'Send code' }).click();
  await verify(page, codeFrom(await messageTo(fresh, /Verify your contact email/)));
  await expect(page).toHaveURL(/\/account$/);

  await forgetBrowser(page);
  await page.goto('/login');
  await enterPassword(page, member);
  await verify(page, codeFrom(await messageTo(fresh, /sign-in code/)));
  await expect(page).toHaveURL(/\/account$/);
});
