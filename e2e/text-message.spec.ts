import { expect, test } from '@playwright/test';
import { confirmWithPassword, forgetBrowser, newNumber, verify } from './factor-steps';
import { age, codeFrom, database, enterPassword, messageTo, newPerson, outbox, signIn } from './world';

test('a text message: sent by itself at sign-in, letters and digits in the message, older codes told', async ({
  page,
}) => {
  const person = await newPerson();
  const phone = newNumber();
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

  await forgetBrowser(page);
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
