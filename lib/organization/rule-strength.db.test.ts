import { describe, expect, test } from 'vitest';
import { addSession } from '@/bin/test/rows';
import { memberships } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { strengthTowards } from '@/lib/policy/second-factor';
import { days, hours } from '@/lib/policy/time';
import { entryOf } from '@/lib/session/entry';
import { judgeSession } from '@/lib/session/judgement';

import { memberStrengths } from './rule-people';
import { activateRule, changeRule, deactivateRule } from './second-factor-rule';
import { addMember, newOrganization } from './test-organization';
import {
  age,
  bindApp,
  bindPhone,
  dueMails,
  proOrganization,
  provenContact,
  stateOf,
  terms,
} from './test-rule';

const atLeast = (graceFrom: number) => expect.toSatisfy((at: number) => at >= graceFrom + hours(24));

describe('a raised strength', () => {
  test('tells exactly those whose method no longer reaches it, each with the time that is theirs', async () => {
    const organization = await proOrganization();
    const [none, sms, app] = [
      await addMember(organization, 'member'),
      await addMember(organization, 'guest'),
      await addMember(organization, 'admin'),
    ];
    await bindPhone(sms.accountId);
    await bindApp(app.accountId);
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, days(10));
    const before = Date.now();
    await changeRule(organization.owner.actor, { ...terms, minimumStrength: 3 });
    expect((await dueMails(sms.accountId)).slice(1)).toEqual([atLeast(before)]);
    expect(await dueMails(app.accountId)).toHaveLength(1);
    const [, past] = await dueMails(none.accountId);
    expect(past).toBeLessThan(before);
    const state = async (id: string) => stateOf((await addSession(id)).token);
    expect(await state(sms.accountId)).toBe('running');
    expect(await state(none.accountId)).toBe('ended');
  });

  test('again within the first grace takes it from nobody, and the same terms once more tell nobody', async () => {
    const organization = await proOrganization();
    const sms = await addMember(organization, 'member');
    await bindPhone(sms.accountId);
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, days(10));
    await changeRule(organization.owner.actor, { ...terms, minimumStrength: 3 });
    await changeRule(organization.owner.actor, { ...terms, minimumStrength: 4 });
    expect(await stateOf((await addSession(sms.accountId)).token)).toBe('running');
    await changeRule(organization.owner.actor, { ...terms, minimumStrength: 4 });
    expect(await dueMails(sms.accountId)).toHaveLength(3);
  });

  test('by switching off and on again within seven days is a raise all the same', async () => {
    const organization = await proOrganization();
    const [sms, none] = [await addMember(organization, 'member'), await addMember(organization, 'member')];
    await bindPhone(sms.accountId);
    await activateRule(organization.owner.actor, terms);
    await age(organization.id, days(10));
    await deactivateRule(organization.owner.actor);
    await activateRule(organization.owner.actor, { ...terms, minimumStrength: 3 });
    expect(await stateOf((await addSession(sms.accountId)).token)).toBe('running');
    expect(await stateOf((await addSession(none.accountId)).token)).toBe('ended');
  });
});

describe('a rule of strength 1', () => {
  test('counts people with a verified contact email as ready, in the preview as at the door', async () => {
    const organization = await proOrganization();
    const [reached, without] = [
      await addMember(organization, 'member'),
      await addMember(organization, 'member'),
    ];
    await provenContact(reached.accountId);
    const people = await memberStrengths(database(), organization.id);
    const ready = (id: string) => people.filter((one) => one.accountId === id).map(strengthTowards);
    expect([ready(reached.accountId), ready(without.accountId)]).toEqual([[1], [0]]);
    await activateRule(organization.owner.actor, { graceHours: 24, minimumStrength: 1 });
    await changeRule(organization.owner.actor, { graceHours: 12, minimumStrength: 1 });
    expect(await dueMails(reached.accountId)).toHaveLength(1);
    expect(await dueMails(without.accountId)).toHaveLength(2);
    // Who reached it by that code has the grace of a raise like everybody who reached the former strength.
    await age(organization.id, days(10));
    await changeRule(organization.owner.actor, { graceHours: 12, minimumStrength: 2 });
    expect(await stateOf((await addSession(reached.accountId)).token)).toBe('running');
    expect(await stateOf((await addSession(without.accountId)).token)).toBe('ended');
  });

  test('binds the emailed code where another organization is open too, so that this one can be entered', async () => {
    const [ruled, open] = [await proOrganization(), await newOrganization('Open')];
    const member = await addMember(ruled, 'member');
    await provenContact(member.accountId);
    await database()
      .insert(memberships)
      .values({ id: newId(), organizationId: open.id, accountId: member.accountId, role: 'guest' });
    await activateRule(ruled.owner.actor, { graceHours: 0, minimumStrength: 1 });
    const found = await judgeSession((await addSession(member.accountId)).token, null);
    if (found.state !== 'running') throw new Error(found.state);
    expect(found.session.factors.offered).toEqual(['email']);
    for (const membership of found.session.memberships)
      expect(entryOf(found.session, membership).state).toBe('open');
  });
});
