import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addAccount } from '@/bin/test/rows';
import { accounts } from '@/drizzle/schema';
import { fail } from '@/lib/policy/result';
import { closeDatabase, database, transaction } from './db';
import { listNotices } from './notify';
import { enqueue } from './outbox';
import { deliverDue } from './outbox-delivery';
import { newId } from './token';
import type { TransportFailure } from './transports/transport';

const person = async () => {
  const email = `p-${newId()}@people.example`;
  const { id } = await addAccount({
    loginEmail: email,
    contactEmail: email,
    contactEmailProvenAt: Date.now(),
  });
  return { id, email };
};

/** Mails something to an address on behalf of an account; the provider answers as told. */
async function mail(accountId: string, to: string, code: TransportFailure['code']) {
  const notice = { kind: 'password_changed', data: {} } as const;
  await transaction((tx) => enqueue(tx, { key: newId(), channel: 'email', to, accountId, notice }));
  await deliverDue(() => Promise.resolve(fail({ code, message: 'no' })));
}

const bouncedAt = async (id: string) => {
  const [row] = await database()
    .select({ at: accounts.contactEmailBouncedAt })
    .from(accounts)
    .where(eq(accounts.id, id));
  return row?.at ?? null;
};

const told = async (id: string) =>
  (await listNotices(database(), id, { before: null, limit: 9 })).notices.map(({ title }) => title);

afterAll(closeDatabase);

test('a contact email that mail comes back from is marked, and its person told once, in the app', async () => {
  const { id, email } = await person();
  await mail(id, email, 'bounced');
  const first = await bouncedAt(id);
  expect(first).not.toBeNull();
  await mail(id, email, 'bounced');
  expect(await bouncedAt(id)).toBe(first);
  expect(await told(id)).toHaveLength(1);
});

test('nothing is marked for another address of the person, nor by another refusal', async () => {
  const { id, email } = await person();
  await mail(id, `new-${newId()}@people.example`, 'bounced');
  await mail(id, email, 'never');
  await mail(id, email, 'later');
  expect(await bouncedAt(id)).toBeNull();
  expect(await told(id)).toEqual([]);
});
