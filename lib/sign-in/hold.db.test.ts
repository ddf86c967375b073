import { eq, sql } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { attemptAfterPassword, claimantOfAttempt } from '@/bin/test/claimants';
import { attemptOf, codeInMessage, personInSession } from '@/bin/test/factor-world';
import { addDomainPolicy, addOrganization } from '@/bin/test/rows';
import { accounts, mailedLinks, sessions, signInAttempts, totpAuthenticators } from '@/drizzle/schema';
import type { AccountActor } from '@/lib/account/actor';
import { beginContactEmail, confirmContactEmail } from '@/lib/account/contact-email';
import { freezeByLink } from '@/lib/account/freeze';
import { finishPasskey, finishSetUp } from '@/lib/account/own-factors';
import { startEmailCode, startPasskey, startTotp } from '@/lib/account/set-up';
import { beginSms } from '@/lib/account/sms';
import { newTestPerson, type TestPerson } from '@/lib/account/test-person';
import { pendingTotp } from '@/lib/account/totp';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { issueLink } from '@/lib/io/once';
import { newId } from '@/lib/io/token';
import { freezeTime } from '@/lib/policy/contact-email';
import { findClaimant } from './claimant';
import { originState, sendOriginCode, verifyOriginCode } from './origin';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));

const client = { address: '192.0.2.7', userAgent: 'test browser' };
afterAll(closeDatabase);

const linkTo = (accountId: string, purpose: 'hold' | 'freeze_contact_email' = 'hold') =>
  transaction((tx) => issueLink(tx, { purpose, email: 'p@d.example', accountId, lifetime: freezeTime }));

const freeze = async (accountId: string) => freezeByLink('hold', (await linkTo(accountId)).token, client);

/** Somebody whose domain asks for a second factor, at the set-up with nothing but the password. */
async function enrolling() {
  const { id: organizationId } = await addOrganization();
  const person = await newTestPerson();
  const domain = `${newId()}.example`;
  await database().update(accounts).set({ loginDomain: domain }).where(eq(accounts.id, person.id));
  await addDomainPolicy(organizationId, domain, { secondFactorRequired: true, secondFactorGraceHours: 0 });
  return person;
}

const claimantOf = async (person: TestPerson) =>
  claimantOfAttempt(await attemptAfterPassword(person, client), client);

const prove = (actor: AccountActor, strength: number) =>
  database()
    .update(sessions)
    .set({ reauthenticationStrength: strength })
    .where(eq(sessions.id, actor.binding.sessionId ?? ''));

async function finishApp(actor: AccountActor) {
  const begun = await startTotp(actor);
  if (!begun.ok) return begun.error.code;
  const pending = await pendingTotp(database(), actor, 'p@d.example');
  const done = await finishSetUp(actor, 'totp', generateSync({ secret: pending?.secret ?? '' }));
  return done.ok ? 'ok' : done.error.code;
}

async function changeContact(actor: AccountActor) {
  const held = {
    loginEmail: 'l@d.example',
    loginEmailProvenAt: null,
    contactEmail: null,
    contactEmailProvenAt: null,
    frozenUntil: null,
  };
  const wanted = { email: `new-${newId()}@d.example`, held, lifetimeMinutes: 15 };
  const sent = await transaction((tx) => beginContactEmail(tx, actor, wanted));
  if (!sent.ok) return sent.error.code;
  const code = await codeInMessage(sent.value.id);
  const done = await transaction((tx) => confirmContactEmail(tx, actor, code));
  return done.ok ? 'ok' : done.error.code;
}

describe('a hold link', () => {
  test('works once, for 72 hours, and holds for 72 hours to the second', async () => {
    const { accountId } = await personInSession();
    const { id, token } = await linkTo(accountId);
    const age = (by: string) =>
      database()
        .update(mailedLinks)
        .set({ expiresAt: sql`${mailedLinks.expiresAt} - ${by}::interval` })
        .where(eq(mailedLinks.id, id));
    await age('71 hours 59 minutes 45 seconds');
    const held = await freezeByLink('hold', token, client);
    if (!held.ok) throw new Error(held.error.code);
    expect(Math.abs(held.value.until - held.value.now - freezeTime)).toBeLessThan(5);
    expect(await freezeByLink('hold', token, client)).toMatchObject({ error: { code: 'link_gone' } });
    const late = await linkTo(accountId);
    await database()
      .update(mailedLinks)
      .set({ expiresAt: sql`${mailedLinks.expiresAt} - interval '72 hours'` })
      .where(eq(mailedLinks.id, late.id));
    expect((await freezeByLink('hold', late.token, client)).ok).toBe(false);
  });

  test('of one kind does not serve as the other', async () => {
    const { accountId } = await personInSession();
    const { token } = await linkTo(accountId, 'freeze_contact_email');
    expect((await freezeByLink('hold', token, client)).ok).toBe(false);
    expect((await freezeByLink('freeze_contact_email', token, client)).ok).toBe(true);
  });

  test('ends the set-up that was told of, and the code of origin that it had', async () => {
    const person = await enrolling();
    const claimant = await claimantOf(person);
    expect(claimant.step).toBe('enroll_second_factor');
    const sent = await sendOriginCode(claimant, client);
    if (!sent.ok) throw new Error(sent.error.code);
    const code = await codeInMessage(sent.value.id).catch(() => '');
    await freeze(person.id);
    expect((await verifyOriginCode(claimant, code, client)).ok).toBe(false);
    expect(await findClaimant({ id: claimant.attempt.id }, client.address)).toBeNull();
  });
});

describe('while an account is on hold', () => {
  test('a new sign-in by password gets no code of origin, and so enrolls nothing', async () => {
    const person = await enrolling();
    await freeze(person.id);
    const claimant = await claimantOf(person);
    expect(await sendOriginCode(claimant, client)).toMatchObject({ error: { code: 'frozen' } });
    expect((await originState(claimant, 'enroll')).state).toBe('needed');
    await database().execute(
      sql`update accounts set frozen_until = frozen_until - interval '72 hours' where id = ${person.id}`,
    );
    expect((await sendOriginCode(claimant, client)).ok).toBe(true);
  });

  test('a session of a password alone binds nothing and changes no address', async () => {
    const actor = await personInSession();
    await freeze(actor.accountId);
    expect(await finishApp(actor)).toBe('frozen');
    expect(await startPasskey(actor, { loginEmail: 'p@d.example', name: 'P' })).toMatchObject({
      error: { code: 'frozen' },
    });
    expect(await finishSetUp(actor, 'totp', '000000')).toMatchObject({ error: { code: 'frozen' } });
    expect(await finishPasskey(actor, { response: '', name: '' })).toMatchObject({
      error: { code: 'frozen' },
    });
    expect(await startEmailCode(actor, 15)).toMatchObject({ error: { code: 'frozen' } });
    const number = { number: '+12015550123', lifetimeMinutes: 15 };
    expect(await transaction((tx) => beginSms(tx, actor, number))).toMatchObject({
      error: { code: 'frozen' },
    });
    expect(await changeContact(actor)).toBe('frozen');
    expect(
      await database().$count(
        totpAuthenticators,
        sql`account_id = ${actor.accountId} and confirmed_at is not null`,
      ),
    ).toBe(0);
    // Nor does the code of a mailbox: strength 1.
    await prove(actor, 1);
    expect(await changeContact(actor)).toBe('frozen');
  });

  test('a bound factor decides despite it, in a session and in a sign-in', async () => {
    const actor = await personInSession();
    await freeze(actor.accountId);
    await prove(actor, 2);
    expect(await changeContact(actor)).toBe('ok');
    expect(await finishApp(actor)).toBe('ok');
    const attempt = await attemptOf(actor);
    expect(await changeContact(attempt)).toBe('frozen');
    await database()
      .update(signInAttempts)
      .set({ secondFactorVerifiedAt: Date.now(), secondFactorMethod: 'backup' })
      .where(eq(signInAttempts.id, attempt.binding.attemptId ?? ''));
    expect(await changeContact(attempt)).toBe('ok');
  });
});
