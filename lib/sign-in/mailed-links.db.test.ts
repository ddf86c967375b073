import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { accounts, knownDevices, outbox, passwords, sessions } from '@/drizzle/schema';
import { rememberDevice } from '@/lib/account/known-devices';
import { changeOwnPassword } from '@/lib/account/password-change';
import { newTestPerson, otherPassword, rightPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { verifyPassword } from '@/lib/io/hash';
import { issueLink } from '@/lib/io/once';
import { newId } from '@/lib/io/token';
import { minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { beginAttempt, recordPasswordProof } from './attempts';
import { redeemTicket } from './finish';
import { findReset, requestReset, resetLinkLifetime, resetPassword } from './reset';
import { registerBySignUp } from './sign-up';
import { requestSignUp } from './sign-up-request';
import { typed } from './test-login';
import { issueTicket } from './ticket';
import { provePassword } from './verify';

const client = { address: '192.0.2.8', userAgent: 'test browser' };

const signedIn = async (person: TestPerson) => {
  const attempt = await beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    ...client,
    returnTo: null,
  });
  await transaction((tx) =>
    recordPasswordProof(tx, attempt.id, { isBelowPolicy: false, isBreached: false, deviceId: null }),
  );
  const finished = await redeemTicket((await issueTicket(database(), attempt.id)) ?? '', client);
  if (!finished.ok) throw new Error('expected a session');
  return finished.value;
};

const resetLink = (person: TestPerson) =>
  transaction((tx) =>
    issueLink(tx, {
      purpose: 'reset_password',
      email: person.email,
      accountId: person.id,
      lifetime: resetLinkLifetime,
    }),
  );

const signUpLink = (email: string) =>
  transaction((tx) => issueLink(tx, { purpose: 'sign_up', email, lifetime: minutes(60) }));

const mailsTo = async (email: string) => {
  const rows = await database().select({ kind: outbox.kind }).from(outbox).where(eq(outbox.recipient, email));
  return rows.map((row) => row.kind);
};

const currentHash = async (person: TestPerson) => {
  const rows = await database()
    .select({ hash: passwords.hash })
    .from(passwords)
    .where(sql`${passwords.accountId} = ${person.id} and ${passwords.retiredAt} is null`);
  expect(rows).toHaveLength(1);
  return rows[0]?.hash ?? '';
};

afterAll(closeDatabase);

test('one reset link of fifty submits sets one password', { timeout: 60_000 }, async () => {
  const person = await newTestPerson();
  const { token } = await resetLink(person);
  const wanted = Array.from({ length: 50 }, (_, index) => `Tundra-${index}-meadow-cask`);
  const results = await Promise.all(wanted.map((password) => resetPassword({ token, password }, client)));
  const winners = wanted.filter((_, index) => results[index]?.ok);
  expect(winners).toHaveLength(1);
  expect(await verifyPassword(await currentHash(person), winners[0] ?? '')).toMatchObject({ value: true });
});

test('a reset ends every session and known browser and lifts the lock; looking at its link does not use it', async () => {
  const person = await newTestPerson();
  const session = await signedIn(person);
  const device = await transaction((tx) =>
    rememberDevice(tx, { accountId: person.id, deviceId: null, userAgent: null }),
  );
  for (let count = 0; count < 5; count += 1)
    await provePassword(typed(person.email, 'wrong'), async () => null);
  const { token } = await resetLink(person);
  expect((await findReset(token))?.id).toBe(person.id);
  expect((await findReset(token))?.id).toBe(person.id);
  expect(await resetPassword({ token, password: otherPassword }, client)).toMatchObject({ ok: true });
  expect(await judgeSession(session.token, client.address)).toMatchObject({
    state: 'ended',
    reason: 'password_reset',
  });
  const [row] = await database()
    .select({ voidedAt: knownDevices.voidedAt })
    .from(knownDevices)
    .where(eq(knownDevices.id, device.id));
  expect(row?.voidedAt).not.toBeNull();
  expect((await provePassword(typed(person.email, otherPassword), async () => null)).ok).toBe(true);
  expect(await resetPassword({ token, password: rightPassword }, client)).toMatchObject({
    error: { code: 'link_gone' },
  });
});

test('a reset link works for fifteen minutes', async () => {
  const person = await newTestPerson();
  const { token, id } = await resetLink(person);
  const age = (by: string) =>
    database().execute(
      sql`update mailed_links set expires_at = expires_at - ${by}::interval where id = ${id}`,
    );
  await age('14 minutes 57 seconds');
  expect(await findReset(token)).not.toBeNull();
  await age('3 seconds');
  expect(await findReset(token)).toBeNull();
  expect(await resetPassword({ token, password: otherPassword }, client)).toMatchObject({
    error: { code: 'link_gone' },
  });
});

test('Forgot Password answers alike for anybody, and mails the account three times an hour', async () => {
  const person = await newTestPerson();
  const nobody = `${newId()}@people.example`;
  for (let count = 0; count < 4; count += 1)
    for (const email of [person.email, nobody])
      expect(await requestReset({ email, ...client, address: `192.0.2.${count}` })).toEqual({
        ok: true,
        value: null,
      });
  expect(await mailsTo(person.email)).toEqual(Array(3).fill('password_reset_link'));
  expect(await mailsTo(nobody)).toEqual([]);
});

test('sign-up answers alike for an address that has an account, and only its mailbox is told', async () => {
  const person = await newTestPerson();
  const fresh = `${newId()}@people.example`;
  for (const email of [person.email, fresh])
    expect(await requestSignUp({ email, address: '192.0.2.9' })).toEqual({ ok: true, value: null });
  expect(await mailsTo(person.email)).toEqual(['account_exists']);
  expect(await mailsTo(fresh)).toEqual(['sign_up_link']);
  expect(await database().$count(accounts, eq(accounts.loginEmail, fresh))).toBe(0);
});

test('one sign-up link of fifty submits makes one account, in one transaction with its organization', {
  timeout: 60_000,
}, async () => {
  const email = `${newId()}@people.example`;
  const { token } = await signUpLink(email);
  const wanted = {
    name: 'Ben Bower',
    password: otherPassword,
    organization: 'Northwind',
    address: null,
    userAgent: null,
  };
  let made = 0;
  const results = await Promise.all(
    Array.from({ length: 50 }, () =>
      registerBySignUp(token, wanted, async () => {
        made += 1;
        return true;
      }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(made).toBe(1);
  expect(await database().$count(accounts, eq(accounts.loginEmail, email))).toBe(1);
});

test('an account whose organization could not be made is not made either', async () => {
  const email = `${newId()}@people.example`;
  const { token } = await signUpLink(email);
  const wanted = { name: 'Ben', password: otherPassword, organization: 'N', address: null, userAgent: null };
  expect((await registerBySignUp(token, wanted, async () => false)).ok).toBe(false);
  expect(await database().$count(accounts, eq(accounts.loginEmail, email))).toBe(0);
  expect((await registerBySignUp(token, wanted, async () => true)).ok).toBe(true);
});

test('whoever first proves an old unproven account gets it empty', async () => {
  const person = await newTestPerson();
  await database().update(accounts).set({ loginEmailProvenAt: null }).where(eq(accounts.id, person.id));
  const { token } = await signUpLink(person.email);
  const wanted = { name: 'Cy', password: otherPassword, organization: 'N', address: null, userAgent: null };
  expect((await registerBySignUp(token, wanted, async () => true)).ok).toBe(true);
  expect(await verifyPassword(await currentHash(person), rightPassword)).toMatchObject({ value: false });
});

test('of two changes at once one wins, and every other session ends', async () => {
  const person = await newTestPerson();
  const [mine, other] = [await signedIn(person), await signedIn(person)];
  const judged = await judgeSession(mine.token, client.address);
  if (judged.state !== 'running') throw new Error('expected a running session');
  const results = await Promise.all(
    [otherPassword, 'hazel-cipher-31-Bird'].map((wanted) =>
      changeOwnPassword(judged.session, { current: rightPassword, wanted, ...client }),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await judgeSession(other.token, client.address)).toMatchObject({ reason: 'password_changed' });
  expect((await judgeSession(mine.token, client.address)).state).toBe('running');
  expect(await database().$count(sessions, eq(sessions.accountId, person.id))).toBe(2);
});
