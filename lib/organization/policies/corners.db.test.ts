import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  activateNow,
  addPerson,
  confirmNow,
  type PolicyWorld,
  policyWorld,
  savePolicy,
  screenOf,
  seenOf,
} from '@/bin/test/policy-world';
import { addSession } from '@/bin/test/rows';
import { auditEvents, domainClaims, notices, policyVersions } from '@/drizzle/schema';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { hours, minutes } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';
import { byJob } from '../claim-check';
import { endClaim } from '../claim-end';
import { lockClaim } from '../claim-rows';
import { activatePolicy, confirmPolicy, disablePolicy } from './activation';
import { editDraft, fillDraft } from './drafts';
import { tellReversions } from './reversions';
import { checkReview, reviewChange } from './review';
import { saveDraft } from './save';

let world: PolicyWorld;
beforeEach(async () => {
  world = await policyWorld();
});
afterAll(() => closeDatabase());

const policy = (more: Partial<Policy> = {}): Policy => ({
  ...defaultPolicy,
  singleWebSession: false,
  ...more,
});
const list = (cidr: string): Partial<Policy> => ({
  allowList: { mode: 'enforce', entries: [{ cidr, label: '', expiresAt: null }] },
});
const inForce = async () => (await policyFor(world.owner.accountId)).values;
const lock = async () => (await inForce()).lockoutMinutes;
const lists = async () => (await inForce()).allowList.enforced.length;

/** Moves what awaits a confirmation to its end. */
const expire = () =>
  database()
    .update(policyVersions)
    .set({ revertAt: sql`clock_timestamp() - interval '1 ms'` })
    .where(sql`policy_id = ${world.policyId} and revert_at > clock_timestamp() and confirmed_at is null`);

describe('two owners at once', () => {
  it('activate only the version that was looked at', async () => {
    const looked = await screenOf(world);
    await savePolicy(world, policy({ lockoutMinutes: 60 }));
    const stale = await activatePolicy(world.owner, world.domain, { versionId: looked.current.id });
    expect(stale).toEqual({ ok: false, error: { code: 'changed_meanwhile' } });
    expect(await lock()).toBe(15);
    const both = await Promise.all([activateNow(world), activateNow(world)]);
    expect(both.map((each) => each.ok).sort()).toEqual([false, true]);
    expect(await lock()).toBe(60);
  });

  it('save nothing into a policy that the other one switched on meanwhile', async () => {
    const { id: sessionId } = await addSession(world.owner.accountId);
    const saver = { ...world.owner, sessionId, strengthTowards: 0 };
    await editDraft(world.owner, world.domain, {
      body: policy({ lockoutMinutes: 60 }),
      seen: await seenOf(world),
    });
    const looked = await screenOf(world);
    const { token } = await reviewChange(looked, saver, { intent: 'save', isShownAgain: false });
    const seen = await seenOf(world);
    await activateNow(world);
    const given = { intent: 'save', token } as const;
    expect(await checkReview(await screenOf(world), saver, given)).toMatchObject({ code: 'not_previewed' });
    expect(
      await saveDraft(world.owner, world.domain, { seen, isActive: looked.isActive, activate: false }),
    ).toMatchObject({ ok: false });
    expect(await lock()).toBe(15);
  });

  it('keep a change once, and one keeps what the other saved', async () => {
    await savePolicy(world, policy(), { activate: true });
    await savePolicy(world, policy(list('192.0.2.0/24')));
    const second = await addPerson(world.domain, { organizationId: world.organizationId, role: 'owner' });
    const other = { ...world.owner, accountId: second };
    const kept = await Promise.all([confirmNow(world, other), confirmNow(world)]);
    expect(kept.map((each) => each.ok).sort()).toEqual([false, true]);
    await expire();
    expect(await lists()).toBe(1);
  });
});

it('keeps nothing that another owner saved after the page was read', async () => {
  await savePolicy(world, policy(), { activate: true });
  await savePolicy(world, policy(list('192.0.2.0/24')));
  const { current } = await screenOf(world);
  await savePolicy(
    world,
    policy({ ...list('192.0.2.0/24'), secondFactorRequired: true, secondFactorGraceHours: 0 }),
  );
  const seen = { versionId: current.id };
  const refused = { ok: false, error: { code: 'changed_meanwhile' } };
  expect(await confirmPolicy(world.owner, world.domain, seen)).toEqual(refused);
  await expire();
  expect([await lists(), (await inForce()).secondFactorRequired]).toEqual([0, false]);
});

describe('an older version', () => {
  it('is not restored by somebody it would shut out', async () => {
    const { id: sessionId } = await addSession(world.owner.accountId);
    const saver = { ...world.owner, sessionId, strengthTowards: 0 };
    await savePolicy(world, policy(list('203.0.113.0/24')));
    await savePolicy(world, policy({ lockoutMinutes: 60 }));
    const old = (await screenOf(world)).versions.find(({ number }) => number === 2);
    if (old === undefined) throw new Error('there is a second version');
    const note = 'This restores version 2.';
    await fillDraft(world.owner, world.domain, { body: old.body, note, restoredFrom: old.id });
    const screen = await screenOf(world);
    const { token, guard } = await reviewChange(screen, saver, { intent: 'save', isShownAgain: false });
    const refusal = { code: 'shuts_out_saver', address: world.owner.address };
    expect(guard.refusal).toEqual(refusal);
    expect(await checkReview(screen, saver, { intent: 'save', token })).toEqual({ code: 'refused', refusal });
    const near = { ...saver, address: '203.0.113.9' };
    expect(await checkReview(screen, near, { intent: 'save', token })).toBeNull();
  });
});

describe('a draft', () => {
  const events = async () =>
    (
      await database()
        .select({ event: auditEvents.event, after: auditEvents.after })
        .from(auditEvents)
        .where(sql`organization_id = ${world.organizationId} and event like 'policy.%'`)
        .orderBy(auditEvents.sequence)
    ).map(({ event, after }) => [event, after]);

  it('leaves proof of each edit, of what it became and of its end', async () => {
    const edit = async (more: Partial<Policy>) =>
      editDraft(world.owner, world.domain, { body: policy(more), seen: await seenOf(world) });
    await edit({ lockoutMinutes: 60 });
    await edit({ lockoutMinutes: 90 });
    await edit({ singleWebSession: true });
    const revision = expect.any(Number);
    expect(await events()).toEqual([
      ['policy.drafted', { lockoutMinutes: 60, singleWebSession: false, revision }],
      ['policy.drafted', { lockoutMinutes: 90, revision }],
      ['policy.discarded', null],
    ]);
  });

  it('is neither kept nor filled once the claim has ended', async () => {
    await database()
      .update(domainClaims)
      .set({ state: 'revoked', endedAt: Date.now() })
      .where(eq(domainClaims.domain, world.domain));
    const refused = { ok: false, error: { code: 'not_claimed' } };
    const body = policy({ lockoutMinutes: 60 });
    expect(await editDraft(world.owner, world.domain, { body, seen: await seenOf(world) })).toEqual(refused);
    expect(await fillDraft(world.owner, world.domain, { body, note: '' })).toEqual(refused);
  });
});

describe('confirm or revert', () => {
  it('of a version saved for later begins when it takes effect', async () => {
    await savePolicy(world, policy(), { activate: true });
    const effectiveFrom = (await screenOf(world)).now + hours(2);
    const { confirmBy } = await savePolicy(world, policy(list('192.0.2.0/24')), { terms: { effectiveFrom } });
    expect(confirmBy).toBe(effectiveFrom + minutes(10));
    expect(await confirmNow(world)).toMatchObject({
      error: { code: 'nothing_to_confirm' },
    });
    expect((await screenOf(world)).confirmBy).toBeNull();
  });

  it('of a change on top of one not kept yet falls back to the last that was kept', async () => {
    await savePolicy(world, policy({ lockoutMinutes: 20 }), { activate: true });
    await savePolicy(world, policy({ lockoutMinutes: 30, ...list('192.0.2.0/24') }));
    const later = await savePolicy(world, policy({ lockoutMinutes: 40, ...list('192.0.2.0/24') }));
    expect(later.reasons).toEqual(['address_list']);
    expect([await lock(), await lists()]).toEqual([40, 1]);
    await expire();
    expect([await lock(), await lists()]).toEqual([20, 0]);
    expect(await confirmNow(world)).toMatchObject({
      error: { code: 'nothing_to_confirm' },
    });
  });

  it('ends with the policy: switched off and on again it is without what nobody kept', async () => {
    await savePolicy(world, policy(), { activate: true });
    await savePolicy(world, policy(list('192.0.2.0/24')));
    await disablePolicy(world.owner, world.domain);
    await activateNow(world);
    expect(await lists()).toBe(0);
  });

  it.each(['revoked', 'lapsed'] as const)(
    'ends with a claim that is %s in the middle, silently',
    async (state) => {
      await savePolicy(world, policy(), { activate: true });
      await savePolicy(world, policy(list('192.0.2.0/24')));
      const effectiveFrom = (await screenOf(world)).now + hours(2);
      await savePolicy(world, policy({ ...list('192.0.2.0/24'), lockoutMinutes: 60 }), {
        terms: { effectiveFrom },
      });
      const [row] = await database()
        .select({ id: domainClaims.id })
        .from(domainClaims)
        .where(eq(domainClaims.domain, world.domain));
      await transaction(async (tx) => {
        const claim = await lockClaim(tx, row?.id ?? '');
        if (claim) await endClaim(tx, claim, { state, actor: byJob, reason: null });
      });
      expect([await lists(), await lock()]).toEqual([0, 15]);
      const not = { ok: false };
      expect(await confirmNow(world)).toMatchObject(not);
      expect(await activateNow(world)).toEqual({ ok: false, error: { code: 'not_claimed' } });
      const before = await database().$count(notices, eq(notices.organizationId, world.organizationId));
      await tellReversions();
      expect(await database().$count(notices, eq(notices.organizationId, world.organizationId))).toBe(before);
      const { scheduled, newest, isActive } = await screenOf(world);
      expect([scheduled.length, newest.body.allowList.mode, isActive]).toEqual([0, 'off', false]);
    },
  );
});
