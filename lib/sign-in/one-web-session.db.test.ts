import { and, desc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDomainPolicy, addOrganization, addSession } from '@/bin/test/rows';
import { sessions } from '@/drizzle/schema';
import { newTestPerson, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { judgeSession } from '@/lib/session/judgement';
import { beginAttempt, recordPasswordProof } from './attempts';
import { redeemTicket } from './finish';
import { issueTicket } from './ticket';

const address = '192.0.2.12';

/** A sign-in in a browser of its own that lacks nothing but its end. */
async function ticketOf(person: TestPerson, userAgent: string): Promise<string> {
  const attempt = await beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    address,
    userAgent,
    returnTo: null,
  });
  const proof = { isBelowPolicy: false, isBreached: false, deviceId: null };
  await transaction((tx) => recordPasswordProof(tx, attempt.id, proof));
  return (await issueTicket(database(), attempt.id)) ?? '';
}

async function signIn(person: TestPerson, userAgent: string): Promise<string> {
  const finished = await redeemTicket(await ticketOf(person, userAgent), { address, userAgent });
  if (!finished.ok) throw new Error(`expected a session: ${finished.error.code}`);
  return finished.value.token;
}

const runningOf = ({ id }: TestPerson, kind: 'web' | 'mobile' | 'desktop') =>
  database()
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.accountId, id), eq(sessions.kind, kind), isNull(sessions.endedAt)));

beforeAll(async () => {
  const organization = await addOrganization();
  await addDomainPolicy(organization.id, 'people.example', { singleWebSession: true });
});
afterAll(closeDatabase);

test('of ten web sign-ins at once exactly the newest stays', async () => {
  const person = await newTestPerson();
  const tickets = await Promise.all(Array.from({ length: 10 }, (_, at) => ticketOf(person, `browser ${at}`)));
  const results = await Promise.all(
    tickets.map((ticket, at) => redeemTicket(ticket, { address, userAgent: `browser ${at}` })),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(10);
  const [newest] = await database()
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.accountId, person.id))
    .orderBy(desc(sessions.createdAt))
    .limit(1);
  expect(await runningOf(person, 'web')).toEqual([newest]);
});

test('the browser that was signed out is told when, and from what', async () => {
  const person = await newTestPerson();
  const first = await signIn(person, 'Firefox on Linux');
  const second = await signIn(person, 'Safari on iOS');
  expect(await judgeSession(first, address)).toMatchObject({
    state: 'ended',
    reason: 'signed_in_elsewhere',
    detail: 'Safari on iOS',
    at: expect.any(Number),
  });
  expect((await judgeSession(second, address)).state).toBe('running');
});

test('a sign-in that was not completed ends nothing', async () => {
  const person = await newTestPerson();
  const first = await signIn(person, 'Firefox on Linux');
  await ticketOf(person, 'Safari on iOS');
  expect((await judgeSession(first, address)).state).toBe('running');
});

test('sessions of apps neither count nor end', async () => {
  const person = await newTestPerson();
  for (const kind of ['mobile', 'desktop'] as const) await addSession(person.id, { kind });
  await signIn(person, 'Firefox on Linux');
  expect(await runningOf(person, 'mobile')).toHaveLength(1);
  expect(await runningOf(person, 'desktop')).toHaveLength(1);
  expect(await runningOf(person, 'web')).toHaveLength(1);
});
