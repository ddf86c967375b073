import { expect, type Page, test } from '@playwright/test';
import {
  age,
  codeFrom,
  database,
  enterPassword,
  forgetRates,
  freshEmail,
  goodPassword,
  linkFrom,
  messageTo,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  newPerson,
  outbox,
  type Person,
  signIn,
  unique,
} from './world';

const otherPassword = 'Velvet-Anchor-12-Moss';
const summary = (page: Page) => page.locator('main [role=alert]').first();

const openSignIn = async (page: Page, person: Pick<Person, 'email' | 'password'>) => {
  await forgetRates();
  await page.goto('/login');
  await enterPassword(page, person);
};

const lockOut = async (page: Page, email: string) => {
  for (let count = 0; count < 5; count += 1) {
    await openSignIn(page, { email, password: 'wrong' });
    await expect(summary(page)).toBeVisible();
  }
};

test('an account begins with a mailed link that opens once', async ({ page }) => {
  const email = freshEmail('ann');
  await forgetRates();
  await page.goto('/login');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.waitForURL('**/sign-up');
  await page.getByLabel('Email').fill('ann@');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(summary(page)).toContainText('nothing after the @');
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Look in your mailbox')).toBeVisible();
  const link = linkFrom(await messageTo(email, /creating your account/));
  await page.goto(link);
  await page.getByLabel('Name', { exact: true }).fill('Ann Archer');
  await page.getByLabel('Password', { exact: true }).fill('password');
  await page.getByLabel('Organization name').fill(`Company ${unique()}`);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(summary(page)).toContainText('most used');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ann Archer');
  await page.getByLabel('Password', { exact: true }).fill(goodPassword);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/account');
  await page.goto(link);
  await expect(page.getByText('does not work any more')).toBeVisible();
});

test('five wrong passwords lock everybody out but the browser that signed in before', async ({
  page,
  browser,
}) => {
  const person = await newPerson();
  await signIn(page, person);
  await page.context().clearCookies({ name: 'gh.session' });
  const stranger = await (await browser.newContext()).newPage();
  await lockOut(stranger, person.email);
  await expect(summary(stranger)).toContainText(/locked until .* UTC/);
  await expect(stranger.getByRole('link', { name: 'Reset your password to get in now' })).toHaveCount(2);
  await openSignIn(stranger, person);
  await expect(summary(stranger)).toContainText('locked until');
  await messageTo(person.email, /locked for a while/);
  await openSignIn(page, person);
  await page.waitForURL('**/account');
});

test('a forgotten password is reset by a link used once, and the old session says why it ended', async ({
  page,
  browser,
}) => {
  const person = await newPerson();
  await signIn(page, person);
  const elsewhere = await (await browser.newContext()).newPage();
  await forgetRates();
  await elsewhere.goto('/forgot-password');
  await elsewhere.getByLabel('Email').fill(person.email);
  await elsewhere.getByRole('button', { name: 'Send reset link' }).click();
  const link = linkFrom(await messageTo(person.email, /Set a new password/));
  await elsewhere.goto(link);
  await elsewhere.goto(link);
  await elsewhere.getByLabel('New password').fill(otherPassword);
  await elsewhere.getByRole('button', { name: 'Set password' }).click();
  await expect(elsewhere.getByText('Your new password is set')).toBeVisible();
  await elsewhere.goto(link);
  await expect(elsewhere.getByText('does not work any more')).toBeVisible();
  await page.goto('/account/sessions');
  await expect(page).toHaveURL(/\/login\?return_to=%2Faccount%2Fsessions/);
  await expect(page.getByText('because your password was reset')).toBeVisible();
  await enterPassword(page, { email: person.email, password: otherPassword });
  await page.waitForURL('**/account/sessions');
});

test('a password below the policy of today is changed before there is any session', async ({ page }) => {
  const { organization } = await newOrganizationWithOwner();
  const domain = `d${unique()}.example`;
  const person = await newMember(organization, 'member', await newPerson(freshEmail('pat', domain)));
  await newDomainPolicy(organization, domain, { passwordLengthMin: 20, passwordLengthMax: 40 });
  await openSignIn(page, person);
  await page.waitForURL('**/change-password');
  await expect(page.getByText(domain)).toBeVisible();
  for (const path of ['/account', '/enroll', '/contact-email']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/(login|change-password)/);
  }
  await page.goto('/change-password');
  await page.getByLabel('New password').fill('Short-1');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(summary(page)).toContainText('at least 20 characters');
  await page.getByLabel('New password').fill('Velvet-Anchor-Orbit-12');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.waitForURL('**/account');
});

test('an attempt left for half an hour says: please start again', async ({ page }) => {
  const person = await newPerson();
  await database`update passwords set change_required_at = now(), change_required_reason = 'prompted' where account_id = ${person.id}`;
  await openSignIn(page, person);
  await page.waitForURL('**/change-password');
  await page.getByLabel('New password').fill(otherPassword);
  const moved = { where: { account_id: person.id }, columns: ['expires_at'], by: '30 minutes' };
  await age({ table: 'sign_in_attempts', ...moved });
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Please start again.')).toBeVisible();
});

test('another contact email needs a code to the proven address first, which may hold the account', async ({
  page,
  browser,
}) => {
  const person = await newPerson();
  const other = freshEmail('contact');
  await database`update accounts set contact_email = null, contact_email_proven_at = null where id = ${person.id}`;
  await openSignIn(page, person);
  await page.waitForURL('**/contact-email');
  await page.getByLabel('Contact email').fill('User+@example.com');
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(summary(page)).toContainText('cannot end with');
  await page.getByLabel('Contact email').fill(other);
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText('First confirm that it is you')).toBeVisible();
  expect(await outbox(other)).toEqual([]);
  await page.getByRole('button', { name: 'Send code' }).click();
  const origin = await messageTo(person.email, /Confirm that it is you/);
  const hold = linkFrom(await messageTo(person.email, /72 hours/));
  await page.getByLabel('Verification code').fill(codeFrom(origin));
  await page.getByRole('button', { name: 'Verify code' }).click();
  await page.waitForURL(/contact-email$/);
  await page.getByLabel('Contact email').fill(other);
  await page.getByRole('button', { name: 'Send code' }).click();
  const code = codeFrom(await messageTo(other, /contact email/));
  await page.getByLabel('Verification code').fill(code);
  await page.getByRole('button', { name: 'Verify code' }).click();
  await page.waitForURL('**/account');
  const owner = await (await browser.newContext()).newPage();
  await owner.goto(hold);
  await owner.getByRole('button', { name: 'Hold my account for 72 hours' }).click();
  await expect(owner.getByText('Your account is on hold')).toBeVisible();
});

test('a first sign-in may put the contact email off', async ({ page }) => {
  const person = await newPerson();
  await database`update accounts set contact_email = null, contact_email_proven_at = null where id = ${person.id}`;
  await openSignIn(page, person);
  await page.waitForURL('**/contact-email');
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.waitForURL('**/account');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('signing up, in, out, and resetting a password all work', async ({ page }) => {
    const email = freshEmail('noscript');
    await forgetRates();
    await page.goto('/sign-up');
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.goto(linkFrom(await messageTo(email, /creating your account/)));
    await page.getByLabel('Name', { exact: true }).fill('No Script');
    await page.getByLabel('Password', { exact: true }).fill(goodPassword);
    await page.getByLabel('Organization name').fill(`Company ${unique()}`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/account');
    await page.context().clearCookies();
    await page.goto('/forgot-password');
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Send reset link' }).click();
    await page.goto(linkFrom(await messageTo(email, /Set a new password/)));
    await page.getByLabel('New password').fill(otherPassword);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.waitForURL('**/login?notice=password_reset');
    await enterPassword(page, { email, password: goodPassword });
    await expect(summary(page)).toContainText('not right');
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await enterPassword(page, { email, password: otherPassword });
    await page.waitForURL('**/account');
  });
});
