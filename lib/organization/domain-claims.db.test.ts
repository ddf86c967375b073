import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  accounts,
  domainClaims,
  domainPolicies,
  notices,
  outbox,
  passwords,
  platformSwitches,
  policyVersions,
} from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { deleteZoneEntry, putZoneEntry } from '@/lib/io/dns-zone';
import { newId } from '@/lib/io/token';
import { defaultPolicy } from '@/lib/policy/policy';
import { roleNames } from '@/lib/policy/roles';
import { auditActor } from './actor';
import { approveClaim, rejectClaim, switchApproval } from './claim-approval';
import { checkClaim } from './claim-check';
import { revokeClaim } from './claim-end';
import { recheckClaims } from './claim-recheck';
import { claimsAtRisk, findClaim, listClaims } from './claim-rows';
import { firstDomain, renewToken, setIncludesSubdomains, startClaim } from './claim-start';
import { findMemberRow } from './members';
import {
  addMember,
  newAccount,
  newOrganization,
  type TestMember,
  type TestOrganization,
} from './test-organization';

let count = 0;
let domain = '';
let here: TestOrganization;
beforeEach(async () => {
  count += 1;
  domain = `north${count}.example`;
  here = await newOrganization('Northwind', domain);
});
afterAll(closeDatabase);

async function started(organization: TestOrganization, name = domain) {
  const claim = await startClaim(organization.owner.actor, { domain: name, includesSubdomains: false });
  if (!claim.ok) throw new Error(claim.error.code);
  return claim.value.id;
}
const viewOf = (organization: TestOrganization, id: string) => findClaim(organization.id, id);
const host = (name = domain) => `_gatehouse-challenge.${name}`;

async function publish(organization: TestOrganization, id: string, name = host()) {
  const claim = await viewOf(organization, id);
  await putZoneEntry({ name, values: ['v=spf1 -all', `gatehouse-verify=${claim?.token}`] });
}
const check = (organization: TestOrganization, claimId: string) =>
  checkClaim({ claimId, organizationId: organization.id }, auditActor(organization.owner.actor));

async function verified(organization = here) {
  const id = await started(organization);
  await publish(organization, id);
  expect(await check(organization, id)).toMatchObject({ ok: true, value: { state: 'verified' } });
  return id;
}
const due = (id: string) =>
  database()
    .update(domainClaims)
    .set({ nextCheckAt: sql`clock_timestamp() - interval '1 ms'` })
    .where(eq(domainClaims.id, id));
async function recheck(id: string) {
  await due(id);
  await recheckClaims();
  return viewOf(here, id);
}
const ageRisk = (id: string, days: number) =>
  database()
    .update(domainClaims)
    .set({ atRiskSince: sql`at_risk_since - make_interval(days => ${days})` })
    .where(eq(domainClaims.id, id));
const noticesOf = async (member: { readonly accountId: string }, kind: string) =>
  (
    await database()
      .select({ id: notices.id })
      .from(notices)
      .where(and(eq(notices.accountId, member.accountId), eq(notices.kind, kind)))
  ).length;

describe('a first claim', () => {
  it('is of the owner’s own login domain, and further ones of any', async () => {
    expect(await firstDomain(database(), here.owner.actor)).toEqual({ domain, proven: true });
    expect(
      await startClaim(here.owner.actor, { domain: 'other.example', includesSubdomains: false }),
    ).toEqual({
      ok: false,
      error: { code: 'first_is_own', domain },
    });
    await started(here);
    expect(await firstDomain(database(), here.owner.actor)).toBeNull();
    expect(
      (await startClaim(here.owner.actor, { domain: 'Other.Example.', includesSubdomains: true })).ok,
    ).toBe(true);
    expect(await startClaim(here.owner.actor, { domain, includesSubdomains: false })).toMatchObject({
      error: { code: 'already_claimed' },
    });
  });

  it('needs the login email proven', async () => {
    await database()
      .update(accounts)
      .set({ loginEmailProvenAt: null })
      .where(eq(accounts.id, here.owner.accountId));
    expect(await startClaim(here.owner.actor, { domain, includesSubdomains: false })).toMatchObject({
      error: { code: 'email_unproven' },
    });
  });

  it.each([
    ['gmail.com', 'public_provider'],
    ['mail.gmail.com', 'public_provider'],
    ['someone@Outlook.com', 'public_provider'],
    ['co.uk', 'public_suffix'],
    ['github.io', 'public_suffix'],
    ['localhost', 'domain_single_label'],
    ['192.0.2.1', 'domain_ip_literal'],
    ['no such.example', 'domain_illegal'],
  ])('of %s is refused: %s', async (typed, code) => {
    expect(await startClaim(here.owner.actor, { domain: typed, includesSubdomains: false })).toMatchObject({
      error: { code },
    });
  });
});

describe('verification', () => {
  it('says what it saw until the record is there', async () => {
    const id = await started(here);
    const seen = async () => {
      const outcome = await check(here, id);
      return outcome.ok ? outcome.value.sighting : outcome.error.code;
    };
    expect(await seen()).toBe('not_found');
    await putZoneEntry({ name: host(), fail: 'SERVFAIL' });
    expect(await seen()).toBe('server_failure');
    await putZoneEntry({ name: host(), values: ['something else'] });
    expect(await seen()).toBe('other_values');
    await publish(here, id, `${host()}.${domain}`);
    expect(await seen()).toBe('doubled_suffix');
    await publish(here, id);
    await renewToken(here.owner.actor, id);
    await deleteZoneEntry(`${host()}.${domain}`);
    expect(await seen()).toBe('old_token');
    await publish(here, id);
    expect(await seen()).toBe('proven');
    expect((await viewOf(here, id))?.state).toBe('verified');
  });

  it('makes the default policy, inactive, and tells the people of the domain', async () => {
    const employee = await newAccount('Emil', domain);
    await verified();
    const [policy] = await database()
      .select({ id: domainPolicies.id, activatedAt: domainPolicies.activatedAt })
      .from(domainPolicies)
      .where(eq(domainPolicies.domain, domain));
    expect(policy?.activatedAt).toBeNull();
    const versions = await database()
      .select({ number: policyVersions.number, body: policyVersions.body })
      .from(policyVersions)
      .where(eq(policyVersions.policyId, policy?.id ?? ''));
    expect(versions).toEqual([{ number: 1, body: defaultPolicy }]);
    expect(await noticesOf({ accountId: employee.id }, 'domain_claimed')).toBe(1);
    const mails = await database()
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(eq(outbox.recipient, employee.email), eq(outbox.kind, 'domain_claimed')));
    expect(mails).toHaveLength(1);
  });

  it('tells the people of domains below it once the claim reaches them', async () => {
    const [member, below] = [await newAccount('Emil', domain), await newAccount('Bea', `sub.${domain}`)];
    const told = async () => [
      await noticesOf({ accountId: member.id }, 'domain_claimed'),
      await noticesOf({ accountId: below.id }, 'domain_claimed'),
    ];
    const id = await verified();
    expect(await told()).toEqual([1, 0]);
    await setIncludesSubdomains(here.owner.actor, { claimId: id, includesSubdomains: true });
    expect(await told()).toEqual([1, 1]);
    for (const includesSubdomains of [false, true])
      await setIncludesSubdomains(here.owner.actor, { claimId: id, includesSubdomains });
    expect(await told()).toEqual([1, 1]);
  });

  it('of one domain by two organizations at once leaves one holder', async () => {
    const others = await Promise.all([1, 2, 3].map(() => newOrganization('Rival', domain)));
    const all = [here, ...others];
    const ids = await Promise.all(all.map((organization) => started(organization)));
    const values = await Promise.all(
      all.map(
        async (organization, at) => `gatehouse-verify=${(await viewOf(organization, ids[at] ?? ''))?.token}`,
      ),
    );
    await putZoneEntry({ name: host(), values });
    const outcomes = await Promise.all(all.map((organization, at) => check(organization, ids[at] ?? '')));
    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.state === 'verified')).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'held_elsewhere')).toHaveLength(
      3,
    );
    const holders = await database()
      .select({ id: domainClaims.id })
      .from(domainClaims)
      .where(and(eq(domainClaims.domain, domain), eq(domainClaims.state, 'verified')));
    expect(holders).toHaveLength(1);
  });

  it('is too late after seven days, until a new value is asked for', async () => {
    const id = await started(here);
    await publish(here, id);
    await database()
      .update(domainClaims)
      .set({ tokenExpiresAt: sql`clock_timestamp() - interval '1 ms'` })
      .where(eq(domainClaims.id, id));
    expect(await check(here, id)).toMatchObject({ error: { code: 'token_expired' } });
    await renewToken(here.owner.actor, id);
    await publish(here, id);
    expect(await check(here, id)).toMatchObject({ value: { state: 'verified' } });
  });

  it('happens without an open page too', async () => {
    const id = await started(here);
    await publish(here, id);
    expect((await recheck(id))?.state).toBe('verified');
  });

  it('waits for an operator where that is switched on', async () => {
    const operator = { ...here.owner.actor };
    await switchApproval(operator, true);
    try {
      const id = await started(here);
      await publish(here, id);
      expect(await check(here, id)).toMatchObject({ value: { state: 'awaiting_approval' } });
      expect((await approveClaim(operator, id)).ok).toBe(true);
      expect((await viewOf(here, id))?.state).toBe('verified');
      const second = await newOrganization('Second', `second-${domain}`);
      const rejected = await started(second, `second-${domain}`);
      await publish(second, rejected, host(`second-${domain}`));
      await check(second, rejected);
      expect((await rejectClaim(operator, { claimId: rejected, reason: 'not yours' })).ok).toBe(true);
      expect(await viewOf(second, rejected)).toMatchObject({
        state: 'rejected',
        rejectedReason: 'not yours',
      });
    } finally {
      await database().delete(platformSwitches);
    }
  });
});

describe('a claim in force', () => {
  it('is at risk after two clean absences, safe again by itself, and lapses after thirty days', async () => {
    const id = await verified();
    await deleteZoneEntry(host());
    expect((await recheck(id))?.state).toBe('verified');
    expect((await recheck(id))?.state).toBe('at_risk');
    expect(await claimsAtRisk(here.id)).toHaveLength(1);
    expect(await noticesOf(here.owner, 'claim_at_risk')).toBe(1);
    expect((await recheck(id))?.state).toBe('at_risk');
    expect(await noticesOf(here.owner, 'claim_at_risk')).toBe(1);
    await ageRisk(id, 3);
    await recheck(id);
    expect(await noticesOf(here.owner, 'claim_at_risk')).toBe(2);
    await publish(here, id);
    expect((await recheck(id))?.state).toBe('verified');
    expect(await noticesOf(here.owner, 'claim_recovered')).toBe(1);
    await deleteZoneEntry(host());
    await recheck(id);
    await recheck(id);
    await ageRisk(id, 30);
    expect((await recheck(id))?.state).toBe('lapsed');
    expect(await noticesOf(here.owner, 'claim_lapsed')).toBe(1);
  });

  it('never counts SERVFAIL, and never a person’s own look', async () => {
    const id = await verified();
    await putZoneEntry({ name: host(), fail: 'SERVFAIL' });
    for (let times = 0; times < 4; times += 1) expect((await recheck(id))?.state).toBe('verified');
    await deleteZoneEntry(host());
    await check(here, id);
    await check(here, id);
    expect((await viewOf(here, id))?.state).toBe('verified');
  });

  it('is taken by one of many instances that look at once', async () => {
    const id = await verified();
    await deleteZoneEntry(host());
    await due(id);
    await Promise.all([recheckClaims(), recheckClaims(), recheckClaims()]);
    const [counted] = await database()
      .select({ absent: domainClaims.absentAnswers })
      .from(domainClaims)
      .where(eq(domainClaims.id, id));
    expect(counted?.absent).toBe(1);
  });

  it('makes the accounts of its domain managed, and its end frees them', async () => {
    const id = await verified();
    const managed = async (member: TestMember) => (await findMemberRow(here.id, member.id))?.managed;
    expect(await managed(here.owner)).toBe(true);
    const outsider = await addMember(here, 'member');
    expect(await managed(outsider)).toBe(false);
    await revokeClaim(here.owner.actor, { claimId: id, reason: 'sold' });
    expect(await managed(here.owner)).toBe(false);
  });
});

describe('the end of a claim', () => {
  it('switches its policy off, keeps its versions and takes back its own duties only', async () => {
    const id = await verified();
    await database()
      .update(domainPolicies)
      .set({ activatedAt: sql`clock_timestamp() - interval '1 ms'` })
      .where(eq(domainPolicies.domain, domain));
    const [policy] = await database()
      .select({ id: domainPolicies.id })
      .from(domainPolicies)
      .where(eq(domainPolicies.domain, domain));
    const [bound, prompted] = [await newAccount('Bo', domain), await newAccount('Pia', domain)];
    const flagged = { hash: 'x', origin: 'self', changeRequiredAt: 1 } as const;
    await database()
      .insert(passwords)
      .values([
        {
          id: newId(),
          accountId: bound.id,
          ...flagged,
          changeRequiredReason: 'below_policy',
          changeRequiredByPolicyId: policy?.id ?? '',
        },
        { id: newId(), accountId: prompted.id, ...flagged, changeRequiredReason: 'prompted' },
      ]);
    expect((await revokeClaim(here.owner.actor, { claimId: id, reason: 'sold' })).ok).toBe(true);
    const [after] = await database()
      .select({ deactivatedAt: domainPolicies.deactivatedAt })
      .from(domainPolicies)
      .where(eq(domainPolicies.domain, domain));
    expect(after?.deactivatedAt).not.toBeNull();
    const reasonOf = async (accountId: string) =>
      (
        await database()
          .select({ reason: passwords.changeRequiredReason })
          .from(passwords)
          .where(eq(passwords.accountId, accountId))
      )[0]?.reason;
    expect(await reasonOf(bound.id)).toBeNull();
    expect(await reasonOf(prompted.id)).toBe('prompted');
    expect(await noticesOf(here.owner, 'claim_revoked')).toBe(1);
    const again = await started(here);
    await publish(here, again);
    await check(here, again);
    const [back] = await listClaims(here.id);
    expect(back).toMatchObject({ state: 'verified', policyActive: false });
    expect(await database().$count(policyVersions, eq(policyVersions.policyId, policy?.id ?? ''))).toBe(1);
  });
});

describe('every door of claims', () => {
  const doors = {
    revoke: (actor: TestMember['actor'], claimId: string) => revokeClaim(actor, { claimId, reason: 'r' }),
    renew: (actor: TestMember['actor'], claimId: string) => renewToken(actor, claimId),
    subdomains: (actor: TestMember['actor'], claimId: string) =>
      setIncludesSubdomains(actor, { claimId, includesSubdomains: true }),
  };
  for (const [door, open] of Object.entries(doors)) {
    for (const role of roleNames)
      it(`answers a foreign id like an unknown one: ${door} as ${role}`, async () => {
        const id = await started(here);
        const elsewhere = await newOrganization('Harbor', 'harbor.example');
        const stranger = await addMember(elsewhere, role);
        const foreign = await open(stranger.actor, id);
        expect(foreign).toEqual(await open(stranger.actor, newId()));
        expect(foreign.ok).toBe(false);
        expect(await viewOf(here, id)).toMatchObject({ state: 'pending', includesSubdomains: false });
      });
    for (const role of ['admin', 'member', 'guest'] as const)
      it(`is the owners’ alone: ${door} as ${role}`, async () => {
        const id = await started(here);
        const asker = await addMember(here, role);
        expect(await open(asker.actor, id)).toMatchObject({ error: { code: 'not_allowed' } });
        expect(
          await startClaim(asker.actor, { domain: 'x.example', includesSubdomains: false }),
        ).toMatchObject({
          error: { code: 'not_allowed' },
        });
      });
  }
  it('shows no claim of another organization', async () => {
    const id = await started(here);
    const elsewhere = await newOrganization('Harbor', 'harbor.example');
    expect(await viewOf(elsewhere, id)).toBeNull();
    expect(await check(elsewhere, id)).toMatchObject({ error: { code: 'unknown_claim' } });
  });
});
