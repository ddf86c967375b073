import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addOrganization, addVersion } from '@/bin/test/rows';
import { accounts, domainClaims, domainPolicies, policyActiveTimes } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { bindingClaim } from '@/lib/policy/domain-name';
import { days, type Instant } from '@/lib/policy/time';
import { layersOf } from './layers';
import { policyFor, policyOf } from './policy-in-force';

afterAll(closeDatabase);

const anyClaim = fc.record({
  depth: fc.integer({ min: 0, max: 3 }),
  includesSubdomains: fc.boolean(),
  state: fc.constantFrom('verified', 'at_risk', 'pending', 'lapsed', 'revoked'),
});

test('of several claims the most specific that reaches the login domain binds, one policy each', async () => {
  const drawn = fc.uniqueArray(anyClaim, { selector: ({ depth }) => depth, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(drawn, async (claims) => {
      const labels = ['one', 'two', 'three', `z${newId().slice(-12)}.example`];
      const below = (depth: number) => labels.slice(3 - depth).join('.');
      const inForce = [];
      for (const { depth, includesSubdomains, state } of claims) {
        const domain = below(depth);
        const lockoutMinutes = 100 + depth;
        const organization = await addOrganization();
        const { claimId } = await addDomainPolicy(organization.id, domain, { lockoutMinutes });
        await database()
          .update(domainClaims)
          .set({ includesSubdomains, state })
          .where(eq(domainClaims.id, claimId));
        if (state === 'verified' || state === 'at_risk')
          inForce.push({ domain, includesSubdomains, lockoutMinutes });
      }
      for (const depth of [0, 1, 2, 3]) {
        const account = await addAccount({ loginEmail: `p@${below(depth)}` });
        const bound = await policyFor(account.id);
        const expected = bindingClaim(below(depth), inForce)?.lockoutMinutes ?? 15;
        expect(bound.values.lockoutMinutes).toBe(expected);
      }
    }),
    { numRuns: 25 },
  );
});

/** The lock that applied to somebody at a moment; null where no domain's policy did. */
async function lockAt(accountId: string, at: Instant) {
  const moment = sql`${new Date(at).toISOString()}::timestamptz`;
  const [row] = await database()
    .select({
      createdAt: accounts.createdAt,
      layers: layersOf({ id: sql`accounts.id`, loginDomain: sql`accounts.login_domain` }, moment),
    })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (!row) throw new Error('no such account');
  const { layers, values } = policyOf(row.layers, row, at);
  return layers.length === 0 ? null : values.lockoutMinutes;
}

test('what applied then is found across pauses of the policy, later versions and the end of the claim', async () => {
  const now = Date.now();
  const ago = (count: number) => now - days(count);
  const domain = `then${newId().slice(-12)}.example`;
  const organization = await addOrganization();
  const { policyId, claimId } = await addDomainPolicy(organization.id, domain, {}, { activatedAt: ago(20) });
  const version = (number: number, effectiveFrom: Instant, lockoutMinutes: number) =>
    addVersion(policyId, { number, effectiveFrom, body: { lockoutMinutes } });
  await version(2, ago(100), 20);
  await version(3, ago(15), 30);
  await database()
    .insert(policyActiveTimes)
    .values({ id: newId(), policyId, since: ago(90), until: ago(60) });
  await database()
    .update(domainClaims)
    .set({ verifiedAt: ago(95) })
    .where(eq(domainClaims.id, claimId));
  const { id } = await addAccount({ loginEmail: `p@${domain}`, createdAt: ago(200) });
  const course = async () => {
    const found = [];
    for (const count of [96, 91, 90, 61, 60, 21, 20, 16, 15, 0.5]) found.push(await lockAt(id, ago(count)));
    return found;
  };
  expect(await course()).toEqual([null, null, 20, 20, null, null, 20, 20, 30, 30]);
  await database()
    .update(domainPolicies)
    .set({ deactivatedAt: ago(1) })
    .where(eq(domainPolicies.id, policyId));
  await database()
    .update(domainClaims)
    .set({ state: 'revoked', endedAt: ago(1) })
    .where(eq(domainClaims.id, claimId));
  expect(await course()).toEqual([null, null, 20, 20, null, null, 20, 20, 30, null]);
  expect((await policyFor(id)).layers).toEqual([]);
});
