import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { attemptAfterPassword, claimantOfAttempt } from '@/bin/test/claimants';
import { codeInMessage } from '@/bin/test/factor-world';
import { accounts, auditEvents, memberships, outbox, sessions, totpAuthenticators } from '@/drizzle/schema';
import { freezeByLink } from '@/lib/account/freeze';
import { newTestPerson, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { issueLink } from '@/lib/io/once';
import { newId } from '@/lib/io/token';
import { freezeTime } from '@/lib/policy/contact-email';
import { findClaimant } from '@/lib/sign-in/claimant';
import { deferContactEmail, enterContactEmail, verifyContactEmail } from '@/lib/sign-in/contact-step';
import { redeemTicket } from '@/lib/sign-in/finish';
import { answerHandOver } from '@/lib/sign-in/second-factor';
import { issueTicket } from '@/lib/sign-in/ticket';
import { resetSecondFactors } from './help-authenticators';
import { resetContactEmail } from './help-contact-email';
import { newOrganization, type TestOrganization } from './test-organization';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));

const client = { address: '192.0.2.7', userAgent: 'test browser' };
const reason = 'asked for by phone';

let here: TestOrganization;
beforeEach(async () => {
  here = await newOrganization('Northwind');
});
afterAll(closeDatabase);

/** A person whose account this organization's invitation made, and whose codes go to the contact email. */
async function mailedPerson() {
  const person = await newTestPerson();
  const memberId = newId();
  await database().update(accounts).set({ emailCodeEnabledAt: sql`now()` }).where(eq(accounts.id, person.id));
  await database().insert(memberships).values({
    id: memberId,
    organizationId: here.id,
    accountId: person.id,
    role: 'member',
    createdAccountAt: 1,
  });
  return { person, memberId };
}

async function reset(memberId: string, email: string | null = null) {
  const done = await resetContactEmail(here.owner.actor, { memberId, reason, email });
  if (!done.ok) throw new Error(done.error.code);
  return done.value.handOver;
}

/** An attempt in which the right password was typed, and nothing else. */
async function attemptOf(person: TestPerson) {
  const id = await attemptAfterPassword(person, client);
  const stands = () => claimantOfAttempt(id, client);
  const finish = async () => {
    const done = await redeemTicket((await issueTicket(database(), id)) ?? '', client);
    return done.ok ? 'signed_in' : done.error.code;
  };
  return { id, stands, finish };
}

async function enter(attempt: Awaited<ReturnType<typeof attemptOf>>, email: string) {
  const who = { claimant: await attempt.stands(), session: null };
  const sent = await enterContactEmail(who, email, client);
  if (!sent.ok) return sent.error.code;
  const verified = await verifyContactEmail(who, await codeInMessage(sent.value.id), client);
  return verified.ok ? 'verified' : verified.error.code;
}

describe('clearing a contact email whose codes are the only second factor', () => {
  test('leaves a password alone before the PIN, and the PIN leads to a new address and no further', async () => {
    const { person, memberId } = await mailedPerson();
    const handOver = await reset(memberId);
    expect(handOver?.pin).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);

    const thief = await attemptOf(person);
    expect((await thief.stands()).step).toBe('second_factor');
    expect(await thief.finish()).toBe('not_finished');

    const attempt = await attemptOf(person);
    expect(await answerHandOver(await attempt.stands(), handOver?.pin ?? '')).toMatchObject({ ok: true });
    const claimant = await attempt.stands();
    expect(claimant.step).toBe('contact_email');
    expect(await deferContactEmail(claimant)).toBe(false);
    expect(await attempt.finish()).toBe('not_finished');

    // The PIN was for that one sign-in: everybody else still stands before the door.
    expect(await answerHandOver(await thief.stands(), handOver?.pin ?? '')).toMatchObject({
      error: { code: 'pin_gone' },
    });
    expect((await (await attemptOf(person)).stands()).step).toBe('second_factor');

    expect(await enter(attempt, `new-${person.id}@mail.example`)).toBe('verified');
    expect(await attempt.finish()).toBe('signed_in');
    const next = await (await attemptOf(person)).stands();
    expect([next.step, next.factors.offered, next.handOver]).toEqual(['second_factor', ['email'], null]);
  });

  test('again gives another PIN, and the one before no longer works', async () => {
    const { person, memberId } = await mailedPerson();
    const [first, second] = [await reset(memberId), await reset(memberId)];
    const attempt = await attemptOf(person);
    expect(await answerHandOver(await attempt.stands(), first?.pin ?? '')).toMatchObject({
      error: { code: 'pin_wrong', triesLeft: 4 },
    });
    expect((await answerHandOver(await attempt.stands(), second?.pin ?? '')).ok).toBe(true);
  });

  test('ends an attempt in which an earlier PIN was given', async () => {
    const { person, memberId } = await mailedPerson();
    const first = await reset(memberId);
    const attempt = await attemptOf(person);
    await answerHandOver(await attempt.stands(), first?.pin ?? '');
    await reset(memberId);
    expect(await findClaimant({ id: attempt.id }, client.address)).toBeNull();
  });

  test('writes the PIN nowhere, tells the old address and leaves proof', async () => {
    const { person, memberId } = await mailedPerson();
    const pin = (await reset(memberId))?.pin ?? '';
    const [mail] = await database()
      .select({ data: outbox.data, sealed: outbox.sealedPayload })
      .from(outbox)
      .where(eq(outbox.recipient, person.email));
    expect(mail).toMatchObject({ data: { pin: true }, sealed: null });
    const rows = await database()
      .select({ after: auditEvents.after, event: auditEvents.event })
      .from(auditEvents)
      .where(eq(auditEvents.accountId, person.id));
    expect(rows.map(({ event }) => event).sort()).toEqual([
      'account.contact_email_reset',
      'member.contact_email_reset',
    ]);
    expect(rows[0]?.after).toEqual({ contactEmail: 'cleared', handOverPin: true });
    const dump = JSON.stringify([rows, mail]);
    for (const text of [pin, pin.replace('-', '')]) expect(dump).not.toContain(text);
  });

  test('is over when the second factors are reset', async () => {
    const { person, memberId } = await mailedPerson();
    await reset(memberId);
    await resetSecondFactors(here.owner.actor, { memberId, reason });
    expect((await (await attemptOf(person)).stands()).handOver).toBeNull();
  });
});

describe('a reset that needs no PIN', () => {
  test('another factor is asked for as before, and the next sign-in asks for an address', async () => {
    const { person, memberId } = await mailedPerson();
    await database().insert(totpAuthenticators).values({
      id: newId(),
      accountId: person.id,
      boundTo: newId(),
      sealedSecret: 'x',
      pendingUntil: 1,
      confirmedAt: 1,
    });
    expect(await reset(memberId)).toBeNull();
    const { factors, facts } = await (await attemptOf(person)).stands();
    expect(factors.methods).toEqual(['totp']);
    expect(facts.contactEmailRequired).toBe(true);
  });

  test('without a second factor the address is asked for, and may be put off', async () => {
    const { person, memberId } = await mailedPerson();
    await database().update(accounts).set({ emailCodeEnabledAt: null }).where(eq(accounts.id, person.id));
    await database()
      .insert(sessions)
      .values({ id: newId(), tokenHash: newId(), accountId: person.id, kind: 'web' });
    expect(await reset(memberId)).toBeNull();
    const attempt = await attemptOf(person);
    const claimant = await attempt.stands();
    expect(claimant.step).toBe('contact_email');
    expect(await deferContactEmail(claimant)).toBe(true);
    expect(await attempt.finish()).toBe('signed_in');
  });

  test('an address that the admin set is proven by the code that goes there; any other first needs one to the old mailbox', async () => {
    const { person, memberId } = await mailedPerson();
    const set = `set-${person.id}@mail.example`;
    expect(await reset(memberId, set)).toBeNull();
    const attempt = await attemptOf(person);
    const claimant = await attempt.stands();
    expect(claimant.step).toBe('contact_email');
    expect(await deferContactEmail(claimant)).toBe(false);
    expect(await enter(attempt, `thief-${person.id}@mail.example`)).toBe('origin_needed');
    expect(await enter(attempt, set)).toBe('verified');
    expect((await (await attemptOf(person)).stands()).factors.offered).toEqual(['email']);
  });

  test('a hold by the old mailbox ends, and none that was mailed before begins: the admin decided', async () => {
    const { person, memberId } = await mailedPerson();
    const { token } = await transaction((tx) =>
      issueLink(tx, {
        purpose: 'freeze_contact_email',
        email: person.email,
        accountId: person.id,
        lifetime: freezeTime,
      }),
    );
    await database()
      .update(accounts)
      .set({ frozenUntil: sql`now() + interval '70 hours'` })
      .where(eq(accounts.id, person.id));
    const set = `set-${person.id}@mail.example`;
    await reset(memberId, set);
    expect((await freezeByLink('freeze_contact_email', token, client)).ok).toBe(false);
    expect(await enter(await attemptOf(person), set)).toBe('verified');
  });
});
