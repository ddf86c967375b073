import { expect, test } from '@playwright/test';
import { freshEmail, newDomainPolicy, newMember, newOrganizationWithOwner, signIn, unique } from './world';

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
