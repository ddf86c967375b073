import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { knownDevices, passwords, sessions, totpAuthenticators } from '@/drizzle/schema';
import { newTestPerson, otherPassword, rightPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { judgeSession } from '@/lib/session/judgement';
import { beginAttempt, recordPasswordProof, recordSecondFactorProof } from './attempts';
import { findClaimant } from './claimant';
import { redeemTicket } from './finish';
import { changeDuePassword } from './forced-change';
import { typed } from './test-login';
import { issueTicket } from './ticket';
import { provePassword } from './verify';

const client = { address: '192.0.2.7', userAgent: 'test browser' };

const begin = (person: TestPerson) =>
  beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    ...client,
    returnTo: null,
  });

const proven = async (person: TestPerson) => {
  const attempt = await begin(person);
  await transaction((tx) =>
    recordPasswordProof(tx, attempt.id, { isBelowPolicy: false, isBreached: false, deviceId: null }),
  );
  return attempt;
};

const sessionCount = (person: TestPerson) => database().$count(sessions, eq(sessions.accountId, person.id));

const finish = async (attemptId: string) => {
  const ticket = await issueTicket(database(), attemptId);
  return ticket === null ? null : redeemTicket(ticket, client);
};

const bindApp = (person: TestPerson) =>
  database().insert(totpAuthenticators).values({
    id: newId(),
    accountId: person.id,
    boundTo: newId(),
    sealedSecret: 'sealed',
    pendingUntil: 0,
    confirmedAt: 0,
  });

afterAll(closeDatabase);

test('one ticket of fifty uses becomes one session', async () => {
  const person = await newTestPerson();
  const ticket = (await issueTicket(database(), (await proven(person)).id)) ?? '';
  const results = await Promise.all(Array.from({ length: 50 }, () => redeemTicket(ticket, client)));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await sessionCount(person)).toBe(1);
});

test('one attempt finished fifty times at once becomes one session', async () => {
  const person = await newTestPerson();
  const attempt = await proven(person);
  const results = await Promise.all(Array.from({ length: 50 }, () => finish(attempt.id)));
  expect(results.filter((result) => result?.ok)).toHaveLength(1);
  expect(await sessionCount(person)).toBe(1);
});

test('the minted token opens a running session, and the browser is known from then on', async () => {
  const person = await newTestPerson();
  const finished = await finish((await proven(person)).id);
  if (!finished?.ok) throw new Error('expected a session');
  expect((await judgeSession(finished.value.token, client.address)).state).toBe('running');
  expect(await database().$count(knownDevices, eq(knownDevices.accountId, person.id))).toBe(1);
});

test('a ticket is worth nothing after 60 seconds, nor once its attempt has expired', async () => {
  const person = await newTestPerson();
  const late = await proven(person);
  const ticket = (await issueTicket(database(), late.id)) ?? '';
  await database().execute(
    sql`update sign_in_attempts set ticket_expires_at = ticket_expires_at - interval '60 seconds' where id = ${late.id}`,
  );
  expect(await redeemTicket(ticket, client)).toMatchObject({ error: { code: 'attempt_expired' } });
  await database().execute(
    sql`update sign_in_attempts set expires_at = expires_at - interval '30 minutes' where id = ${late.id}`,
  );
  expect(await findClaimant({ token: late.token }, client.address)).toBeNull();
  expect(await issueTicket(database(), late.id)).toBeNull();
});

test('what comes up after the ticket was issued still refuses', async () => {
  const person = await newTestPerson();
  const ticket = (await issueTicket(database(), (await proven(person)).id)) ?? '';
  await bindApp(person);
  expect(await redeemTicket(ticket, client)).toMatchObject({
    error: { code: 'not_finished', step: 'second_factor' },
  });
  expect(await sessionCount(person)).toBe(0);
});

const acts = ['wrong', 'right', 'second_factor', 'change_password', 'finish', 'finish_blind'] as const;

/** One walk over the doors of one attempt, in any order; says which proofs were really given in it. */
async function walk(person: TestPerson, steps: readonly (typeof acts)[number][]) {
  const attempt = await begin(person);
  const given = { password: false, secondFactor: false, changed: false };
  const stands = async () => (await findClaimant({ id: attempt.id }, client.address)) ?? null;
  for (const act of steps) {
    const claimant = await stands();
    if (claimant === null) break;
    if (act === 'wrong') await provePassword(typed(person.email, 'wrong'), async () => null);
    if (act === 'right') {
      const entered = await provePassword(typed(person.email, rightPassword), (tx, proof) =>
        recordPasswordProof(tx, attempt.id, proof),
      );
      given.password ||= entered.ok && entered.value;
    }
    // The doors of later steps open to whoever stands there only, as `requireStep` says.
    if (act === 'second_factor' && claimant.step === 'second_factor')
      given.secondFactor = await transaction((tx) => recordSecondFactorProof(tx, attempt.id, 'totp'));
    if (act === 'change_password' && claimant.step === 'change_password')
      given.changed = (await changeDuePassword(claimant, otherPassword, client)).ok;
    if (act === 'finish' && claimant.step === 'signed_in') await finish(attempt.id);
    if (act === 'finish_blind') await finish(attempt.id);
  }
  return given;
}

test('a walk over the doors in any order ends in a session only with every proof', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ hasApp: fc.boolean(), mustChange: fc.boolean() }),
      fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 7 }),
      async ({ hasApp, mustChange }, steps) => {
        const person = await newTestPerson();
        if (hasApp) await bindApp(person);
        if (mustChange)
          await database()
            .update(passwords)
            .set({ changeRequiredAt: sql`now()`, changeRequiredReason: 'prompted' })
            .where(eq(passwords.accountId, person.id));
        const given = await walk(person, steps);
        const isComplete =
          given.password && (!hasApp || given.secondFactor) && (!mustChange || given.changed);
        const count = await sessionCount(person);
        return count === 0 || (count === 1 && isComplete);
      },
    ),
    { numRuns: 25 },
  );
});
