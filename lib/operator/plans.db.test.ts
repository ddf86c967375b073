import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addAccount, addMembership, addOrganization, addSession } from '@/bin/test/rows';
import { auditEvents, organizations, outbox, secondFactorRules } from '@/drizzle/schema';
import { database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { announcePauses } from '@/lib/organization/rule-pauses';
import type { Plan } from '@/lib/policy/plan';
import { days, hours, minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { changePlan } from './plans';

/** A pro organization whose rule is long past its deadline; the member has another organization that stays open. */
async function ruledOrganization() {
  const [organization, other] = [await addOrganization({ plan: 'pro' }), await addOrganization()];
  const [owner, member] = [await addAccount(), await addAccount()];
  await addMembership(organization.id, owner.id, 'owner');
  await addMembership(organization.id, member.id);
  await addMembership(other.id, member.id);
  await database()
    .insert(secondFactorRules)
    .values({
      id: newId(),
      organizationId: organization.id,
      effectiveFrom: Date.now() - days(60),
      graceHours: 24,
      minimumStrength: 2,
    });
  const { token } = await addSession(member.id);
  return { ...organization, owner, member, token };
}

const operator = { accountId: newId(), address: '192.0.2.1', userAgent: null };

const change = (organizationId: string, plan: Plan) =>
  transaction((tx) => changePlan(tx, operator, { organizationId, plan, reason: 'as ordered' }));

const movePause = (organizationId: string, at: number) =>
  database()
    .update(secondFactorRules)
    .set({ pausedAt: at })
    .where(eq(secondFactorRules.organizationId, organizationId));

async function isBound({ token, slug }: { readonly token: string; readonly slug: string }) {
  const found = await judgeSession(token, null);
  if (found.state !== 'running') throw new Error(found.state);
  return found.session.memberships.find((membership) => membership.slug === slug)?.secondFactorRule !== null;
}

const mails = async (accountId: string, kind: string) =>
  database().$count(outbox, and(eq(outbox.accountId, accountId), eq(outbox.kind, kind)));

test('a downgrade lets the rule run for seven days, tells owners then and a day before, and rests it to the second', async () => {
  const organization = await ruledOrganization();
  expect(await change(organization.id, 'free')).toMatchObject({ ok: true });
  expect(await isBound(organization)).toBe(true);
  await announcePauses();
  expect(await mails(organization.owner.id, 'mandate_pausing')).toBe(1);
  expect(await mails(organization.member.id, 'mandate_pausing')).toBe(0);
  await movePause(organization.id, Date.now() + hours(23));
  await Promise.all([announcePauses(), announcePauses()]);
  expect(await mails(organization.owner.id, 'mandate_pausing')).toBe(2);
  await movePause(organization.id, Date.now() + 2000);
  expect(await isBound(organization)).toBe(true);
  await movePause(organization.id, Date.now());
  expect(await isBound(organization)).toBe(false);
});

test('an upgrade resumes it: at once with the earlier deadline, after a long rest with a grace anew', async () => {
  const organization = await ruledOrganization();
  const since = async () =>
    (
      await database()
        .select({ at: secondFactorRules.effectiveFrom })
        .from(secondFactorRules)
        .where(eq(secondFactorRules.organizationId, organization.id))
    )[0]?.at ?? 0;
  const before = await since();
  await change(organization.id, 'free');
  await movePause(organization.id, Date.now() - days(3));
  expect(await change(organization.id, 'enterprise')).toMatchObject({ value: { resumed: true } });
  expect(await isBound(organization)).toBe(true);
  expect(await since()).toBe(before);
  expect(await mails(organization.member.id, 'mandate_activated')).toBe(1);
  await change(organization.id, 'free');
  await movePause(organization.id, Date.now() - days(8));
  await change(organization.id, 'pro');
  expect(await since()).toBeGreaterThan(Date.now() - minutes(1));
});

test('a change of plan leaves proof with its reason, and happens once', async () => {
  const organization = await ruledOrganization();
  const results = await Promise.all([change(organization.id, 'free'), change(organization.id, 'free')]);
  expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
  const rows = await database()
    .select({ before: auditEvents.before, reason: auditEvents.reason })
    .from(auditEvents)
    .where(sql`organization_id = ${organization.id} and event = 'plan.changed'`);
  expect(rows).toEqual([{ before: { plan: 'pro' }, reason: 'as ordered' }]);
  expect(await change(newId(), 'pro')).toEqual({ ok: false, error: { code: 'unknown_organization' } });
  expect(await change('nonsense', 'pro')).toEqual({ ok: false, error: { code: 'unknown_organization' } });
  const [row] = await database()
    .select({ plan: organizations.plan })
    .from(organizations)
    .where(eq(organizations.id, organization.id));
  expect(row?.plan).toBe('free');
});
