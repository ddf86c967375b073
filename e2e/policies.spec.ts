import { expect, type Page, test } from '@playwright/test';
import { expectClean, expectCleanAt } from './screens';
import {
  database,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  signIn,
  unique,
} from './world';

type Start = Parameters<typeof newDomainPolicy>[2];

/** An owner whose domain has a policy, and where it stands. */
async function ownerOf(start: Start = {}) {
  const domain = `p${unique()}.example`;
  const world = await newOrganizationWithOwner({ ownerEmail: `owner@${domain}` });
  await newDomainPolicy(world.organization, domain, { singleWebSession: false, ...start });
  return { ...world, domain, path: `/organizations/${world.organization.slug}/policies` };
}

const review = (page: Page) => page.getByRole('button', { name: 'Review changes' }).click();
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a change is refused at its field, kept, mended, reviewed and saved', async ({ page }) => {
    const { owner, path } = await ownerOf();
    await signIn(page, owner, path);
    await page.getByLabel('Minimum password length').fill('65');
    await page.getByLabel('Web session timeout').fill('12');
    await review(page);
    await expect(page.getByRole('main').getByRole('alert')).toContainText(
      'Minimum password length must be a whole number from 6 to 64.',
    );
    await expect(page.getByLabel('Minimum password length')).toHaveValue('65');
    await expect(page.getByLabel('Web session timeout')).toHaveValue('12');
    await page.getByLabel('Minimum password length').fill('14');
    await review(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review changes');
    await expect(page.getByRole('listitem').filter({ hasText: 'Minimum password length' })).toContainText(
      '14 characters',
    );
    await save(page);
    await expect(page.getByLabel('Minimum password length')).toHaveValue('14');
    await expect(page.getByText('Version 2', { exact: false }).first()).toBeVisible();
  });
});

test('Save and Discard appear with the first edit, and discarding brings the saved values back', async ({
  page,
}) => {
  const { owner, path } = await ownerOf();
  await signIn(page, owner, path);
  await expect(page.getByRole('button', { name: 'Discard' })).toBeHidden();
  await page.getByLabel('Login lockout duration').fill('30');
  await expect(page.getByText('1 change', { exact: true })).toBeVisible();
  await review(page);
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await expect(page.getByLabel('Login lockout duration')).toHaveValue('30');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByLabel('Login lockout duration')).toHaveValue('15');
  await expect(page.getByRole('button', { name: 'Discard' })).toBeHidden();
});

test('the review names exactly who is signed out, and the save does it', async ({ page, browser }) => {
  const { owner, path, domain } = await ownerOf();
  const [old, fresh] = [
    await newPerson(`old@${domain}`, 'Oda Long'),
    await newPerson(`new@${domain}`, 'Nia Short'),
  ];
  const pages = await Promise.all([old, fresh].map(() => browser.newPage()));
  for (const [at, person] of [old, fresh].entries()) {
    const tab = pages[at];
    if (tab) await signIn(tab, person, '/account/sessions');
  }
  await database`update sessions set created_at = created_at - interval '5 hours' where account_id = ${old.id}`;
  await signIn(page, owner, path);
  await page.getByLabel('Web session timeout').fill('4');
  await review(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Web session timeout' })).toContainText(
    'Oda Long',
  );
  await expect(page.getByText('Nia Short')).toHaveCount(0);
  await save(page);
  await expect(page).toHaveURL((url) => url.pathname === path);
  await pages[0]?.reload();
  await expect(pages[0] as Page).toHaveURL(/\/login/);
  await pages[1]?.reload();
  await expect(pages[1] as Page).toHaveURL(/\/account\/sessions/);
});

test('an address list cannot shut out its saver, and goes live for ten minutes until an owner keeps it', async ({
  page,
}) => {
  const { owner, path } = await ownerOf();
  await signIn(page, owner, path);
  await page.getByLabel('Network 1', { exact: true }).fill('203.0.113.7/24');
  await page.getByRole('radio', { name: 'Enforce' }).check();
  await review(page);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Write 203.0.113.0/24.');
  await page.getByLabel('Network 1', { exact: true }).fill('203.0.113.0/24');
  await review(page);
  await expect(page.getByText('This would shut you out')).toBeVisible();
  await save(page);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('This would shut you out');
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await page.getByRole('button', { name: 'Add my current address' }).click();
  await expect(page.getByLabel('Network 2', { exact: true })).not.toHaveValue('');
  await review(page);
  await expect(page.getByText('Live for ten minutes first')).toBeVisible();
  await save(page);
  await page.getByRole('button', { name: 'Keep this change' }).click();
  await expect(page.getByRole('button', { name: 'Keep this change' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Enforce' })).toBeChecked();
});

test('a preset fills a draft, a version is restored, and the simulator tells of both', async ({ page }) => {
  const { owner, path, domain } = await ownerOf();
  await signIn(page, owner, `${path}/presets`);
  await page.getByRole('button', { name: 'Use preset PCI DSS 4.0.1' }).click();
  await expect(page.getByText('This is the preset “PCI DSS 4.0.1”.')).toBeVisible();
  await page.goto(`${path}/simulator`);
  await page.getByLabel('Member').fill(`owner@${domain}`);
  await page.getByRole('radio', { name: 'The draft' }).check();
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(page.getByText('Gets in', { exact: true })).toBeVisible();
  await page.goto(`${path}/review`);
  await save(page);
  await expect(page).toHaveURL((url) => url.pathname === path);
  await page.goto(`${path}/versions?version=1`);
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(page.getByText('This restores version 1.')).toBeVisible();
  await save(page);
  await expect(page.getByLabel('Minimum password length')).toHaveValue('8');
});

test('an admin reads, a member is refused, another organization’s owner finds nothing', async ({
  browser,
}) => {
  const { organization, path } = await ownerOf();
  const look = async (person: Parameters<typeof signIn>[1]) => {
    const page = await browser.newPage();
    await signIn(page, person);
    return { page, status: (await page.goto(path))?.status() };
  };
  const admin = await look(await newMember(organization, 'admin'));
  expect(admin.status).toBe(200);
  await expect(admin.page.getByLabel('Minimum password length')).toBeDisabled();
  await expect(admin.page.getByText('Only an owner can change this.').first()).toBeVisible();
  expect((await look(await newMember(organization, 'member'))).status).toBe(403);
  expect((await look((await ownerOf()).owner)).status).toBe(404);
});

test('a session cookie lasts what remains, and ends with the browser as soon as the policy says so', async ({
  page,
  context,
}) => {
  const { owner, path } = await ownerOf();
  await signIn(page, owner, path);
  const expires = async () =>
    (await context.cookies()).find(({ name }) => name.endsWith('gh.session'))?.expires ?? 0;
  const remains = (await expires()) - Date.now() / 1000;
  expect(remains).toBeGreaterThan(23 * 3600);
  expect(remains).toBeLessThanOrEqual(24 * 3600 + 60);
  await page.getByRole('switch', { name: 'Expire cookie when browser closes' }).click();
  await review(page);
  await save(page);
  await expect(page).toHaveURL((url) => url.pathname === path);
  await page.reload();
  await expect.poll(expires).toBe(-1);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Expire cookie when browser closes' })).toBeChecked();
});

test('an admin sees whom a draft touches, and has nothing to save it with', async ({ page, browser }) => {
  const { owner, organization, path } = await ownerOf();
  await signIn(page, owner, path);
  await page.getByLabel('Web session timeout').fill('4');
  await review(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review changes');
  const other = await browser.newPage();
  await signIn(other, await newMember(organization, 'admin'), path);
  await other.getByRole('link', { name: 'See whom it touches' }).click();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Review changes');
  await expect(other.getByRole('listitem').filter({ hasText: 'Web session timeout' })).toContainText(
    '4 hours',
  );
  await expect(other.getByText('This cannot be saved')).toHaveCount(0);
  await expect(other.getByRole('button', { name: /^(Save|Discard)/ })).toHaveCount(0);
});

test('every page of the policies is clean for assistive technology', async ({ page }) => {
  test.setTimeout(240_000);
  const { owner, path, domain } = await ownerOf({ secondFactorGraceHours: 48 });
  await signIn(page, owner, path);
  await page.getByLabel('Minimum password length').fill('65');
  await review(page);
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expectClean(page);
  await page.getByLabel('Minimum password length').fill('20');
  await review(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review changes');
  const people = `domain=${domain}&intent=save&setting=passwordLengthMin&kind=decided_when_typed`;
  const pages = [
    '',
    '/review',
    `/review/members?${people}`,
    '/versions?version=1',
    '/presets',
    `/simulator?member=${owner.email}&policy=draft`,
    '/simulator?member=nobody',
  ];
  await expectCleanAt(
    page,
    pages.map((one) => path + one),
  );
});

test('the policies of an organization without a domain are clean', async ({ page }) => {
  const { organization, owner } = await newOrganizationWithOwner();
  await signIn(page, owner);
  await expectCleanAt(page, [`/organizations/${organization.slug}/policies`]);
});
