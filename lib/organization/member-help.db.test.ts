import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  accounts,
  auditEvents,
  memberships,
  notices,
  organizations,
  outbox,
  passwords,
  sessions,
  totpAuthenticators,
} from '@/drizzle/schema';
import { readmitByFactor } from '@/lib/account/readmission';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { hashPassword, verifyPassword } from '@/lib/io/hash';
import { newId } from '@/lib/io/token';
import { hours } from '@/lib/policy/time';
import { createSession } from '@/lib/session/sessions';
import type { MemberActor } from './actor';
import { coolDownMember, endMemberSessions, promptPasswordReset, unlockMember } from './help-access';
import { readmitMember, resetSecondFactors, setTemporaryPassword } from './help-authenticators';
import { resetContactEmail } from './help-contact-email';
import { addMember, newOrganization, type TestMember, type TestOrganization } from './test-organization';

let here: TestOrganization;
let oldHash = '';
let admin: TestMember;
beforeEach(async () => {
  here = await newOrganization('Northwind');
  admin = await addMember(here, 'admin');
});
beforeAll(async () => {
  const hash = await hashPassword('the old one of the test');
  oldHash = hash.ok ? hash.value : '';
});
afterAll(closeDatabase);

type Outcome = Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }>;
type Door = (actor: MemberActor, memberId: string) => Outcome;
const reason = 'asked for by phone';
const onAccount: Record<string, Door> = {
  'set a password': (actor, memberId) => setTemporaryPassword(actor, { memberId, reason }),
  'reset the contact email': (actor, memberId) => resetContactEmail(actor, { memberId, reason, email: null }),
  'reset second factors': (actor, memberId) => resetSecondFactors(actor, { memberId, reason }),
};
const onAccess: Record<string, Door> = {
  'prompt a reset': (actor, memberId) => promptPasswordReset(actor, { memberId, reason }),
  'end sessions': (actor, memberId) => endMemberSessions(actor, { memberId, reason }),
  unlock: (actor, memberId) => unlockMember(actor, { memberId, reason }),
  'cool down': (actor, memberId) => coolDownMember(actor, { memberId, reason }),
  're-admit': (actor, memberId) => readmitMember(actor, { memberId, reason }),
};
const doors = Object.entries({ ...onAccount, ...onAccess });
const codeOf = async (outcome: Outcome) => {
  const { ok, error } = await outcome;
  return ok ? 'done' : error?.code;
};

/** A member whose account this organization's invitation made, with a password, an app and a session. */
async function managedMember(role: 'member' | 'guest' | 'admin' | 'owner' = 'member'): Promise<TestMember> {
  const member = await addMember(here, role);
  await database().update(memberships).set({ createdAccountAt: 1 }).where(eq(memberships.id, member.id));
  await furnish(member);
  return member;
}
async function furnish({ accountId }: TestMember) {
  await database().insert(passwords).values({ id: newId(), accountId, hash: oldHash, origin: 'self' });
  await database()
    .insert(totpAuthenticators)
    .values({ id: newId(), accountId, sealedSecret: 'x', boundTo: newId(), pendingUntil: 1, confirmedAt: 1 });
  await transaction(async (tx) => {
    const attemptId = newId();
    await tx.execute(
      `insert into sign_in_attempts (id, token_hash, account_id, email, expires_at) values ('${attemptId}', '${attemptId}', '${accountId}', 'x', now())`,
    );
    return createSession(tx, {
      accountId,
      attemptId,
      kind: 'web',
      clientName: null,
      deviceId: null,
      method: null,
      strength: 0,
      address: null,
      userAgent: null,
      overallMinutes: 60,
      closeWithBrowser: false,
      isOnlyWebSession: false,
    });
  });
}
const running = ({ accountId }: TestMember) =>
  database().$count(sessions, and(eq(sessions.accountId, accountId), isNull(sessions.endedAt)));
const factors = ({ accountId }: TestMember) =>
  database().$count(
    totpAuthenticators,
    and(eq(totpAuthenticators.accountId, accountId), isNull(totpAuthenticators.removedAt)),
  );
const passwordOf = async ({ accountId }: TestMember) => {
  const [row] = await database()
    .select()
    .from(passwords)
    .where(and(eq(passwords.accountId, accountId), isNull(passwords.retiredAt)));
  return row;
};
const membershipOf = async (id: string) => {
  const [row] = await database().select().from(memberships).where(eq(memberships.id, id));
  return row;
};

describe('every door of help', () => {
  it.each(doors)('answers a foreign id like an unknown one: %s', async (_name, open) => {
    const elsewhere = await newOrganization('Harbor');
    const member = await managedMember();
    expect(await codeOf(open(elsewhere.owner.actor, member.id))).toBe('unknown_member');
    expect(await codeOf(open(elsewhere.owner.actor, newId()))).toBe('unknown_member');
    expect([await running(member), await factors(member)]).toEqual([1, 1]);
  });

  it.each(doors)('is shut to members, guests, and admins on admins and owners: %s', async (_name, open) => {
    const target = await managedMember();
    for (const role of ['member', 'guest'] as const) {
      const asker = await addMember(here, role);
      expect(await codeOf(open(asker.actor, target.id))).toBe('role');
    }
    for (const role of ['admin', 'owner'] as const)
      expect(await codeOf(open(admin.actor, (await managedMember(role)).id))).toBe('role');
    const otherOwner = await managedMember('owner');
    expect(await codeOf(open(here.owner.actor, otherOwner.id))).toBe('role');
    expect(await codeOf(open(admin.actor, admin.id))).toBe('self');
    expect([await running(target), await factors(target)]).toEqual([1, 1]);
    expect([await running(otherOwner), await factors(otherOwner)]).toEqual([1, 1]);
  });

  it.each(Object.entries(onAccount))(
    'never reaches an account that is the person’s own: %s',
    async (_name, open) => {
      const member = await addMember(here, 'member');
      await furnish(member);
      expect(await codeOf(open(here.owner.actor, member.id))).toBe('not_managed');
      expect([await running(member), await factors(member)]).toEqual([1, 1]);
    },
  );

  it.each(doors)('leaves proof with its reason: %s', async (_name, open) => {
    const member = await managedMember();
    expect(await codeOf(open(admin.actor, member.id))).toBe('done');
    const rows = await database()
      .select({ reason: auditEvents.reason })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, here.id), eq(auditEvents.accountId, member.accountId)));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.reason === reason)).toBe(true);
  });
});

describe('on a managed account', () => {
  it('a temporary password opens, must be changed, lasts 72 hours and ends all sessions', async () => {
    const member = await managedMember();
    const set = await setTemporaryPassword(admin.actor, { memberId: member.id, reason });
    if (!set.ok) throw new Error(set.error.code);
    const row = await passwordOf(member);
    expect(await verifyPassword(row?.hash ?? '', set.value.password)).toEqual({ ok: true, value: true });
    expect(row?.changeRequiredReason).toBe('temporary');
    expect(Math.abs((row?.temporaryUntil ?? 0) - (row?.setAt ?? 0) - hours(72))).toBeLessThan(2000);
    expect(await running(member)).toBe(0);
    const text = JSON.stringify([
      await database().select().from(outbox),
      await database().select().from(auditEvents),
    ]);
    expect(text).not.toContain(set.value.password);
  });

  it('a temporary password is refused where the organization switched it off', async () => {
    const member = await managedMember();
    await database()
      .update(organizations)
      .set({ adminsMaySetPasswords: false })
      .where(eq(organizations.id, here.id));
    expect(await codeOf(setTemporaryPassword(here.owner.actor, { memberId: member.id, reason }))).toBe(
      'switched_off',
    );
    expect((await passwordOf(member))?.hash).toBe(oldHash);
  });

  it.each(Object.entries(onAccount))(
    '%s closes the other organizations until an admin there lets in again',
    async (_name, open) => {
      const member = await managedMember();
      const elsewhere = await newOrganization('Harbor');
      const other = newId();
      await database()
        .insert(memberships)
        .values({ id: other, organizationId: elsewhere.id, accountId: member.accountId, role: 'member' });
      expect(await codeOf(open(admin.actor, member.id))).toBe('done');
      expect((await membershipOf(other))?.reproofRequiredAt).not.toBeNull();
      expect((await membershipOf(member.id))?.reproofRequiredAt).toBeNull();
      expect(await codeOf(readmitMember(admin.actor, { memberId: other, reason }))).toBe('unknown_member');
      expect(await codeOf(readmitMember(elsewhere.owner.actor, { memberId: other, reason }))).toBe('done');
      expect((await membershipOf(other))?.reproofRequiredAt).toBeNull();
    },
  );

  it('a factor bound before opens the other organizations again, one bound since does not', async () => {
    const member = await managedMember();
    const elsewhere = await newOrganization('Harbor');
    const other = newId();
    await database()
      .insert(memberships)
      .values({ id: other, organizationId: elsewhere.id, accountId: member.accountId, role: 'member' });
    await setTemporaryPassword(admin.actor, { memberId: member.id, reason });
    const prove = (method: 'totp' | 'sms' | null) =>
      transaction((tx) => readmitByFactor(tx, { accountId: member.accountId, method }));
    await prove(null);
    await prove('sms');
    expect((await membershipOf(other))?.reproofRequiredAt).not.toBeNull();
    await database()
      .update(totpAuthenticators)
      .set({ confirmedAt: Date.parse('2100-01-01T00:00:00Z') })
      .where(eq(totpAuthenticators.accountId, member.accountId));
    await prove('totp');
    expect((await membershipOf(other))?.reproofRequiredAt).not.toBeNull();
    await database()
      .update(totpAuthenticators)
      .set({ confirmedAt: 1 })
      .where(eq(totpAuthenticators.accountId, member.accountId));
    await prove('totp');
    expect((await membershipOf(other))?.reproofRequiredAt).toBeNull();
  });

  it('a reset of factors removes them and ends sessions', async () => {
    const member = await managedMember();
    await resetSecondFactors(admin.actor, { memberId: member.id, reason });
    expect([await running(member), await factors(member)]).toEqual([0, 0]);
  });

  it('a reset of the contact email tells the old address', async () => {
    const member = await managedMember();
    await database()
      .update(accounts)
      .set({ contactEmail: 'old@people.example', contactEmailProvenAt: 1 })
      .where(eq(accounts.id, member.accountId));
    await resetContactEmail(admin.actor, { memberId: member.id, reason, email: 'new@people.example' });
    const [row] = await database().select().from(accounts).where(eq(accounts.id, member.accountId));
    expect([row?.contactEmail, row?.contactEmailProvenAt]).toEqual(['new@people.example', null]);
    expect(await database().$count(outbox, eq(outbox.recipient, 'old@people.example'))).toBe(1);
  });

  it('a prompt leads to the change page and outlives the end of a policy', async () => {
    const member = await managedMember();
    await promptPasswordReset(admin.actor, { memberId: member.id, reason });
    expect((await passwordOf(member))?.changeRequiredReason).toBe('prompted');
    expect(await running(member)).toBe(1);
  });
});

describe('on an account that is the person’s own', () => {
  it('a prompt and an end of sessions close this organization only', async () => {
    const member = await addMember(here, 'member');
    await furnish(member);
    await promptPasswordReset(admin.actor, { memberId: member.id, reason });
    await endMemberSessions(admin.actor, { memberId: member.id, reason });
    expect((await passwordOf(member))?.changeRequiredAt).toBeNull();
    expect(await running(member)).toBe(1);
    const row = await membershipOf(member.id);
    expect([row?.passwordPromptedAt, row?.sessionsEndedAt].every((at) => typeof at === 'number')).toBe(true);
  });

  it('unlock and cool-down mail a link and act on nothing', async () => {
    const member = await addMember(here, 'member');
    expect(await unlockMember(admin.actor, { memberId: member.id, reason })).toMatchObject({
      value: { how: 'mailed' },
    });
    expect(await coolDownMember(admin.actor, { memberId: member.id, reason })).toMatchObject({
      value: { how: 'mailed' },
    });
    expect(
      await database().$count(
        outbox,
        and(eq(outbox.accountId, member.accountId), eq(outbox.kind, 'unlock_link')),
      ),
    ).toBe(2);
    expect(
      await database().$count(
        notices,
        and(eq(notices.accountId, member.accountId), eq(notices.kind, 'unlocked')),
      ),
    ).toBe(0);
  });
});

it('an account is unlocked or cooled down three times a day at most, however many ask at once', async () => {
  const member = await managedMember();
  const asked = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      codeOf((at % 2 === 0 ? unlockMember : coolDownMember)(admin.actor, { memberId: member.id, reason })),
    ),
  );
  expect(asked.filter((code) => code === 'done')).toHaveLength(3);
  expect(asked.filter((code) => code === 'too_many')).toHaveLength(5);
});
