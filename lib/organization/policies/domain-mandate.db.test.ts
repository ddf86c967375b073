import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { activateNow, addPerson, type PolicyWorld, policyWorld, savePolicy } from '@/bin/test/policy-world';
import { addSession } from '@/bin/test/rows';
import { accounts, domainClaims, domainPolicies, outbox, policyVersions, sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days, hours, minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { sweepMandates } from '../mandate-sweep';
import { bindApp, bindPhone } from '../test-rule';
import { disablePolicy } from './activation';
import { announceMandatesInForce } from './mandate-announcement';
import { listVersions } from './records';

let world: PolicyWorld;
beforeEach(async () => {
  world = await policyWorld();
});

const demanding = { ...defaultPolicy, singleWebSession: false, secondFactorRequired: true };

const save = (body: Policy, activate = false) => savePolicy(world, body, { activate });

/** A later version with dates of its own, as if it had been saved that long ago. */
async function addDemand(body: Partial<Policy>, given: Partial<typeof policyVersions.$inferInsert>) {
  const [last] = (await listVersions(database(), world.policyId)).slice(-1);
  await database()
    .insert(policyVersions)
    .values({
      id: newId(),
      policyId: world.policyId,
      number: (last?.number ?? 0) + 1,
      body: { ...demanding, ...body },
      effectiveFrom: Date.now(),
      ...given,
    });
  await database()
    .update(domainPolicies)
    .set({ activatedAt: Date.now() - days(30), deactivatedAt: null, confirmBy: null })
    .where(eq(domainPolicies.id, world.policyId));
}

/** A session that began `ago` before now. */
async function sessionOf(accountId: string, ago: number) {
  const session = await addSession(accountId);
  await database()
    .update(sessions)
    .set({ createdAt: Date.now() - ago })
    .where(eq(sessions.id, session.id));
  return session.token;
}

const mandateMails = async (accountId: string) =>
  (
    await database()
      .select({ kind: outbox.kind, data: outbox.data })
      .from(outbox)
      .where(and(eq(outbox.accountId, accountId), sql`kind like 'mandate%'`))
      .orderBy(outbox.sequence)
  ).map(({ kind, data }) => ({ kind, dueAt: (data as { dueAt?: number }).dueAt }));

const stateOf = async (token: string) => {
  const found = await judgeSession(token, null);
  return found.state === 'ended' ? found.reason : found.state;
};

describe('a domain that makes a second factor mandatory', () => {
  test('tells everybody of the domain the deadline, members or not, once per version', async () => {
    const [employee, app] = [await addPerson(world.domain), await addPerson(world.domain)];
    const contractor = await addPerson('elsewhere.example', { organizationId: world.organizationId });
    await bindApp(app);
    await save(demanding);
    expect(await mandateMails(employee)).toEqual([]);
    expect((await activateNow(world)).ok).toBe(true);
    const told = [{ kind: 'mandate_activated', dueAt: expect.any(Number) }];
    expect(await mandateMails(employee)).toEqual(told);
    expect(await mandateMails(app)).toEqual(told);
    expect(await mandateMails(contractor)).toEqual([]);
    await save({ ...demanding, lockoutMinutes: 30 });
    await announceMandatesInForce();
    expect(await mandateMails(employee)).toEqual(told);
  });

  test('tells again when it is switched on again, with the earlier deadline', async () => {
    const person = await addPerson(world.domain);
    await save(demanding, true);
    await disablePolicy(world.owner, world.domain);
    await activateNow(world);
    const [first, second, ...more] = await mandateMails(person);
    expect(more).toEqual([]);
    expect(second?.dueAt).toBe(first?.dueAt);
  });

  test('raising the strength tells exactly those whose method no longer reaches it, with a grace from then', async () => {
    const [none, sms, app] = [
      await addPerson(world.domain),
      await addPerson(world.domain),
      await addPerson(world.domain),
    ];
    await bindPhone(sms);
    await bindApp(app);
    await save(demanding, true);
    await save({ ...demanding, secondFactorStrength: 3 });
    const due = async (id: string) => (await mandateMails(id)).map(({ dueAt }) => dueAt ?? 0);
    const [first = 0, again = 0] = await due(none);
    expect(again).toBe(first);
    const [, raised = 0] = await due(sms);
    expect(raised).toBeGreaterThan(first);
    expect(await due(app)).toHaveLength(1);
  });

  test('announces a version that was saved for later when its moment has come, with two instances at once', async () => {
    const person = await addPerson(world.domain);
    await addDemand({}, { createdAt: Date.now() - days(2), effectiveFrom: Date.now() + hours(1) });
    await announceMandatesInForce();
    expect(await mandateMails(person)).toEqual([]);
    await addDemand({}, { createdAt: Date.now() - days(2), effectiveFrom: Date.now() });
    await Promise.all([announceMandatesInForce(), announceMandatesInForce()]);
    expect(await mandateMails(person)).toHaveLength(1);
  });
});

describe('its deadline', () => {
  test('lets a session run at 23:59 of grace and ends it at 24:01, mobile too, with or without the sweep', async () => {
    const person = await addPerson(world.domain);
    await addDemand({}, { secondFactorActivatedAt: Date.now() - hours(24) + minutes(1) });
    const token = await sessionOf(person, hours(5));
    expect(await stateOf(token)).toBe('running');
    await sweepMandates();
    expect(await stateOf(token)).toBe('running');
    await addDemand({}, { secondFactorActivatedAt: Date.now() - hours(24) - minutes(1) });
    expect(await stateOf(token)).toBe('second_factor_deadline');
    const idle = await addSession(person, { kind: 'mobile', overallMinutes: null });
    await database()
      .update(sessions)
      .set({ createdAt: Date.now() - hours(5) })
      .where(eq(sessions.id, idle.id));
    await Promise.all([sweepMandates(), sweepMandates()]);
    const [row] = await database()
      .select({ reason: sessions.endedReason })
      .from(sessions)
      .where(eq(sessions.id, idle.id));
    expect(row?.reason).toBe('second_factor_deadline');
    const kinds = (await mandateMails(person)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'mandate_signed_out')).toHaveLength(1);
  });

  test('is the same for newcomers and for those whose factors an admin reset: no second grace', async () => {
    await addDemand({}, { secondFactorActivatedAt: Date.now() - days(10) });
    const newcomer = await addPerson(world.domain);
    const reset = await addPerson(world.domain);
    await database().update(accounts).set({ secondFactorsResetAt: Date.now() }).where(eq(accounts.id, reset));
    for (const id of [newcomer, reset])
      expect(await stateOf((await addSession(id)).token)).toBe('second_factor_deadline');
  });

  test('leaves people with a factor that reaches it alone, and ends with the claim at once', async () => {
    const [ready, late] = [await addPerson(world.domain), await addPerson(world.domain)];
    await bindApp(ready);
    await addDemand({}, { secondFactorActivatedAt: Date.now() - days(10) });
    expect(await stateOf((await addSession(ready)).token)).toBe('running');
    const { token } = await addSession(late);
    await database()
      .update(domainClaims)
      .set({ state: 'revoked' })
      .where(eq(domainClaims.domain, world.domain));
    expect(await stateOf(token)).toBe('running');
  });

  test('of strength 1 is met by the code to a proven contact email, which is then bound', async () => {
    await addDemand({ secondFactorStrength: 1 }, { secondFactorActivatedAt: Date.now() - days(10) });
    const [reached, without] = [await addPerson(world.domain), await addPerson(world.domain)];
    await database()
      .update(accounts)
      .set({ contactEmail: `c-${reached}@mail.example`, contactEmailProvenAt: Date.now() })
      .where(eq(accounts.id, reached));
    const found = await judgeSession((await addSession(reached)).token, null);
    expect(found).toMatchObject({ state: 'running', session: { factors: { methods: ['email'] } } });
    expect(await stateOf((await addSession(without)).token)).toBe('second_factor_deadline');
    const token = await sessionOf(reached, days(20));
    await sweepMandates();
    expect(await stateOf(token)).not.toBe('second_factor_deadline');
  });
});
