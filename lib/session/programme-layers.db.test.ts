import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { addAccount, addDomainPolicy, addMembership, addOrganization, addSession } from '@/bin/test/rows';
import { organizations, programmeExtensions, programmeItems } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { days } from '@/lib/policy/time';
import { judgeSession } from './judgement';

afterEach(async () => {
  await database().delete(programmeItems);
});

async function addItem(given: Partial<typeof programmeItems.$inferInsert> = {}) {
  const id = newId();
  await database()
    .insert(programmeItems)
    .values({
      control: 'password_rules',
      values: { passwordLengthMin: 12, passwordSpecialCharacters: '!@#$%^&*' },
      cohort: 'all',
      startsAt: Date.now() - days(40),
      publishedAt: Date.now() - days(80),
      ...given,
      id,
    });
  return id;
}

async function minimumOf(accountId: string) {
  const { token } = await addSession(accountId);
  const found = await judgeSession(token, null);
  return found.state === 'running' ? found.session.policy.settings.passwordLengthMin : null;
}

test('an item binds everybody, says where it comes from, and a domain policy cannot loosen it', async () => {
  const organization = await addOrganization();
  await addDomainPolicy(organization.id, 'floor.example', { passwordLengthMin: 6 });
  const account = await addAccount({ loginEmail: 'p@floor.example', createdAt: Date.now() - days(90) });
  expect((await minimumOf(account.id))?.value).toBe(6);
  await addItem();
  const bound = await minimumOf(account.id);
  expect(bound?.value).toBe(12);
  expect(bound?.sources.map(({ kind }) => kind)).toEqual(['programme']);
});

test('an item not yet published, not yet begun, withdrawn or for another cohort binds nobody', async () => {
  const account = await addAccount({ createdAt: Date.now() - days(90) });
  await addItem({ publishedAt: null });
  await addItem({ startsAt: Date.now() + days(1) });
  await addItem({ withdrawnAt: Date.now() });
  await addItem({ cohort: 'sms_enabled' });
  expect((await minimumOf(account.id))?.value).toBe(8);
});

test('an organization with SMS is bound 30 days after it was enabled, later where an extension was granted', async () => {
  const organization = await addOrganization({ smsEnabledAt: Date.now() - days(31) });
  const account = await addAccount({ createdAt: Date.now() - days(90) });
  await addMembership(organization.id, account.id);
  await database()
    .update(organizations)
    .set({ smsEnabledAt: Date.now() - days(29) })
    .where(eq(organizations.id, organization.id));
  const itemId = await addItem({ cohort: 'sms_enabled' });
  expect((await minimumOf(account.id))?.value).toBe(8);
  await database()
    .update(organizations)
    .set({ smsEnabledAt: Date.now() - days(60) })
    .where(eq(organizations.id, organization.id));
  await database().execute(`update memberships set created_at = now() - interval '60 days'`);
  expect((await minimumOf(account.id))?.value).toBe(12);
  await database()
    .insert(programmeExtensions)
    .values({ itemId, organizationId: organization.id, until: Date.now() + days(5), reason: 'migration' });
  expect((await minimumOf(account.id))?.value).toBe(8);
});

test('values that do not parse fail closed', async () => {
  const account = await addAccount({ createdAt: Date.now() - days(90) });
  await addItem({ values: { passwordLengthMin: 'twelve' } });
  await expect(minimumOf(account.id)).rejects.toThrow();
});
