import { expect, type Page, test } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
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
  outbox,
  type Person,
  signIn,
  totp,
  unique,
} from './world';

const verify = async (page: Page, code: string) => {
  await page.getByLabel('Verification code').fill(code);
  await page.getByRole('button', { name: 'Verify code' }).click();
};

/** Confirms who is there where it is asked for; the person has no second factor yet. */
const confirmWithPassword = async (page: Page, person: Person) => {
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
};

const keyOnScreen = async (page: Page) => {
  const key = page.locator('code').filter({ hasText: /^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/ });
  return (await key.innerText()).replaceAll(' ', '');
};

/** Sets up an authentication app in the account, up to the backup codes; returns its key. */
async function setUpApp(page: Page, person: Person): Promise<string> {
  await page.goto('/account/two-factor');
  await page.getByRole('button', { name: 'Use an authentication app' }).click();
  await confirmWithPassword(page, person);
  const key = await keyOnScreen(page);
  await verify(page, totp(key));
  await expect(page).toHaveURL(/\/account\/backup-codes$/);
  return key;
}

const codesOnScreen = async (page: Page) => {
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  return codes.allInnerTexts();
};

const signOut = (page: Page) => page.context().clearCookies();

const number = () => `+1201555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;

test('an authentication app: the picture is the key, codes are saved, every sign-in asks', async ({
  page,
}) => {
  const person = await newPerson();
  await signIn(page, person);
  await page.goto('/account/two-factor');
  await page.getByRole('button', { name: 'Use an authentication app' }).click();
  await confirmWithPassword(page, person);
  const key = await keyOnScreen(page);
  const picture = PNG.sync.read(
    await page.getByRole('img', { name: 'Scan with your authentication app' }).screenshot({ scale: 'css' }),
  );
  const read = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data;
  expect(read).toBe(`otpauth://totp/Gatehouse:${person.email}?secret=${key}&issuer=Gatehouse`);

  await verify(page, '000000');
  await expect(page.locator('form').getByRole('alert')).toContainText('not right');
  await verify(page, totp(key));
  const codes = await codesOnScreen(page);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();
  await messageTo(person.email, /app/i);

  await signOut(page);
  await forgetTotpStep(person.email);
  await page.goto('/login');
  await enterPassword(page, person);
  await expect(page.getByRole('heading', { name: 'Verification code' })).toBeVisible();
  await page.goto('/account');
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/second-factor');
  const current = totp(key);
  await verify(page, `${current.slice(0, 3)}-${current.slice(3)}`);
  await expect(page).toHaveURL(/\/account$/);

  await signOut(page);
  await page.goto('/login');
  await enterPassword(page, person);
  await page.getByRole('link', { name: 'Use a backup code' }).click();
  await expect(page).toHaveURL(/method=backup/);
  await verify(page, (codes[0] ?? '').toLowerCase().replace('-', ' '));
  await expect(page).toHaveURL(/\/account$/);
  await messageTo(person.email, /backup code/i);
});

test('a text message: sent by itself at sign-in, letters and digits in the message, older codes told', async ({
  page,
}) => {
  const person = await newPerson();
  const phone = number();
  await signIn(page, person);
  await page.goto('/account/two-factor');
  await page.getByRole('button', { name: 'SMS text message' }).click();
  await confirmWithPassword(page, person);
  await page.getByLabel('Mobile number').fill('12');
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText('This is not a number of this country')).not.toHaveCount(0);
  await page.getByLabel('Mobile number').fill(phone.slice(2));
  await page.getByRole('button', { name: 'Send code' }).click();
  await expect(page.getByText(phone)).toBeVisible();
  const first = await messageTo(phone);
  expect(first.text.trim().split('\n').at(-1)).toBe(`@localhost #${codeFrom(first)}`);
  const arabic = [...codeFrom(first)].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('');
  await verify(page, arabic);
  await expect(page).toHaveURL(/\/account\/backup-codes$/);

  await signOut(page);
  await page.goto('/login');
  const before = await outbox(phone);
  await enterPassword(page, person);
  await expect(page.getByText(`…${phone.slice(-2)}`)).toBeVisible();
  const sent = await messageTo(phone, /./, before);
  const letters = await page.locator('strong').first().innerText();
  expect(sent.text).toContain(letters);

  // However long this took, the code is a fresh one.
  await database`update one_time_codes set created_at = now() where account_id = ${person.id} and voided_at is null`;
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page.getByText(/A new code can be sent in (\d+ seconds|1 minute)/).first()).toBeVisible();
  await age({
    table: 'one_time_codes',
    where: { account_id: person.id },
    columns: ['created_at'],
    by: '61 seconds',
  });
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page.getByText('A new code is on its way')).toBeVisible();
  const second = await messageTo(phone, /./, [...before, sent]);
  await verify(page, codeFrom(sent));
  await expect(page.locator('form').getByRole('alert')).toContainText('older code');
  await verify(page, codeFrom(second));
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page).toHaveURL(/\/account$/);
});

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
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await forgetTotpStep(person.email);
  await page.getByLabel('Verification code').fill(totp(key));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByText(`${domain} requires two-factor authentication`).first()).toBeVisible();
});

/** A device of the browser's own that answers while it is touched. */
async function addDevice(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const touch = (enabled: boolean) =>
    client.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
  return { touch };
}

test('passkeys: made and named, a second factor, a first factor, and removed', async ({ page }) => {
  const device = await addDevice(page);
  const person = await newPerson();
  await signIn(page, person);
  await page.goto('/account/passkeys');
  await page.getByLabel('Name').fill('Blue key');
  await page.getByRole('button', { name: 'Create passkey' }).click();
  await confirmWithPassword(page, person);
  await expect(page).toHaveURL(/\/account\/backup-codes$/);
  expect(await codesOnScreen(page)).toHaveLength(10);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await expect(page.getByText('10 of 10 codes left')).toBeVisible();

  await signOut(page);
  await device.touch(false);
  await page.goto('/login');
  await enterPassword(page, person);
  await expect(page).toHaveURL(/\/second-factor/);
  await device.touch(true);
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await signOut(page);
  // The device answers without a person, so the autofill of the email field would sign in before the button is pressed.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  await page.goto('/login');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/account$/);

  await page.goto('/account/passkeys');
  await page.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByText('No passkeys yet')).toBeVisible();
});

test('backup codes are seen again only after a fresh proof, and that is mailed', async ({ page }) => {
  const person = await newPerson();
  await signIn(page, person);
  const key = await setUpApp(page, person);
  const codes = await codesOnScreen(page);
  await page.getByRole('button', { name: 'I have saved these codes' }).click();
  await signOut(page);
  await signIn(page, { ...person, totpKey: key }, '/account/backup-codes');
  await page.getByRole('button', { name: 'Show backup codes' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
  await forgetTotpStep(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('Verification code').fill(totp(key));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Backup codes' })).toBeVisible();
  expect(await codesOnScreen(page)).toEqual(codes);
  await messageTo(person.email, /viewed|looked at|seen/i);
  await page.getByRole('button', { name: 'Get new codes' }).click();
  await expect(page.getByText('Your old codes no longer work')).toBeVisible();
  expect(await codesOnScreen(page)).not.toEqual(codes);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('app, text message, email and backup codes are set up and used', async ({ page }) => {
    const person = await newPerson();
    await signIn(page, person);
    const key = await setUpApp(page, person);
    const codes = await codesOnScreen(page);
    await page.getByRole('button', { name: 'I have saved these codes' }).click();

    const phone = number();
    await page.goto('/account/two-factor');
    await page.getByRole('button', { name: 'SMS text message' }).click();
    await page.getByLabel('Mobile number').fill(phone);
    await page.getByRole('button', { name: 'Send code' }).click();
    await verify(page, codeFrom(await messageTo(phone)));
    await expect(page.getByText('It works.')).toBeVisible();

    await page.goto('/account/two-factor');
    await page.getByRole('button', { name: 'Use codes by email' }).click();
    await expect(page.getByLabel('Verification code')).toBeVisible();
    if (await page.getByRole('heading', { name: 'Confirm it is you' }).isVisible()) {
      await forgetTotpStep(person.email);
      await page.getByLabel('Second factor').selectOption({ label: 'Authentication app' });
      await page.getByLabel('Password', { exact: true }).fill(person.password);
      await page.getByLabel('Verification code').fill(totp(key));
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    }
    await verify(page, codeFrom(await messageTo(person.email, /codes by email/)));
    await expect(page.getByText('It works.')).toBeVisible();

    const begin = async () => {
      await signOut(page);
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
