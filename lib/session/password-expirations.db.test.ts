import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addOrganization, addSession, addVersion } from '@/bin/test/rows';
import { domainClaims, outbox, passwords } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { days, seconds } from '@/lib/policy/time';
import { judgeSession } from './judgement';
import { announceExpirations } from './password-expirations';

/** Somebody of a domain that lets passwords expire after 90 days, since a year ago. */
async function personWithPassword(setAt: number) {
  const domain = `d${newId().slice(-12)}.example`;
  const organization = await addOrganization();
  const policy = await addDomainPolicy(organization.id, domain);
  await addVersion(policy.policyId, {
    body: { passwordExpirationDays: 90 },
    expirationEnabledAt: Date.now() - days(365),
  });
  const account = await addAccount({ loginEmail: `p@${domain}`, passwordHash: 'x' });
  await setPassword(account.id, setAt);
  return { ...account, policy, session: await addSession(account.id) };
}

const setPassword = (accountId: string, setAt: number) =>
  database().update(passwords).set({ setAt }).where(eq(passwords.accountId, accountId));

const mailsTo = async (accountId: string) =>
  (
    await database()
      .select({ kind: outbox.kind, data: outbox.data })
      .from(outbox)
      .where(eq(outbox.accountId, accountId))
      .orderBy(outbox.sequence)
  ).map(({ kind, data }) => (kind === 'password_expiring' ? (data as { days: number }).days : kind));

describe('an expired password', () => {
  test('binds a running session from the very second it expires, and does not end it', async () => {
    const person = await personWithPassword(Date.now() - days(90) + seconds(3));
    const before = await judgeSession(person.session.token, null);
    expect(before).toMatchObject({ state: 'running', session: { duty: null } });
    await setPassword(person.id, Date.now() - days(90));
    const after = await judgeSession(person.session.token, null);
    expect(after).toMatchObject({
      state: 'running',
      session: { duty: { step: 'change_password' }, changeDue: { reason: 'expired' } },
    });
  });

  test('asks nothing once the claim behind the rule ended', async () => {
    const person = await personWithPassword(Date.now() - days(91));
    await database()
      .update(domainClaims)
      .set({ state: 'revoked' })
      .where(eq(domainClaims.id, person.policy.claimId));
    const found = await judgeSession(person.session.token, null);
    expect(found).toMatchObject({ state: 'running', session: { duty: null, passwordExpiration: null } });
    await announceExpirations();
    expect(await mailsTo(person.id)).toEqual([]);
  });
});

describe('announcements of an expiry', () => {
  test('go out at 14, 7, 3 and 1 days and when it came, once each, with two instances at once', async () => {
    const person = await personWithPassword(Date.now());
    const told: unknown[] = [];
    for (const left of [20, 14, 10, 7, 5, 3, 2, 1, 0.5, -0.1]) {
      // The moment of expiry is kept to the millisecond while time goes by; here it is moved, so each step has its own key.
      await setPassword(person.id, Date.now() - days(90 - left));
      const known = (await mailsTo(person.id)).length;
      await Promise.all([announceExpirations(), announceExpirations()]);
      const now = await mailsTo(person.id);
      told.push([left, now.slice(known)]);
    }
    expect(Object.fromEntries(told as [number, unknown][])).toEqual({
      20: [],
      14: [14],
      10: [10],
      7: [7],
      5: [5],
      3: [3],
      2: [2],
      1: [1],
      0.5: [1],
      [-0.1]: ['password_expired'],
    });
  });

  test('are not repeated while the same step stands', async () => {
    const person = await personWithPassword(Date.now() - days(90) + days(5));
    await announceExpirations();
    await announceExpirations();
    await Promise.all([announceExpirations(), announceExpirations(), announceExpirations()]);
    expect(await mailsTo(person.id)).toEqual([5]);
  });

  test('leave out people without a password, with a temporary one, and of other domains', async () => {
    const temporary = await personWithPassword(Date.now() - days(88));
    await database()
      .update(passwords)
      .set({ temporaryUntil: Date.now() + days(1) })
      .where(eq(passwords.accountId, temporary.id));
    const stranger = await addAccount({ passwordHash: 'x' });
    await setPassword(stranger.id, Date.now() - days(400));
    await announceExpirations();
    expect(await mailsTo(temporary.id)).toEqual([]);
    expect(await mailsTo(stranger.id)).toEqual([]);
  });
});
