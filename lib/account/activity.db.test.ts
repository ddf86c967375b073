import { expect, test } from 'vitest';
import { addAccount } from '@/bin/test/rows';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { transaction } from '@/lib/io/db';
import { listActivity } from './activity';

const write = (accountId: string, event: string, actorId = accountId) =>
  transaction((tx) =>
    recordAudit(tx, {
      chain: accountChain(accountId),
      event,
      actor: { kind: 'account', id: actorId },
      result: 'success',
      reason: actorId === accountId ? null : 'Lost laptop',
      after: { method: 'totp' },
      personal: {
        address: '203.0.113.9',
        userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0',
      },
    }),
  );

test('a person reads their own chain, newest first, and nobody else’s', async () => {
  const [mine, other] = [await addAccount(), await addAccount({ name: 'Ana Ortiz' })];
  await write(mine.id, 'sign_in.completed');
  await write(other.id, 'sign_in.completed');
  await write(mine.id, 'password.set_by_admin', other.id);
  const { items, next } = await listActivity(mine.id, null);
  expect(next).toBeNull();
  expect(items.map(({ event, by, reason }) => ({ event, by, reason }))).toEqual([
    { event: 'password.set_by_admin', by: 'Ana Ortiz', reason: 'Lost laptop' },
    { event: 'sign_in.completed', by: null, reason: null },
  ]);
  expect(items[1]).toMatchObject({ detail: 'totp', address: '203.0.113.9', client: 'Firefox on Windows' });
});

test('pages follow one another without a gap or a repetition while new rows arrive', async () => {
  const { id } = await addAccount();
  for (let count = 0; count < 35; count++) await write(id, 'sign_in.completed');
  const first = await listActivity(id, null);
  await write(id, 'session.signed_out');
  const second = await listActivity(id, first.next);
  expect(first.items).toHaveLength(30);
  expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 35 }, (_, at) => 35 - at),
  );
  expect(second.next).toBeNull();
});
