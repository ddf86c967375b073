import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { codesOnScreen, confirmWithPassword, forgetBrowser, keyOnScreen, verify } from './factor-steps';
import { enterPassword, forgetTotpStep, messageTo, newPerson, signIn, totp } from './world';

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

  await forgetBrowser(page);
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

  await forgetBrowser(page);
  await page.goto('/login');
  await enterPassword(page, person);
  await page.getByRole('link', { name: 'Use a backup code' }).click();
  await expect(page).toHaveURL(/method=backup/);
  await verify(page, (codes[0] ?? '').toLowerCase().replace('-', ' '));
  await expect(page).toHaveURL(/\/account$/);
  await messageTo(person.email, /backup code/i);
});
