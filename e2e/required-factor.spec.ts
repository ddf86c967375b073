import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { confirmWithApp, keyOnScreen, setUpApp, verify } from './factor-steps';
import {
  age,
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
  signIn,
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

test('one organization’s rule: signed out at its deadline, offered the set-up on the way in, put off for the other', async ({
  page,
}) => {
  const { organization: ruled } = await newOrganizationWithOwner({ plan: 'pro' });
  const { organization: open } = await newOrganizationWithOwner();
  const person = await newMember(ruled, 'guest', await newMember(open, 'member'));
  await database`
    insert into second_factor_rules (id, organization_id, activated_at, effective_from, grace_hours, minimum_strength)
    values (${randomUUID()}, ${ruled.id}, now() - interval '23 hours', now() - interval '23 hours', 24, 2)`;
  await signIn(page, person);
  await expect(page.getByText(`${ruled.name} asks for two-factor authentication`)).toBeVisible();
  await expect(page.getByText('After that you are signed out and asked for it.')).toBeVisible();

  await age({
    table: 'second_factor_rules',
    where: { organization_id: ruled.id },
    columns: ['effective_from'],
    by: '61 minutes',
  });
  await age({
    table: 'sessions',
    where: { account_id: person.id },
    columns: ['created_at'],
    by: '10 minutes',
  });
  await page.goto('/account/sessions');
  await expect(page.getByText('signed out to set up two-factor authentication').first()).toBeVisible();
  await enterPassword(page, person);
  await expect(page.getByText('You can leave this aside for now')).toBeVisible();
  await page.getByRole('link', { name: 'Not now' }).click();
  await expect(page).toHaveURL(/\/account\/sessions$/);
  await page.goto(`/organizations/${open.slug}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(open.name);

  await page.goto(`/organizations/${ruled.slug}`);
  await expect(page).toHaveURL(/\/account\/two-factor\?organization=/);
  await setUpApp(page, person);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();
  await page.goto(`/organizations/${ruled.slug}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ruled.name);
});

test('before a rule asks for it, its screen shows who would not be ready, by the weakest method that counts', async ({
  page,
}) => {
  const { organization, owner } = await newOrganizationWithOwner({ plan: 'pro' });
  const member = await newMember(organization, 'guest', await newPerson(undefined, 'Gale Marsh'));
  await signIn(page, owner, `/organizations/${organization.slug}/security`);
  const people = page.getByRole('navigation', { name: 'People not ready, by weakest method that counts' });
  await expect(people.getByRole('link', { name: 'SMS code or stronger 2' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(page.getByRole('cell', { name: member.email })).toBeVisible();
  // A code can be mailed to both, which is enough where the email code counts.
  await people.getByRole('link', { name: 'Email code or stronger 0' }).click();
  await expect(page.getByRole('cell', { name: member.email })).toHaveCount(0);
  await expect(page.getByText('You are bound by it too')).toHaveCount(0);
  await people.getByRole('link', { name: 'Passkey only 2' }).click();
  await expect(page.getByLabel('Weakest method that counts', { exact: true })).toHaveValue('4');
  await expect(page.getByText('You are bound by it too')).toBeVisible();
});
