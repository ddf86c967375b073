import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { domainClaims, invitations, memberships, organizations, outbox } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { acceptInvitationFor, findInvitation } from './invitation-acceptance';
import { invite, listInvitations, revokeInvitation } from './invitations';
import { openPayload } from './test-mail';
import { addMember, newAccount, newOrganization, type TestOrganization } from './test-organization';

let here: TestOrganization;
beforeEach(async () => {
  here = await newOrganization('Northwind');
});
afterAll(closeDatabase);

const actorOf = (accountId: string) => ({ accountId, sessionId: null, address: null, userAgent: null });

/** Invites and reads the link out of the mail, as the invited person would. */
async function invited(email: string, role: 'member' | 'guest' | 'admin' | 'owner' = 'member') {
  const done = await invite(here.owner.actor, { emails: [email], role });
  expect(done).toEqual({ ok: true, value: [{ email, outcome: 'invited' }] });
  return linkToken(email);
}

async function linkToken(email: string): Promise<string> {
  const url = await openPayload(email);
  return new URL(url).searchParams.get('token') ?? '';
}

const membersOf = (accountId: string) =>
  database()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.organizationId, here.id)));

describe('an invitation', () => {
  it('accepted fifty times at once makes one membership', async () => {
    const account = await newAccount();
    const token = await invited(account.email);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => acceptInvitationFor(actorOf(account.id), token)),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(await membersOf(account.id)).toEqual([{ role: 'member' }]);
  });

  it('serves the account of its address only', async () => {
    const [account, other] = [await newAccount(), await newAccount()];
    const token = await invited(account.email);
    expect(await acceptInvitationFor(actorOf(other.id), token)).toEqual({
      ok: false,
      error: { code: 'invitation_closed' },
    });
    expect((await findInvitation(token))?.state).toBe('open');
    expect((await acceptInvitationFor(actorOf(account.id), token)).ok).toBe(true);
  });

  it('closes after seven days to the second', async () => {
    const account = await newAccount();
    const token = await invited(account.email);
    const [row] = await database()
      .select({ days: sql<string>`extract(epoch from expires_at - created_at) / 86400` })
      .from(invitations)
      .where(eq(invitations.email, account.email));
    expect(Number(row?.days)).toBe(7);
    await database()
      .update(invitations)
      .set({ expiresAt: sql`clock_timestamp() - interval '1 millisecond'` })
      .where(eq(invitations.email, account.email));
    expect((await acceptInvitationFor(actorOf(account.id), token)).ok).toBe(false);
  });

  it('is replaced by the next one to the same address', async () => {
    const account = await newAccount();
    const first = await invited(account.email);
    const second = await invited(account.email, 'guest');
    expect(second).not.toBe(first);
    expect((await acceptInvitationFor(actorOf(account.id), first)).ok).toBe(false);
    expect(await acceptInvitationFor(actorOf(account.id), second)).toMatchObject({
      value: { role: 'guest' },
    });
    expect(await listInvitations(here.id)).toEqual([]);
  });

  it('can be taken back, and its mail does not leave any more', async () => {
    const account = await newAccount();
    const token = await invited(account.email);
    const [row] = await listInvitations(here.id);
    expect((await revokeInvitation(here.owner.actor, row?.id ?? '')).ok).toBe(true);
    expect((await acceptInvitationFor(actorOf(account.id), token)).ok).toBe(false);
    const [mail] = await database()
      .select({ voidedAt: outbox.voidedAt, sealed: outbox.sealedPayload })
      .from(outbox)
      .where(eq(outbox.recipient, account.email));
    expect(mail?.voidedAt).not.toBeNull();
    expect(mail?.sealed).toBeNull();
  });

  it('is not to be had for another organization’s owner', async () => {
    const account = await newAccount();
    await invited(account.email);
    const [row] = await listInvitations(here.id);
    const stranger = await newOrganization('Harbor');
    expect(await revokeInvitation(stranger.owner.actor, row?.id ?? '')).toEqual(
      await revokeInvitation(stranger.owner.actor, newId()),
    );
    expect(await listInvitations(here.id)).toHaveLength(1);
  });

  it('is given by owners and admins to roles of theirs only', async () => {
    const admin = await addMember(here, 'admin');
    const member = await addMember(here, 'member');
    const to = (role: 'admin' | 'member') => ({ emails: ['x@people.example'], role });
    expect(await invite(admin.actor, to('admin'))).toMatchObject({ error: { code: 'role_not_yours' } });
    expect(await invite(member.actor, to('member'))).toMatchObject({ error: { code: 'not_allowed' } });
    expect((await invite(admin.actor, to('member'))).ok).toBe(true);
  });

  it('answers alike whether the address has an account', async () => {
    const account = await newAccount();
    const known = await invite(here.owner.actor, { emails: [account.email], role: 'member' });
    const unknown = await invite(here.owner.actor, { emails: ['nobody@people.example'], role: 'member' });
    const shape = (result: typeof known) => (result.ok ? result.value.map((one) => one.outcome) : []);
    expect(shape(known)).toEqual(shape(unknown));
  });
});

describe('twenty invitations a day', () => {
  const burst = (count: number, prefix: string) =>
    Promise.all(
      Array.from({ length: count }, (_, at) =>
        invite(here.owner.actor, { emails: [`${prefix}${at}@people.example`], role: 'member' }),
      ),
    ).then((results) =>
      results.flatMap((result) => (result.ok ? result.value : [])).filter((one) => one.outcome === 'invited'),
    );

  it('are all that a new organization can send, however many are sent at once', async () => {
    expect(await burst(30, 'a')).toHaveLength(20);
    expect(await burst(3, 'b')).toHaveLength(0);
    await database()
      .update(invitations)
      .set({ createdAt: sql`created_at - interval '24 hours'` })
      .where(eq(invitations.organizationId, here.id));
    expect(await burst(3, 'c')).toHaveLength(3);
  });

  it('leave an open invitation as it is when they are used up', async () => {
    const account = await newAccount();
    const token = await invited(account.email);
    await burst(19, 'e');
    expect(await invite(here.owner.actor, { emails: [account.email], role: 'guest' })).toMatchObject({
      value: [{ outcome: 'daily_limit' }],
    });
    expect((await acceptInvitationFor(actorOf(account.id), token)).ok).toBe(true);
  });

  it.each(['a paid plan', 'a verified domain'])('are no limit with %s', async (which) => {
    if (which === 'a paid plan')
      await database().update(organizations).set({ plan: 'pro' }).where(eq(organizations.id, here.id));
    else
      await database()
        .insert(domainClaims)
        .values({
          id: newId(),
          organizationId: here.id,
          domain: `${newId()}.example`,
          state: 'verified',
          token: 't',
          tokenExpiresAt: 1,
        });
    expect(await burst(23, 'd')).toHaveLength(23);
  });
});
