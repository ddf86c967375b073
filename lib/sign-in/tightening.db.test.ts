import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addOrganization, addSession, addVersion } from '@/bin/test/rows';
import { domainClaims, passwords } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { hashPassword } from '@/lib/io/hash';
import { newId } from '@/lib/io/token';
import { ruleTuple } from '@/lib/policy/password';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days, seconds } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { policyFor } from '@/lib/session/policy-in-force';
import { beginAttempt, recordPasswordProof } from './attempts';
import { findClaimantRow } from './claimant-row';
import { claimantOf } from './facts';
import { typed } from './test-login';
import { provePassword } from './verify';

afterAll(closeDatabase);

const good = 'gravel-orbit-77-Tulip';

/** Somebody whose password met the rules of its domain's first version. */
async function personWith(password: string, before: Partial<Policy> = {}) {
  const domain = `d${newId().slice(-12)}.example`;
  const { policyId } = await addDomainPolicy((await addOrganization()).id, domain, before);
  const hash = await hashPassword(password);
  if (!hash.ok) throw new Error('nothing else hashes in a test');
  const given = { loginEmail: `p@${domain}`, passwordHash: hash.value };
  const account = await addAccount({
    ...given,
    contactEmail: `c@${domain}`,
    contactEmailProvenAt: Date.now(),
  });
  const { values } = await policyFor(account.id);
  await database()
    .update(passwords)
    .set({ validatedUnder: ruleTuple(values) })
    .where(eq(passwords.accountId, account.id));
  return { ...account, policyId, password };
}

type Person = Awaited<ReturnType<typeof personWith>>;

/** Where a sign-in with the right password stands, and why. */
async function signIn({ email, password }: Person, before: () => Promise<unknown> = async () => undefined) {
  const begun = await provePassword(typed(email, password), async (tx, { accountId, ...proof }) => {
    const client = { kind: 'web', name: null } as const;
    const from = { email, accountId, client, address: null, userAgent: null, returnTo: null };
    const attempt = await beginAttempt(tx, from);
    await recordPasswordProof(tx, attempt.id, proof);
    return attempt.id;
  });
  if (!begun.ok) throw new Error(begun.error.code);
  await before();
  const row = await findClaimantRow(database(), { id: begun.value });
  const claimant = row && claimantOf(row, null);
  return { step: claimant?.step, reason: claimant?.changeDue?.reason ?? null };
}

const changeFor = (reason: string) => ({ step: 'change_password', reason });
const free = { step: 'signed_in', reason: null };
const longer = { ...defaultPolicy, passwordLengthMin: 30, passwordLengthMax: 64 };

test('tightened at next sign-in: the clear text is judged, and what fails is changed before any session', async () => {
  const person = await personWith(good);
  expect(await signIn(person)).toEqual(free);
  await addVersion(person.policyId, { body: longer });
  expect(await signIn(person)).toEqual(changeFor('below_policy'));
  const running = await judgeSession((await addSession(person.id)).token, null);
  expect(running).toMatchObject({ state: 'running', session: { duty: null } });
});

test('a password that meets the tightened rules stays, and is not asked again', async () => {
  const person = await personWith(good);
  await addVersion(person.policyId, { body: { passwordLengthMin: 20, passwordSymbol: true } });
  expect(await signIn(person)).toEqual(free);
  const [row] = await database()
    .select({ rules: passwords.validatedUnder })
    .from(passwords)
    .where(eq(passwords.accountId, person.id));
  expect(row?.rules).toMatchObject({ lengthMin: 20, symbol: true });
});

test('a tightened maximum locks out no longer password', async () => {
  const person = await personWith('a-Very-long-passphrase-of-forty-2-letters', { passwordLengthMax: 64 });
  await addVersion(person.policyId, { body: { passwordLengthMax: 20 }, tightening: 'next_change' });
  expect(await signIn(person)).toEqual(free);
});

test('a claim that ends on the way takes back what only its policy asked', async () => {
  const person = await personWith(good);
  await addVersion(person.policyId, { body: longer });
  const domain = person.email.slice(2);
  const end = () =>
    database()
      .update(domainClaims)
      .set({ state: 'revoked', endedAt: Date.now() })
      .where(eq(domainClaims.domain, domain));
  expect(await signIn(person, end)).toEqual(free);
});

test('tightened at next change: the old password goes on', async () => {
  const person = await personWith(good);
  await addVersion(person.policyId, { body: longer, tightening: 'next_change' });
  expect(await signIn(person)).toEqual(free);
});

test('tightened by a date: nothing before it, everybody not validated at it, also whoever is signed in', async () => {
  const person = await personWith(good);
  const { token } = await addSession(person.id);
  const by = (at: number, number: number) =>
    addVersion(person.policyId, { body: longer, number, tightening: 'by_date', tighteningBy: at });
  await by(Date.now() + seconds(20), 2);
  expect(await signIn(person)).toEqual(free);
  expect(await judgeSession(token, null)).toMatchObject({ session: { duty: null } });
  await by(Date.now() - 1, 3);
  expect(await signIn(person)).toEqual(changeFor('below_policy'));
  expect(await judgeSession(token, null)).toMatchObject({
    state: 'running',
    session: { duty: { step: 'change_password' } },
  });
});

test('a password known from breaches is found when it is typed, where the check came later', async () => {
  const person = await personWith('Password123', { breachedCheck: false });
  expect(await signIn(person)).toEqual(free);
  await addVersion(person.policyId, { body: { breachedCheck: true } });
  expect(await signIn(person)).toEqual(changeFor('breached'));
});

test('a prompt binds the sign-in and the running session alike', async () => {
  const person = await personWith(good);
  const { token } = await addSession(person.id);
  await database()
    .update(passwords)
    .set({ changeRequiredAt: Date.now() - days(1), changeRequiredReason: 'prompted' })
    .where(eq(passwords.accountId, person.id));
  expect(await signIn(person)).toEqual(changeFor('prompted'));
  expect(await judgeSession(token, null)).toMatchObject({ session: { duty: { step: 'change_password' } } });
});
