import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { dns, enterPassword, forgetRates, freshEmail, linkFrom, messageTo, signOut, unique } from './world';

type Person = { readonly email: string; readonly name: string; readonly password: string };

const pageOf = (context: BrowserContext) => context.pages()[0] ?? context.newPage();

/** From the sign-in page through the mailed link to an account with its organization. */
async function signUp(page: Page, person: Person, organization: string): Promise<void> {
  await forgetRates();
  await page.goto('/login');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible();
  await page.getByLabel('Email', { exact: true }).fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Look in your mailbox')).toBeVisible();
  await page.goto(linkFrom(await messageTo(person.email)));
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Organization name').fill(organization);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).not.toHaveURL(/verify-email/);
}

test('an owner sets the rules of a domain, and its people sign in by them', async ({ browser }) => {
  test.setTimeout(180_000);
  const tag = unique();
  const domain = `d${tag}.example`;
  const slug = `crest-${tag}`;
  const owner = { email: freshEmail('owner', domain), name: 'Olive Warden', password: 'Harbour-Lantern-42x' };
  const member = {
    email: freshEmail('member', domain),
    name: 'Ingrid Fjord',
    password: 'Meadow-Sparrow-71q',
  };
  const [ownerContext, memberContext, elsewhere, stranger] = await Promise.all(
    Array.from({ length: 4 }, () => browser.newContext()),
  );
  if (!ownerContext || !memberContext || !elsewhere || !stranger) throw new Error('four browsers');
  const page = await pageOf(ownerContext);

  await test.step('the owner signs up, proves the email and has an organization', async () => {
    await signUp(page, owner, `Crest ${tag}`);
    await page.goto(`/organizations/${slug}`);
    await expect(page.getByText(`Crest ${tag}`).filter({ visible: true }).first()).toBeVisible();
  });

  await test.step('the owner claims the email domain by a TXT record', async () => {
    await page.goto(`/organizations/${slug}/domains`);
    await expect(page.getByLabel('Domain', { exact: true })).toHaveValue(domain);
    await page.getByRole('button', { name: 'Claim email domain' }).click();
    const value = page.getByText(/^gatehouse-verify=\w+$/).first();
    await expect(value).toBeVisible();
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText(/not found|no record|nothing/i).first()).toBeVisible();
    await dns.put(`_gatehouse-challenge.${domain}`, (await value.textContent()) ?? '');
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText('Verified', { exact: true }).first()).toBeVisible();
  });

  await test.step('the owner saves and activates a password policy', async () => {
    await page.goto(`/organizations/${slug}/policies`);
    await page.getByLabel('Minimum password length').fill('12');
    await page.getByRole('switch', { name: 'Require at least one non-alphanumeric character' }).click();
    await page.getByRole('switch', { name: 'Prevent concurrent active web sessions' }).click();
    await expect(page.getByText('3 changes')).toBeVisible();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await expect(page.getByRole('heading', { name: 'Review changes' })).toBeVisible();
    await page.getByRole('button', { name: 'Save and activate' }).click();
    await expect(page.getByRole('button', { name: 'Disable' })).toBeVisible();
  });

  await test.step('the owner invites a member', async () => {
    await page.goto(`/organizations/${slug}/members/invitations`);
    await page.getByLabel('Email', { exact: true }).fill(member.email);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(page.getByRole('cell', { name: member.email })).toBeVisible();
  });

  const memberPage = await pageOf(memberContext);
  await test.step('the member is refused a password that breaks the policy, every unmet rule named', async () => {
    await memberPage.goto(linkFrom(await messageTo(member.email, /invit/i)));
    await memberPage.getByLabel('Name', { exact: true }).fill(member.name);
    await memberPage.getByLabel('Password', { exact: true }).fill('short');
    await memberPage.getByRole('button', { name: 'Accept invitation' }).click();
    const summary = memberPage.getByRole('main').getByRole('alert');
    await expect(summary).toContainText('at least 12 characters');
    await expect(summary).toContainText('an uppercase letter');
    await expect(summary).toContainText('a number');
    await expect(summary).toContainText('neither a letter nor a digit');
    await expect(memberPage.getByLabel('Name', { exact: true })).toHaveValue(member.name);
    await expect(memberPage.getByLabel('Password', { exact: true })).toHaveValue('');
  });

  await test.step('the member sets a good one, and signs in with it', async () => {
    await memberPage.getByLabel('Password', { exact: true }).fill(member.password);
    await memberPage.getByRole('button', { name: 'Accept invitation' }).click();
    await expect(memberPage).not.toHaveURL(/\/invitation/);
    await signOut(memberPage);
    await enterPassword(memberPage, member);
    await expect(memberPage).toHaveURL(/\/account|\/organizations/);
  });

  await test.step('the member sees the sessions and ends the other one', async () => {
    const other = await pageOf(elsewhere);
    await other.goto('/login');
    await enterPassword(other, member);
    await expect(other).toHaveURL(/\/account|\/organizations/);
    await memberPage.goto('/account/sessions');
    await expect(memberPage.getByText('This device')).toBeVisible();
    await expect(memberPage.getByRole('form', { name: /^Session \d/ })).toHaveCount(1);
    await memberPage.getByRole('button', { name: 'Sign out all others' }).click();
    await expect(memberPage.getByRole('button', { name: 'Sign out all others' })).toHaveCount(0);
    await other.goto('/account/sessions');
    await expect(other).toHaveURL(/\/login\?return_to=/);
    await expect(other.getByText('You ended this session from another one.')).toBeVisible();
  });

  await test.step('five wrong passwords lock the account for strangers, not for the known browser', async () => {
    const guesser = await pageOf(stranger);
    await guesser.goto('/login');
    for (let attempt = 1; attempt <= 5; attempt++) {
      await enterPassword(guesser, { ...member, password: `Wrong-Guess-${attempt}` });
      await expect(guesser.getByRole('main').getByRole('alert')).toBeVisible();
      await guesser.goto('/login');
    }
    await enterPassword(guesser, member);
    await expect(guesser.getByRole('main').getByRole('alert')).toContainText(/locked/i);
    await expect(
      guesser.getByRole('link', { name: 'Reset your password to get in now' }).first(),
    ).toBeVisible();
    await messageTo(member.email, /locked/i);
    await signOut(memberPage);
    await enterPassword(memberPage, member);
    await expect(memberPage).toHaveURL(/\/account|\/organizations/);
  });

  await test.step('the owner sees all of it in the audit log', async () => {
    await page.goto(`/organizations/${slug}/audit`);
    const log = page.getByRole('table', { name: 'Audit log' });
    for (const event of [
      'Organization created',
      'Claim submitted',
      'Claim verified',
      'Policy saved',
      'Member joined',
    ]) {
      await expect(log.getByText(event, { exact: true }).first()).toBeVisible();
    }
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText(/whole and in order/)).toBeVisible();
    await page.goto(`/organizations/${slug}/audit/accounts`);
    for (const event of [
      'Locked for a while after several wrong passwords',
      'All other sessions were signed out',
      'Signed in',
    ]) {
      const rows = page.getByRole('row').filter({ hasText: member.email });
      await expect(rows.filter({ hasText: event }).first()).toBeVisible();
    }
  });
  await Promise.all([ownerContext, memberContext, elsewhere, stranger].map((context) => context.close()));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a person signs up, signs in and looks after the account', async ({ page }) => {
    const tag = unique();
    const person = { email: freshEmail('plain'), name: 'Petra Lindgren', password: 'Harbour-Lantern-42x' };
    await signUp(page, person, `Plain ${tag}`);
    await signOut(page);

    await enterPassword(page, { ...person, password: 'not-the-password' });
    await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Email', { exact: true })).toHaveValue(person.email);
    await expect(page).not.toHaveURL(/password=/);
    await enterPassword(page, person);
    await expect(page).toHaveURL(/\/account|\/organizations/);

    for (const path of ['', '/password', '/two-factor', '/contact-email', '/sessions', '/activity']) {
      await page.goto(`/account${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`/account${path}$`));
    }
    await page.goto('/account/password');
    await page.getByLabel('Current password').fill(person.password);
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toContainText('at least 8 characters');
    await page.getByLabel('Current password').fill(person.password);
    await page.getByLabel('New password').fill('Meadow-Sparrow-71q');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
    await signOut(page);
    await enterPassword(page, { ...person, password: 'Meadow-Sparrow-71q' });
    await expect(page).toHaveURL(/\/account|\/organizations/);
  });
});
