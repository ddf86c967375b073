import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { defaultPolicy } from '@/lib/policy/policy';
import {
  age,
  database,
  freshEmail,
  newDomainPolicy,
  newOrganizationWithOwner,
  newPerson,
  type Person,
  signIn,
  unique,
} from './world';

const wanted = 'Velvet-Anchor-12-Moss';

/** Somebody of a domain where passwords expire after 90 days since long ago, whose own is `days` old. */
async function personWithPassword(days: number): Promise<Person> {
  const domain = `d${unique()}.example`;
  const { organization } = await newOrganizationWithOwner();
  await newDomainPolicy(organization, domain, { singleWebSession: false });
  await database`
    insert into policy_versions (id, policy_id, number, body, expiration_enabled_at)
    select ${randomUUID()}, id, 2, ${database.json({ ...defaultPolicy, passwordExpirationDays: 90 })}, now() - interval '1 year'
    from domain_policies where domain = ${domain}`;
  const person = await newPerson(freshEmail('person', domain));
  await grow(person, days);
  return person;
}

const grow = ({ id }: Person, days: number) =>
  age({ table: 'passwords', where: { account_id: id }, columns: ['set_at'], by: `${days} days` });

async function changePassword(page: Page, person: Person): Promise<void> {
  await expect(page).toHaveURL((url) => url.pathname === '/change-password');
  await page.getByLabel('Current password', { exact: true }).fill(person.password);
  await page.getByLabel('New password', { exact: true }).fill(wanted);
  await page.getByRole('button', { name: 'Change password' }).click();
}

test('a password that expires soon is announced on every screen, and asks for nothing yet', async ({
  page,
}) => {
  const person = await personWithPassword(85);
  await signIn(page, person);
  await expect(page.getByText('Your password expires soon')).toBeVisible();
});

test('a password that expires while a form is filled in leaves the form as it is', async ({ page }) => {
  const person = await personWithPassword(80);
  await signIn(page, person, '/organizations/new');
  await page.getByLabel('Name').fill('Half Typed Company');
  await grow(person, 11);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Your password must be changed' })).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Half Typed Company');
  const opening = page.context().waitForEvent('page');
  await page.getByRole('link', { name: /Change your password/ }).click();
  const beside = await opening;
  await changePassword(beside, person);
  await expect(beside).toHaveURL((url) => url.pathname === '/account');
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page).toHaveURL(/\/organizations\/half-typed-company/);
});

test('the next navigation leads to the change, and the change back to where the person was going', async ({
  page,
}) => {
  const person = await personWithPassword(80);
  await signIn(page, person);
  await grow(person, 11);
  await page.goto('/account/sessions');
  await changePassword(page, person);
  await expect(page).toHaveURL((url) => url.pathname === '/account/sessions');
});
