import { expect, test } from '@playwright/test';
import { expectClean } from './screens';
import { database, demoAccount, freshEmail, newOrganizationWithOwner, signIn, unique } from './world';

/** A claim whose record was found while approval was on. The switch itself stays off: other journeys claim domains meanwhile. */
async function waitingClaim() {
  const domain = `d${unique()}.example`;
  const { organization } = await newOrganizationWithOwner({
    plan: 'pro',
    ownerEmail: freshEmail('owner', domain),
  });
  await database`
    insert into domain_claims (id, organization_id, domain, state, token, token_expires_at)
    values (gen_random_uuid(), ${organization.id}, ${domain}, 'awaiting_approval', ${unique()}, now() + interval '7 days')`;
  return domain;
}

const stateOf = async (domain: string) => {
  const [row] = await database`select state, rejected_reason from domain_claims where domain = ${domain}`;
  return row;
};

test('an operator puts a waiting claim in force and turns another down with a reason', async ({ page }) => {
  const [good, bad] = [await waitingClaim(), await waitingClaim()];
  await signIn(page, await demoAccount('operator@gatehouse.example'));
  await page.goto('/operator/claims');
  await expect(page.getByRole('heading', { name: 'Claims', exact: true })).toBeVisible();
  await page
    .getByRole('form', { name: `Approve ${good}` })
    .getByRole('button', { name: 'Approve' })
    .click();
  await expect(page.getByRole('form', { name: `Approve ${good}` })).toHaveCount(0);
  expect(await stateOf(good)).toMatchObject({ state: 'verified' });

  const rejecting = page.getByRole('form', { name: `Reject ${bad}` });
  await rejecting.getByRole('button', { name: 'Reject' }).click();
  await expect(rejecting.getByRole('alert')).toContainText('Give a reason');
  await expectClean(page);
  await rejecting.getByLabel('Reason').fill('Not a company we know');
  await rejecting.getByRole('button', { name: 'Reject' }).click();
  await expect(rejecting).toHaveCount(0);
  expect(await stateOf(bad)).toMatchObject({ state: 'rejected', rejected_reason: 'Not a company we know' });
});

test('the place of operators is nobody else’s', async ({ page }) => {
  const { owner } = await newOrganizationWithOwner({ plan: 'pro' });
  await signIn(page, owner);
  const answer = await page.goto('/operator/claims');
  expect(answer?.status()).toBe(404);
});
