import { expect, test } from '@playwright/test';
import {
  age,
  freshEmail,
  newDomainPolicy,
  newMember,
  newOrganizationWithOwner,
  signIn,
  unique,
} from './world';

test('an owner downloads a signed report of what applied; an admin does not', async ({ page, browser }) => {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({
    plan: 'pro',
    ownerEmail: freshEmail('owner', domain),
  });
  await newDomainPolicy(organization, domain, { singleWebSession: false });
  const admin = await newMember(organization, 'admin');
  await signIn(page, owner, `/organizations/${organization.slug}/policies/versions`);
  const download = page.waitForEvent('download');
  await page.getByRole('form', { name: 'Evidence report' }).getByRole('button', { name: 'Download' }).click();
  const report = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of report) chunks.push(chunk);
  const parsed = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  expect(parsed.report).toMatchObject({ kind: 'gatehouse-evidence', domain });
  expect(parsed.signature).toMatch(/^[\w-]{43}$/);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, admin);
  const answer = await other.request.get(`/organizations/${organization.slug}/policies/evidence`);
  expect(answer.status()).toBe(403);
  await elsewhere.close();
});

test('with an old proof every download leads through "Confirm it is you" and back', async ({ page }) => {
  const domain = `d${unique()}.example`;
  const { organization, owner } = await newOrganizationWithOwner({
    plan: 'pro',
    ownerEmail: freshEmail('owner', domain),
  });
  await newDomainPolicy(organization, domain);
  await signIn(page, owner);
  const columns = ['reauthenticated_at', 'reauthentication_began_at'];
  await age({ table: 'sessions', where: { account_id: owner.id }, columns, by: '11 minutes' });
  const base = `/organizations/${organization.slug}`;
  const downloads = ['audit/export', 'policies/export', 'policies/review/export', 'policies/evidence'];
  for (const download of downloads) {
    const path = `${base}/${download}?domain=${domain}`;
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.headers().location, download).toBe(`/confirm?return_to=${encodeURIComponent(path)}`);
  }
  await page.goto(`/confirm?return_to=${encodeURIComponent(`${base}/audit/export`)}`);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Confirm' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`audit-${organization.slug}.jsonl`);
});
