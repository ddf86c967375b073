import { and, eq, isNotNull, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  activateNow,
  addPerson,
  confirmNow,
  type PolicyWorld,
  policyWorld,
  savePolicy,
  seenOf,
} from '@/bin/test/policy-world';
import { auditEvents, domainPolicies, notices, policyVersions } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days, hours, minutes } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';
import { activatePolicy, disablePolicy } from './activation';
import { editDraft } from './drafts';
import { findDraft, findPolicy, listVersions } from './records';
import { tellReversions } from './reversions';
import { saveDraft } from './save';

let world: PolicyWorld;
beforeEach(async () => {
  world = await policyWorld();
});
afterAll(() => closeDatabase());

const quiet: Policy = { ...defaultPolicy, singleWebSession: false };
const changed = (more: Partial<Policy>): Policy => ({ ...quiet, ...more });

const seen = () => seenOf(world);

const save = (body: Policy, activate = false) => savePolicy(world, body, { activate });

const minimumOf = async (accountId: string) => (await policyFor(accountId)).values.passwordLengthMin;

/** Moves the whole life of the policy into the past. */
async function age(milliseconds: number) {
  const span = sql.raw(`interval '${milliseconds} milliseconds'`);
  await database().execute(sql`update domain_policies set activated_at = activated_at - ${span},
    deactivated_at = deactivated_at - ${span}, confirm_by = confirm_by - ${span} where id = ${world.policyId}`);
}

describe('saving a policy', () => {
  it('binds nobody until it is activated, and then everybody of the domain at once', async () => {
    const person = await addPerson(world.domain);
    await save(changed({ passwordLengthMin: 12 }));
    expect(await minimumOf(person)).toBe(8);
    expect(await activateNow(world)).toMatchObject({ ok: true });
    expect(await minimumOf(person)).toBe(12);
    await save(changed({ passwordLengthMin: 14 }));
    expect(await minimumOf(person)).toBe(14);
    expect(await disablePolicy(world.owner, world.domain)).toMatchObject({ ok: true });
    expect(await minimumOf(person)).toBe(8);
  });

  it('numbers versions without gap or double when two owners save at once', async () => {
    const second = await addPerson(world.domain, { organizationId: world.organizationId, role: 'owner' });
    const edit = { body: changed({ lockoutMinutes: 30 }), seen: await seen() };
    await editDraft(world.owner, world.domain, edit);
    const both = { seen: await seen(), isActive: false, activate: false };
    const answers = await Promise.all([
      saveDraft(world.owner, world.domain, both),
      saveDraft({ ...world.owner, accountId: second }, world.domain, both),
    ]);
    expect(answers.map((answer) => answer.ok).sort()).toEqual([false, true]);
    const versions = await listVersions(database(), world.policyId);
    expect(versions.map((version) => version.number)).toEqual([1, 2]);
  });

  it('answers the later of two edits with the difference, and keeps the earlier', async () => {
    const before = await seen();
    await editDraft(world.owner, world.domain, { body: changed({ lockoutMinutes: 30 }), seen: before });
    const answer = await editDraft(world.owner, world.domain, {
      body: changed({ lockoutMinutes: 60 }),
      seen: before,
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'conflict', differences: ['Login lockout duration: 30 minutes → 60 minutes'] },
    });
    expect((await findDraft(database(), world.policyId))?.body.lockoutMinutes).toBe(30);
  });

  it('refuses another organization’s domain like an unknown one', async () => {
    const other = await policyWorld();
    const edit = { body: changed({ lockoutMinutes: 30 }), seen: await seen() };
    const foreign = await editDraft(other.owner, world.domain, edit);
    expect(foreign).toEqual({ ok: false, error: { code: 'unknown_policy' } });
    expect(await activatePolicy(other.owner, world.domain, { versionId: '' })).toEqual(foreign);
  });

  it('writes proof of who changed what, and tells owners and admins', async () => {
    const admin = await addPerson(world.domain, { organizationId: world.organizationId, role: 'admin' });
    await addPerson(world.domain, { organizationId: world.organizationId });
    await save(changed({ passwordLengthMin: 12 }));
    const [row] = await database()
      .select({ before: auditEvents.before, after: auditEvents.after, actorId: auditEvents.actorId })
      .from(auditEvents)
      .where(sql`organization_id = ${world.organizationId} and event = 'policy.saved'`);
    expect(row).toMatchObject({
      actorId: world.owner.accountId,
      before: { passwordLengthMin: 8, singleWebSession: true },
      after: { passwordLengthMin: 12, singleWebSession: false, version: 2 },
    });
    const told = await database()
      .select({ accountId: notices.accountId })
      .from(notices)
      .where(eq(notices.organizationId, world.organizationId));
    expect(told.map((notice) => notice.accountId).sort()).toEqual([world.owner.accountId, admin].sort());
  });

  it('takes effect later where that was chosen, and only in an active policy', async () => {
    await save(quiet, true);
    const now = (await findPolicy(database(), world))?.now ?? 0;
    await savePolicy(world, changed({ lockoutMinutes: 30 }), { terms: { effectiveFrom: now + hours(2) } });
    const lock = async () => (await policyFor(world.owner.accountId)).values.lockoutMinutes;
    expect(await lock()).toBe(15);
    await disablePolicy(world.owner, world.domain);
    await activateNow(world);
    const versions = await listVersions(database(), world.policyId);
    expect(versions.at(-1)).toMatchObject({ number: 3, revertAt: expect.any(Number) });
    expect(await lock()).toBe(15);
  });
});

describe('the dates of a rule', () => {
  const mandate = changed({ secondFactorRequired: true });
  const anchor = async () =>
    (await policyFor(world.owner.accountId)).layers[0]?.secondFactorEnabledAt ?? null;

  it('begin with the activation, not with a save that bound nobody', async () => {
    await save(mandate);
    await activateNow(world);
    const policy = await findPolicy(database(), world);
    expect(await anchor()).toBe(policy?.activatedAt);
  });

  it.each([
    [days(6), true],
    [days(8), false],
  ])('survive a pause of at most seven days (%d ms)', async (pause, kept) => {
    await save(mandate, true);
    const first = await anchor();
    await disablePolicy(world.owner, world.domain);
    await age(pause);
    await shiftVersions(pause);
    await activateNow(world);
    expect((await anchor()) === (first ?? 0) - pause).toBe(kept);
  });
});

/** Versions are immutable to the product; only the tables' owner can move them into the past. */
async function shiftVersions(milliseconds: number) {
  const client = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
  const span = `interval '${milliseconds} milliseconds'`;
  await client.unsafe(`update policy_versions set effective_from = effective_from - ${span},
    second_factor_activated_at = second_factor_activated_at - ${span} where policy_id = '${world.policyId}'`);
  await client.end();
}

describe('confirm or revert', () => {
  it('ends an activation nobody confirmed after ten minutes, to the former state', async () => {
    const saved = await save(changed({ singleWebSession: true, passwordLengthMin: 12 }), true);
    expect(saved.reasons).toEqual(['one_web_session']);
    expect(await minimumOf(world.owner.accountId)).toBe(12);
    await age(minutes(10));
    expect(await minimumOf(world.owner.accountId)).toBe(8);
  });

  it('tells owners and admins once, and leaves proof, when nobody confirmed', async () => {
    await activateNow(world);
    await age(minutes(10));
    await Promise.all([tellReversions(), tellReversions()]);
    await tellReversions();
    const rows = await database()
      .select({ after: auditEvents.after, actorKind: auditEvents.actorKind })
      .from(auditEvents)
      .where(sql`organization_id = ${world.organizationId} and event = 'policy.reverted'`);
    expect(rows).toEqual([{ after: { activation: true, versions: [] }, actorKind: 'system' }]);
    const told = await database().$count(notices, sql`key like ${`policy:${world.policyId}:reverted:%`}`);
    expect(told).toBe(1);
  });

  it('keeps what an owner confirms', async () => {
    await save(changed({ singleWebSession: true, passwordLengthMin: 12 }), true);
    expect(await confirmNow(world)).toMatchObject({ ok: true });
    await age(minutes(10));
    expect(await minimumOf(world.owner.accountId)).toBe(12);
  });

  it('goes back to the version before when a saved list is not confirmed', async () => {
    await save(quiet, true);
    const entries = [{ cidr: '192.0.2.0/24', label: '', expiresAt: null }];
    const saved = await save(changed({ allowList: { mode: 'enforce', entries } }));
    expect(saved.confirmBy).toBe(saved.effectiveFrom + minutes(10));
    const enforced = async () => (await policyFor(world.owner.accountId)).values.allowList.enforced.length;
    expect(await enforced()).toBe(1);
    await database()
      .update(policyVersions)
      .set({ revertAt: sql`clock_timestamp() - interval '1 ms'` })
      .where(and(eq(policyVersions.policyId, world.policyId), isNotNull(policyVersions.revertAt)));
    expect(await enforced()).toBe(0);
  });
});

describe('the claim', () => {
  it('is asked on every decision: a policy whose claim ended binds nobody and cannot be activated', async () => {
    await save(changed({ passwordLengthMin: 12 }), true);
    await database().execute(sql`update domain_claims set state = 'revoked', ended_at = now()
      where organization_id = ${world.organizationId}`);
    expect(await minimumOf(world.owner.accountId)).toBe(8);
    await database()
      .update(domainPolicies)
      .set({ deactivatedAt: sql`now()` })
      .where(eq(domainPolicies.id, world.policyId));
    expect(await activateNow(world)).toMatchObject({ error: { code: 'not_claimed' } });
  });
});
