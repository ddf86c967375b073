import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addMembership } from '@/bin/test/rows';
import { memberships } from '@/drizzle/schema';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { listManagedActivity } from './managed-activity';
import { newOrganization } from './test-organization';

const signIn = (accountId: string) =>
  transaction((tx) =>
    recordAudit(tx, {
      chain: accountChain(accountId),
      event: 'sign_in.completed',
      actor: { kind: 'account', id: accountId },
      result: 'success',
    }),
  );

test('an owner reads what happened with managed accounts since they are managed, and nobody else’s', async () => {
  const domain = `d${newId().slice(-10)}.example`;
  const organization = await newOrganization('Reading', domain);
  const [employee, contractor, invited] = [
    await addAccount({ loginEmail: `e@${domain}` }),
    await addAccount(),
    await addAccount(),
  ];
  for (const { id } of [contractor, invited]) await addMembership(organization.id, id);
  await signIn(employee.id);
  await addDomainPolicy(organization.id, domain);
  await database()
    .update(memberships)
    .set({ createdAccountAt: Date.now() - 1000 })
    .where(eq(memberships.accountId, invited.id));
  for (const { id } of [employee, contractor, invited]) await signIn(id);
  const { rows } = await listManagedActivity(organization.id);
  expect(rows.map(({ loginEmail }) => loginEmail)).toEqual([invited.email, employee.email]);
  const other = await newOrganization('Other');
  expect((await listManagedActivity(other.id)).rows).toEqual([]);
});

test('pages follow one another without a gap, and a search finds people', async () => {
  const domain = `d${newId().slice(-10)}.example`;
  const organization = await newOrganization('Paging', domain);
  await addDomainPolicy(organization.id, domain);
  const people = [
    await addAccount({ loginEmail: `a@${domain}` }),
    await addAccount({ loginEmail: `b@${domain}` }),
  ];
  for (const { id } of [...people, ...people]) await signIn(id);
  const first = await listManagedActivity(organization.id, { limit: 3 });
  const rest = await listManagedActivity(organization.id, {
    limit: 3,
    ...(first.next ? { after: first.next } : {}),
  });
  expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(4);
  expect(rest.next).toBeNull();
  const found = await listManagedActivity(organization.id, { search: `A@${domain}` });
  expect(found.rows).toHaveLength(2);
});
