import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addOrganization, addSession, addVersion } from '@/bin/test/rows';
import { accounts, auditEvents, outbox, programmeItems, sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { hours, minutes } from '@/lib/policy/time';
import { judgeSession } from './judgement';
import { sweepSessions } from './session-sweep';

async function personUnder(values: Parameters<typeof addDomainPolicy>[2]) {
  const domain = `d${newId().slice(-12)}.example`;
  const organization = await addOrganization();
  const policy = await addDomainPolicy(organization.id, domain, values);
  return { ...(await addAccount({ loginEmail: `p@${domain}` })), policy };
}

const move = (id: string, values: Partial<typeof sessions.$inferInsert>) =>
  database().update(sessions).set(values).where(eq(sessions.id, id));

const endOf = async (id: string) =>
  (
    await database()
      .select({ reason: sessions.endedReason, at: sessions.endedAt })
      .from(sessions)
      .where(eq(sessions.id, id))
  )[0];

const proofs = (id: string) =>
  database()
    .select({ reason: auditEvents.reason })
    .from(auditEvents)
    .where(sql`event = 'session.lapsed' and target_id = ${id}`);

test('the end of a session that nobody came back to is written down once, as of its own moment', async () => {
  const person = await personUnder({ webSessionHours: 8, webSessionIdleMinutes: 30 });
  const [overall, idle, running] = [
    await addSession(person.id, { overallMinutes: 480 }),
    await addSession(person.id, { overallMinutes: 480 }),
    await addSession(person.id, { overallMinutes: 480 }),
  ];
  const at = Date.now();
  await move(overall.id, { createdAt: at - hours(10), lastActiveAt: at - minutes(1) });
  await move(idle.id, { createdAt: at - hours(2), lastActiveAt: at - minutes(45) });
  await Promise.all([sweepSessions(), sweepSessions()]);
  expect(await endOf(overall.id)).toEqual({ reason: 'overall_timeout', at: at - hours(2) });
  expect(await endOf(idle.id)).toEqual({ reason: 'idle', at: at - minutes(15) });
  expect(await endOf(running.id)).toEqual({ reason: null, at: null });
  expect(await proofs(overall.id)).toEqual([{ reason: 'overall_timeout' }]);
  expect(await judgeSession(overall.token, null)).toMatchObject({
    reason: 'overall_timeout',
    at: at - hours(2),
  });
});

test('an end noticed by a request first is written the same way', async () => {
  const person = await personUnder({ webSessionIdleMinutes: 10 });
  const session = await addSession(person.id);
  const at = Date.now();
  await move(session.id, { createdAt: at - hours(1), lastActiveAt: at - minutes(30) });
  await Promise.all([1, 2, 3].map(() => judgeSession(session.token, null)));
  expect(await endOf(session.id)).toEqual({ reason: 'idle', at: at - minutes(20) });
  expect(await proofs(session.id)).toHaveLength(1);
});

test('sessions of a closed account end, and one policy that cannot be read holds nobody up', async () => {
  const broken = await personUnder({});
  await addVersion(broken.policy.policyId, {
    body: { allowList: { mode: 'enforce', entries: [{ cidr: 'nonsense', label: '', expiresAt: null }] } },
  });
  const stuck = await addSession(broken.id);
  const closed = await addAccount();
  const session = await addSession(closed.id);
  await database().update(accounts).set({ closedAt: Date.now() }).where(eq(accounts.id, closed.id));
  await sweepSessions();
  expect((await endOf(session.id))?.reason).toBe('account_closed');
  expect((await endOf(stuck.id))?.reason).toBeNull();
});

test('a deadline of the platform programme signs out and tells once, whoever notices first', async () => {
  const startsAt = Date.now() - hours(1);
  await database()
    .insert(programmeItems)
    .values({
      id: newId(),
      control: 'second_factor',
      values: { secondFactorRequired: true, secondFactorStrength: 2 },
      cohort: 'all',
      startsAt,
      publishedAt: startsAt - hours(24 * 40),
    });
  const person = await addAccount({ createdAt: startsAt - hours(24 * 90) });
  const [swept, asked] = [await addSession(person.id), await addSession(person.id)];
  for (const { id } of [swept, asked]) await move(id, { createdAt: startsAt - hours(2) });
  expect(await judgeSession(asked.token, null)).toMatchObject({ reason: 'second_factor_deadline' });
  await Promise.all([sweepSessions(), sweepSessions()]);
  expect(await endOf(swept.id)).toMatchObject({ reason: 'second_factor_deadline' });
  const told = await database()
    .select({ data: outbox.data })
    .from(outbox)
    .where(and(eq(outbox.accountId, person.id), eq(outbox.kind, 'mandate_signed_out')));
  expect(told).toEqual([{ data: { organization: 'Platform programme' } }]);
  await database().delete(programmeItems);
});
