import { expect, test } from '@playwright/test';
import { confirmWithApp, keyOnScreen, verify } from './factor-steps';
import {
  codeFrom,
  database,
  enterPassword,
  forgetRates,
  forgetTotpStep,
  messageTo,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  totp,
  unique,
} from './world';

test('a domain that requires it leads to set-up, after a code to the proven mailbox', async ({ page }) => {
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  await newDomainPolicy(organization, domain, { secondFactorRequired: true, secondFactorGraceHours: 0 });
  await database`
    update policy_versions set second_factor_activated_at = now() - interval '1 hour'
    where policy_id in (select id from domain_policies where domain = ${domain})`;
  const person = await newMember(organization, 'member', await newPerson(`who-${unique()}@${domain}`));
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, person);
  await expect(page.getByRole('heading', { name: 'Set up two-factor authentication' })).toBeVisible();
  await expect(page.getByText(domain).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use an authentication app' })).toHaveCount(0);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/enroll?method=totp');
  await page.getByRole('button', { name: 'Send code' }).click();
  await verify(page, codeFrom(await messageTo(person.email, /Confirm that it is you/)));
  await page.getByRole('button', { name: 'Use an authentication app' }).click();
  const key = await keyOnScreen(page);
  await verify(page, totp(key));
  await expect(page.getByRole('heading', { name: 'Save your backup codes' })).toBeVisible();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/backup-codes');
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await page.goto('/account/two-factor');
  await page.getByRole('button', { name: 'Remove' }).click();
  await forgetTotpStep(person.email);
  await confirmWithApp(page, person, key);
  await expect(page.getByText(`${domain} requires two-factor authentication`).first()).toBeVisible();
});
