import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addSession } from '@/bin/test/rows';
import { accounts, memberships, notices, secondFactorRules, sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';

import { days, hours, minutes } from '@/lib/policy/time';
import { entryOf } from '@/lib/session/entry';
import { judgeSession } from '@/lib/session/judgement';
import { resetSecondFactors } from './help-authenticators';
import { sweepMandates } from './mandate-sweep';

import { activateRule, changeRule, deactivateRule, ruleState } from './second-factor-rule';
import { addMember, newOrganization } from './test-organization';
import { age, bindApp, mailsTo, proOrganization, stateOf, terms } from './test-rule';

describe('activation', () => {
  test('is refused below pro, to members, and a second time', async () => {
    const free = await newOrganization('Free');
    expect(await activateRule(free.owner.actor, terms)).toEqual({
      ok: false,
      error: { code: 'plan', needs: 'pro' },
    });
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    expect(await activateRule(member.actor, terms)).toEqual({ ok: false, error: { code: 'not_allowed' } });
    const admin = await addMember(organization, 'admin');
    expect((await activateRule(admin.actor, terms)).ok).toBe(true);
    expect(await activateRule(organization.owner.actor, terms)).toEqual({
      ok: false,
      error: { code: 'already_active' },
    });
  });

  test('tells every teammate, guests too, once', async () => {
    const organization = await proOrganization();
    const guest = await addMember(organization, 'guest');
    await activateRule(organization.owner.actor, terms);
    expect(await mailsTo(guest.accountId)).toEqual(['mandate_activated']);
    const [notice] = await database()
      .select({ kind: notices.kind })
      .from(notices)
      .where(eq(notices.accountId, guest.accountId));
    expect(notice?.kind).toBe('mandate_activated');
  });

  test('of ten admins at once happens once', async () => {
    const organization = await proOrganization();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => activateRule(organization.owner.actor, terms)),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  test('off and on again within seven days keeps the earlier deadline, later it begins anew', async () => {
    const organization = await proOrganization();
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, hours(20));
    const before = await ruleState(database(), organization.id);
    await deactivateRule(organization.owner.actor);
    await activateRule(organization.owner.actor, terms);
    expect((await ruleState(database(), organization.id))?.effectiveFrom).toBe(before?.effectiveFrom);
    await deactivateRule(organization.owner.actor);
    await database()
      .update(secondFactorRules)
      .set({ deactivatedAt: Date.now() - days(8) })
      .where(eq(secondFactorRules.organizationId, organization.id));
    await activateRule(organization.owner.actor, terms);
    expect((await ruleState(database(), organization.id))?.effectiveFrom).toBeGreaterThan(
      Date.now() - minutes(1),
    );
  });
});

describe('the deadline', () => {
  test('is the same for who joins later and for whose factors an admin reset: no second grace', async () => {
    const organization = await proOrganization();
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, hours(24) + minutes(1));
    for (const role of ['guest', 'member', 'admin'] as const) {
      const newcomer = await addMember(organization, role);
      expect(await judgeSession((await addSession(newcomer.accountId)).token, null)).toMatchObject({
        state: 'ended',
        reason: 'second_factor_deadline',
      });
    }
    const reset = await addMember(organization, 'member');
    await bindApp(reset.accountId);
    await database()
      .update(memberships)
      .set({ createdAccountAt: 1 })
      .where(eq(memberships.accountId, reset.accountId));
    expect(await stateOf((await addSession(reset.accountId)).token)).toBe('running');
    const done = await resetSecondFactors(organization.owner.actor, { memberId: reset.id, reason: 'lost' });
    expect(done.ok).toBe(true);
    expect(await stateOf((await addSession(reset.accountId)).token)).toBe('ended');
  });

  test('binds whoever activated it', async () => {
    const organization = await proOrganization();
    await activateRule(organization.owner.actor, { graceHours: 0, minimumStrength: 2 });
    expect(await stateOf((await addSession(organization.owner.accountId)).token)).toBe('ended');
  });

  test('keeps its date to seven days of rest, to the second', async () => {
    const organization = await proOrganization();
    for (const [rest, isKept] of [
      [days(7) - minutes(1), true],
      [days(7) + minutes(1), false],
    ] as const) {
      await activateRule(organization.owner.actor, terms);
      await age(organization.id, days(30));
      await deactivateRule(organization.owner.actor);
      await database()
        .update(secondFactorRules)
        .set({ deactivatedAt: sql`deactivated_at - make_interval(secs => ${rest / 1000})` })
        .where(eq(secondFactorRules.organizationId, organization.id));
      await activateRule(organization.owner.actor, terms);
      const { effectiveFrom = 0 } = (await ruleState(database(), organization.id)) ?? {};
      expect(effectiveFrom < Date.now() - days(20)).toBe(isKept);
      await deactivateRule(organization.owner.actor);
      await database().delete(secondFactorRules).where(eq(secondFactorRules.organizationId, organization.id));
    }
  });

  test('a session runs at 23:59 of grace and is over at 24:01, on its next request, with or without the sweep', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await activateRule(organization.owner.actor, terms);
    const { token, id } = await addSession(member.accountId);
    await database()
      .update(sessions)
      .set({ createdAt: Date.now() - days(1) + minutes(10), lastActiveAt: Date.now() })
      .where(eq(sessions.id, id));
    await age(organization.id, hours(24) - minutes(1));
    expect(await stateOf(token)).toBe('running');
    await age(organization.id, hours(24) + minutes(1));
    expect(await judgeSession(token, null)).toMatchObject({
      state: 'ended',
      reason: 'second_factor_deadline',
    });
  });

  test('who is ready stays signed in', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await bindApp(member.accountId);
    await activateRule(organization.owner.actor, terms);
    const { token } = await addSession(member.accountId);
    await age(organization.id, hours(25));
    await sweepMandates();
    expect(await stateOf(token)).toBe('running');
  });

  test('the sweep ends what was running then, mobile sessions too, and tells once', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await activateRule(organization.owner.actor, terms);
    const mobile = await addSession(member.accountId, { kind: 'mobile', overallMinutes: null });
    await database()
      .update(sessions)
      .set({ createdAt: Date.now() - hours(3) })
      .where(eq(sessions.id, mobile.id));
    await age(organization.id, hours(24) + minutes(1));
    await Promise.all([sweepMandates(), sweepMandates(), sweepMandates()]);
    const [row] = await database()
      .select({ reason: sessions.endedReason })
      .from(sessions)
      .where(eq(sessions.id, mobile.id));
    expect(row?.reason).toBe('second_factor_deadline');
    expect((await mailsTo(member.accountId)).filter((kind) => kind === 'mandate_signed_out')).toHaveLength(1);
  });

  test('reminders go out 12 hours and 1 hour before, once each, to those not ready', async () => {
    const organization = await proOrganization();
    const [late, ready] = [await addMember(organization, 'member'), await addMember(organization, 'guest')];
    await bindApp(ready.accountId);
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, hours(13));
    await sweepMandates();
    await sweepMandates();
    const reminders = async (id: string) =>
      (await mailsTo(id)).filter((kind) => kind === 'mandate_reminder').length;
    expect(await reminders(late.accountId)).toBe(1);
    expect(await reminders(ready.accountId)).toBe(0);
  });

  test('of strength 1 is met by a proven contact email, which the sweep knows too', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await database()
      .update(accounts)
      .set({ contactEmail: 'c@mail.example', contactEmailProvenAt: Date.now() })
      .where(eq(accounts.id, member.accountId));
    await activateRule(organization.owner.actor, { graceHours: 1, minimumStrength: 1 });
    const { token, id } = await addSession(member.accountId);
    await database()
      .update(sessions)
      .set({ createdAt: Date.now() - hours(5) })
      .where(eq(sessions.id, id));
    await age(organization.id, hours(2));
    await sweepMandates();
    expect(await stateOf(token)).toBe('running');
    expect(await mailsTo(member.accountId)).toEqual(['mandate_activated']);
  });

  test('shortening the grace acts at once', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, hours(2));
    const { token, id } = await addSession(member.accountId);
    await database()
      .update(sessions)
      .set({ createdAt: Date.now() - hours(2) })
      .where(eq(sessions.id, id));
    expect(await stateOf(token)).toBe('running');
    await changeRule(organization.owner.actor, { ...terms, graceHours: 1 });
    expect(await stateOf(token)).toBe('ended');
  });
});

describe('one organization', () => {
  test('closes for its unready member while the other stays open', async () => {
    const [ruled, open] = [await proOrganization(), await newOrganization('Open')];
    const member = await addMember(ruled, 'member');
    await database().execute(
      `insert into memberships (id, organization_id, account_id, role) values ('${newId()}', '${open.id}', '${member.accountId}', 'guest')`,
    );
    await activateRule(ruled.owner.actor, { graceHours: 0, minimumStrength: 2 });
    const { token } = await addSession(member.accountId);
    const found = await judgeSession(token, null);
    if (found.state !== 'running') throw new Error(found.state);
    const entries = found.session.memberships.map((membership) => [
      membership.slug,
      entryOf(found.session, membership).state,
    ]);
    expect(Object.fromEntries(entries)).toEqual({ [ruled.slug]: 'blocked', [open.slug]: 'open' });
  });

  test('of a person without another gates the account itself', async () => {
    const organization = await proOrganization();
    const member = await addMember(organization, 'member');
    await activateRule(organization.owner.actor, { graceHours: 0, minimumStrength: 2 });
    const { token } = await addSession(member.accountId);
    expect(await judgeSession(token, null)).toMatchObject({
      state: 'ended',
      reason: 'second_factor_deadline',
    });
  });
});
