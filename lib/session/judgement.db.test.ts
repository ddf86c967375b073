import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addMembership, addOrganization, addSession } from '@/bin/test/rows';
import { domainClaims, domainPolicies, policyVersions, sessions } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { Outage } from '@/lib/io/outage';
import { newId } from '@/lib/io/token';
import { defaultPolicy } from '@/lib/policy/policy';
import { hours, minutes } from '@/lib/policy/time';
import { judgeSession } from './judgement';

const judge = (token: string) => judgeSession(token, '127.0.0.1');

const moveSession = (id: string, values: Partial<typeof sessions.$inferInsert>) =>
  database().update(sessions).set(values).where(eq(sessions.id, id));

/** A person of a domain under a policy, signed in. */
async function personUnder(values: Parameters<typeof addDomainPolicy>[2], includesSubdomains = false) {
  const domain = `d${newId().slice(-12)}.example`;
  const organization = await addOrganization({ plan: 'pro' });
  const policy = await addDomainPolicy(organization.id, domain, values);
  if (includesSubdomains)
    await database()
      .update(domainClaims)
      .set({ includesSubdomains })
      .where(eq(domainClaims.id, policy.claimId));
  const account = await addAccount({ loginEmail: `p@${includesSubdomains ? 'sub.' : ''}${domain}` });
  await addMembership(organization.id, account.id);
  return { organization, policy, account, session: await addSession(account.id), domain };
}

describe('one statement tells everything about a token', () => {
  test('an unknown token is nobody', async () => {
    expect(await judge('nothing')).toEqual({ state: 'none' });
  });

  test('a running session carries its policy, memberships and ends', async () => {
    const { session, organization, domain } = await personUnder({ webSessionHours: 2 });
    const found = await judge(session.token);
    if (found.state !== 'running') throw new Error(found.state);
    expect(found.session.policy.values.webSessionHours).toBe(2);
    expect(found.session.policy.settings.webSessionHours.sources[0]?.name).toBe(domain);
    expect(found.session.memberships.map(({ slug }) => slug)).toEqual([organization.slug]);
    expect(found.session.endsAt).toBe(found.session.createdAt + hours(2));
  });

  test('a claim binds subdomains only where it says so', async () => {
    const bound = await personUnder({ webSessionHours: 3 }, true);
    const found = await judge(bound.session.token);
    expect(found.state === 'running' && found.session.policy.values.webSessionHours).toBe(3);
    const plain = await personUnder({ webSessionHours: 3 });
    const outsider = await addAccount({ loginEmail: `x@sub.${plain.domain}` });
    const other = await judge((await addSession(outsider.id)).token);
    expect(other.state === 'running' && other.session.policy.values.webSessionHours).toBe(24);
  });
});

describe('sessions end to the second', () => {
  test('overall timeout, recorded with its reason', async () => {
    const { session } = await personUnder({ webSessionHours: 1 });
    await moveSession(session.id, { createdAt: Date.now() - hours(1) + 3000 });
    expect((await judge(session.token)).state).toBe('running');
    await moveSession(session.id, { createdAt: Date.now() - hours(1) });
    expect(await judge(session.token)).toMatchObject({ state: 'ended', reason: 'overall_timeout' });
    const [row] = await database()
      .select({ reason: sessions.endedReason })
      .from(sessions)
      .where(eq(sessions.id, session.id));
    expect(row?.reason).toBe('overall_timeout');
  });

  test('idle timeout', async () => {
    const { session } = await personUnder({ webSessionIdleMinutes: 10 });
    await moveSession(session.id, { lastActiveAt: Date.now() - minutes(10) + 3000 });
    expect((await judge(session.token)).state).toBe('running');
    await moveSession(session.id, { lastActiveAt: Date.now() - minutes(10) });
    expect(await judge(session.token)).toMatchObject({ state: 'ended', reason: 'idle' });
  });
});

describe('revoked means now', () => {
  test('a policy switched off, or a claim that ended, binds nobody from the next request on', async () => {
    const { session, policy } = await personUnder({ webSessionIdleMinutes: 10 });
    const idle = async () => {
      const found = await judge(session.token);
      return found.state === 'running' ? found.session.policy.values.webSessionIdleMinutes : found.state;
    };
    expect(await idle()).toBe(10);
    await database()
      .update(domainPolicies)
      .set({ deactivatedAt: Date.now() })
      .where(eq(domainPolicies.id, policy.policyId));
    expect(await idle()).toBeNull();
    await database()
      .update(domainPolicies)
      .set({ deactivatedAt: null })
      .where(eq(domainPolicies.id, policy.policyId));
    expect(await idle()).toBe(10);
    await database()
      .update(domainClaims)
      .set({ state: 'revoked' })
      .where(eq(domainClaims.id, policy.claimId));
    expect(await idle()).toBeNull();
  });

  test('a version takes effect at its instant and an unconfirmed one reverts at its own', async () => {
    const { session, policy } = await personUnder({ webSessionHours: 5 });
    const version = (
      number: number,
      webSessionHours: number,
      effectiveFrom: number,
      revertAt: number | null,
    ) =>
      database()
        .insert(policyVersions)
        .values({
          id: newId(),
          policyId: policy.policyId,
          number,
          body: { ...defaultPolicy, webSessionHours },
          effectiveFrom,
          revertAt,
        });
    const limit = async () => {
      const found = await judge(session.token);
      return found.state === 'running' && found.session.policy.values.webSessionHours;
    };
    await version(2, 4, Date.now() + hours(1), null);
    expect(await limit()).toBe(5);
    await version(3, 3, Date.now() - 500, Date.now() - 100);
    expect(await limit()).toBe(5);
    await version(4, 2, Date.now() - 400, Date.now() + hours(1));
    expect(await limit()).toBe(2);
  });
});

test('a body that does not parse fails closed', async () => {
  const { session, policy } = await personUnder({});
  await database()
    .insert(policyVersions)
    .values({
      id: newId(),
      policyId: policy.policyId,
      number: 9,
      body: {
        ...defaultPolicy,
        allowList: { mode: 'enforce', entries: [{ cidr: 'nonsense', label: '', expiresAt: null }] },
      },
      effectiveFrom: Date.now(),
    });
  await expect(judge(session.token)).rejects.toBeInstanceOf(Outage);
});

test('ten sign-ins at once under one web session leave exactly one', async () => {
  const account = await addAccount();
  await Promise.all(Array.from({ length: 10 }, () => addSession(account.id, { isOnlyWebSession: true })));
  const rows = await database()
    .select({ reason: sessions.endedReason })
    .from(sessions)
    .where(eq(sessions.accountId, account.id));
  expect(rows.filter(({ reason }) => reason === null)).toHaveLength(1);
  expect(rows.filter(({ reason }) => reason === 'signed_in_elsewhere')).toHaveLength(9);
});
