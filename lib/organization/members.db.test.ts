import { and, eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { accounts, memberships, notices, organizations, outbox } from '@/drizzle/schema';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { roleNames } from '@/lib/policy/roles';
import type { MemberActor } from './actor';
import { changeRole, leaveOrganization, removeMember, setSuspended } from './member-changes';
import { countMembers, findMemberRow, listMembers } from './members';
import { addMember, newOrganization, type TestOrganization } from './test-organization';

let here: TestOrganization;
let elsewhere: TestOrganization;

beforeEach(async () => {
  here = await newOrganization('Northwind');
  elsewhere = await newOrganization('Harbor');
});
afterAll(closeDatabase);

const rolesOf = async (organizationId: string) =>
  Object.fromEntries(
    (
      await database()
        .select({ id: memberships.id, role: memberships.role, suspendedAt: memberships.suspendedAt })
        .from(memberships)
        .where(eq(memberships.organizationId, organizationId))
    ).map((row) => [row.id, `${row.role}${row.suspendedAt === null ? '' : ' suspended'}`]),
  );

const codeOf = async (change: Promise<{ ok: boolean; error?: { code: string } }>) => {
  const result = await change;
  return result.ok ? 'done' : result.error?.code;
};

const doors: Record<
  string,
  (actor: MemberActor, memberId: string) => Promise<{ ok: boolean; error?: { code: string } }>
> = {
  'change role': (actor, memberId) => changeRole(actor, { memberId, role: 'guest', reason: 'why' }),
  suspend: (actor, memberId) => setSuspended(actor, { memberId, suspended: true, reason: 'why' }),
  remove: (actor, memberId) => removeMember(actor, { memberId, reason: 'why' }),
};

describe('every door of membership', () => {
  for (const [door, open] of Object.entries(doors))
    for (const role of roleNames)
      it(`answers a foreign id like an unknown one: ${door} as ${role}`, async () => {
        const stranger = await addMember(elsewhere, role);
        const target = await addMember(here, 'member');
        const before = await rolesOf(here.id);
        const foreign = await codeOf(open(stranger.actor, target.id));
        const unknown = await codeOf(open(stranger.actor, newId()));
        expect(foreign).toBe(unknown);
        expect(foreign).toBe('unknown_member');
        expect(await rolesOf(here.id)).toEqual(before);
      });

  for (const [door, open] of Object.entries(doors))
    for (const role of ['member', 'guest'] as const)
      for (const targetRole of roleNames)
        it(`does nothing for a ${role}: ${door} on ${targetRole}`, async () => {
          const asker = await addMember(here, role);
          const target = await addMember(here, targetRole);
          const before = await rolesOf(here.id);
          expect(await codeOf(open(asker.actor, target.id))).toBe('role');
          expect(await rolesOf(here.id)).toEqual(before);
        });

  for (const [door, open] of Object.entries(doors))
    for (const targetRole of ['owner', 'admin'] as const)
      it(`does nothing for an admin on an ${targetRole}: ${door}`, async () => {
        const asker = await addMember(here, 'admin');
        const target = await addMember(here, targetRole);
        const before = await rolesOf(here.id);
        expect(await codeOf(open(asker.actor, target.id))).toBe('role');
        expect(await rolesOf(here.id)).toEqual(before);
      });

  it.each(Object.entries(doors))('is shut to who was suspended a moment ago: %s', async (_door, open) => {
    const asker = await addMember(here, 'admin');
    const target = await addMember(here, 'member');
    await setSuspended(here.owner.actor, { memberId: asker.id, suspended: true, reason: 'left' });
    expect(await codeOf(open(asker.actor, target.id))).toBe('not_allowed');
  });
});

describe('the last owner', () => {
  it('cannot be demoted, removed or leave', async () => {
    expect(await codeOf(leaveOrganization(here.owner.actor))).toBe('last_owner');
    const second = await addMember(here, 'owner');
    expect(await codeOf(leaveOrganization(here.owner.actor))).toBe('done');
    expect(await codeOf(leaveOrganization(second.actor))).toBe('last_owner');
    expect(Object.values(await rolesOf(here.id))).toEqual(['owner']);
  });

  it('stays when all owners leave, demote and remove each other at once', async () => {
    const owners = [here.owner];
    for (let count = 0; count < 5; count += 1) owners.push(await addMember(here, 'owner'));
    await Promise.all(
      owners.flatMap(({ actor }, at) => {
        const memberId = owners[(at + 1) % owners.length]?.id ?? '';
        return [
          leaveOrganization(actor),
          changeRole(actor, { memberId, role: 'member', reason: 'race' }),
          removeMember(actor, { memberId, reason: 'race' }),
        ];
      }),
    );
    const left = Object.values(await rolesOf(here.id)).filter((role) => role === 'owner');
    expect(left).toHaveLength(1);
  });

  it('is not somebody who cannot come in', async () => {
    const second = await addMember(here, 'owner');
    await database().update(accounts).set({ suspendedAt: 1 }).where(eq(accounts.id, second.accountId));
    expect(await codeOf(leaveOrganization(here.owner.actor))).toBe('last_owner');
  });
});

describe('a change of owners', () => {
  it('is told to all owners and the one it is about', async () => {
    const second = await addMember(here, 'owner');
    const third = await addMember(here, 'owner');
    await changeRole(here.owner.actor, { memberId: second.id, role: 'admin', reason: 'rotation' });
    const told = await database()
      .select({ accountId: notices.accountId })
      .from(notices)
      .where(eq(notices.kind, 'owner_changed'));
    const here3 = [here.owner, second, third].map(({ accountId }) => accountId);
    expect(
      told
        .map(({ accountId }) => accountId)
        .filter((id) => here3.includes(id))
        .sort(),
    ).toEqual(here3.sort());
    const mails = await database()
      .select({ to: outbox.recipient })
      .from(outbox)
      .where(and(eq(outbox.kind, 'owner_changed'), eq(outbox.accountId, third.accountId)));
    expect(mails).toHaveLength(1);
  });
});

describe('the list of members', () => {
  it('comes in pages that hold everybody once, under a search too', async () => {
    const names = ['Ana', 'ana', 'Béla', 'Ana', 'Zoë', 'Émile'];
    for (const name of names) await addMember(here, 'member', name);
    const seen: string[] = [];
    let after: { name: string; id: string } | undefined;
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await listMembers(here.id, { limit: 2, ...(after ? { after } : {}) });
      expect(page.total).toBe(7);
      seen.push(...page.rows.map((row) => row.id));
      if (!page.next) break;
      after = page.next;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    const found = await listMembers(here.id, { search: 'ANA' });
    expect(found.total).toBe(3);
    expect((await listMembers(here.id, { search: '100%_' })).total).toBe(0);
  });

  it('holds no row of another organization', async () => {
    const foreign = await addMember(elsewhere, 'member');
    expect((await listMembers(here.id)).rows.map((row) => row.id)).toEqual([here.owner.id]);
    expect(await findMemberRow(here.id, foreign.id)).toBeNull();
    expect((await countMembers(here.id)).all).toBe(1);
  });
});

describe('a managed account', () => {
  const managed = async (memberId: string) => (await findMemberRow(here.id, memberId))?.managed;

  it('was made by the invitation, until it joins another organization', async () => {
    const member = await addMember(here, 'member');
    expect(await managed(member.id)).toBe(false);
    await database().update(memberships).set({ createdAccountAt: 1 }).where(eq(memberships.id, member.id));
    expect(await managed(member.id)).toBe(true);
    await transaction(async (tx) => {
      const { createOrganization } = await import('./organizations');
      return createOrganization(tx, { name: 'Own', ownerAccountId: member.accountId });
    });
    expect(await managed(member.id)).toBe(false);
  });

  it('needs a proven login email', async () => {
    const member = await addMember(here, 'member');
    await database().update(memberships).set({ createdAccountAt: 1 }).where(eq(memberships.id, member.id));
    await database()
      .update(accounts)
      .set({ loginEmailProvenAt: null })
      .where(eq(accounts.id, member.accountId));
    expect(await managed(member.id)).toBe(false);
  });
});

describe('an organization', () => {
  it('gets a slug of its own however many are made at once under one name', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => newOrganization('Same Name')));
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(8);
    const rows = await database()
      .select({ slug: organizations.slug })
      .from(organizations)
      .where(eq(organizations.name, 'Same Name'));
    expect(rows).toHaveLength(8);
  });
});
