import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { addAccount } from '@/bin/test/rows';
import { accounts } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { setOperator } from './grants';

const since = async (id: string) =>
  (await database().select({ at: accounts.operatorSince }).from(accounts).where(eq(accounts.id, id)))[0]?.at;

test('an operator is made of a proven account, once, and unmade', async () => {
  const account = await addAccount();
  expect(await setOperator(account.email.toUpperCase(), true)).toEqual({ ok: true, value: null });
  expect(await since(account.id)).not.toBeNull();
  expect(await setOperator(account.email, true)).toEqual({ ok: false, error: { code: 'unchanged' } });
  expect((await setOperator(account.email, false)).ok).toBe(true);
  expect(await since(account.id)).toBeNull();
});

test('nobody, the unproven and the malformed become nothing', async () => {
  const unproven = await addAccount({ loginEmailProvenAt: null });
  expect(await setOperator(unproven.email, true)).toMatchObject({ error: { code: 'unknown_account' } });
  expect(await setOperator('nobody@example.test', true)).toMatchObject({
    error: { code: 'unknown_account' },
  });
  expect(await setOperator('not an address', true)).toMatchObject({ error: { code: 'malformed_email' } });
});
