import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { accounts, failurePools, outbox } from '@/drizzle/schema';
import { rememberDevice } from '@/lib/account/known-devices';
import { addressPoolKey } from '@/lib/account/password-pools';
import { newTestPerson, rightPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { typed } from './test-login';
import { provePassword } from './verify';

const spent = vi.hoisted(() => ({ verifications: 0 }));

vi.mock('@/lib/io/hash', async (original) => {
  const hash = await original<typeof import('@/lib/io/hash')>();
  return {
    ...hash,
    verifyPassword: async (stored: string, password: string) => {
      const verdict = await hash.verifyPassword(stored, password);
      if (verdict.ok) spent.verifications += 1;
      return verdict;
    },
    verifyNothing: async (password: string) => {
      const verdict = await hash.verifyNothing(password);
      if (verdict.ok) spent.verifications += 1;
      return verdict;
    },
  };
});

const tryOnce = (email: string, password: string, device: string | null = null) =>
  provePassword(typed(email, password, device), async (_tx, proof) => proof.accountId);

const codeOf = async (tried: ReturnType<typeof tryOnce>) => {
  const result = await tried;
  return result.ok ? 'in' : result.error.code;
};

const together = (count: number, run: () => ReturnType<typeof tryOnce>) =>
  Promise.all(Array.from({ length: count }, () => codeOf(run())));

const lockOf = async (email: string) => {
  const [row] = await database()
    .select({
      seconds: sql<number>`round(extract(epoch from locked_until - clock_timestamp()))`.mapWith(Number),
      failures: failurePools.failures,
    })
    .from(failurePools)
    .where(eq(failurePools.key, addressPoolKey(email)));
  return row;
};

const movePool = (email: string, by: string) =>
  database().execute(sql`
    update failure_pools set locked_until = locked_until - ${by}::interval, last_failure_at = last_failure_at - ${by}::interval
    where key = ${addressPoolKey(email)}`);

const lock = async (email: string) => {
  for (let count = 0; count < 5; count += 1) await tryOnce(email, 'wrong');
};

let person: TestPerson;

beforeEach(async () => {
  person = await newTestPerson();
  spent.verifications = 0;
});
afterAll(closeDatabase);

test('of a hundred wrong passwords at once exactly five are verified', async () => {
  const codes = await together(100, () => tryOnce(person.email, 'wrong'));
  expect(spent.verifications).toBe(5);
  expect(codes.filter((code) => code === 'wrong')).toHaveLength(4);
  // Who comes while the five are still at work is told to wait.
  expect(codes.filter((code) => code === 'locked' || code === 'wait')).toHaveLength(96);
  expect(codes).toContain('locked');
});

test('an email that nobody has is counted just the same', async () => {
  const codes = await together(100, () => tryOnce('nobody@people.example', 'wrong'));
  expect(spent.verifications).toBe(5);
  expect(codes.filter((code) => code === 'wrong')).toHaveLength(4);
});

test('six right passwords at once all get in', async () => {
  expect(await together(6, () => tryOnce(person.email, rightPassword))).toEqual(Array(6).fill('in'));
});

test('the fifth failure in a row locks for fifteen minutes, and the lock ends to the second', async () => {
  const codes = [];
  for (let count = 0; count < 5; count += 1) codes.push(await codeOf(tryOnce(person.email, 'wrong')));
  expect(codes).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
  expect((await lockOf(person.email))?.seconds).toBe(15 * 60);
  await movePool(person.email, '14 minutes 57 seconds');
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('locked');
  expect(spent.verifications).toBe(5);
  await movePool(person.email, '3 seconds');
  expect(await codeOf(tryOnce(person.email, 'wrong'))).toBe('wrong');
  expect((await lockOf(person.email))?.failures).toBe(1);
});

test('a right password and a day without failure start again at zero', async () => {
  for (let count = 0; count < 4; count += 1) await tryOnce(person.email, 'wrong');
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('in');
  for (let count = 0; count < 4; count += 1) await tryOnce(person.email, 'wrong');
  await movePool(person.email, '24 hours');
  expect(await codeOf(tryOnce(person.email, 'wrong'))).toBe('wrong');
});

test('a try that died unreported counts as failed', async () => {
  await tryOnce(person.email, 'wrong');
  await database().execute(sql`
    update failure_pools set reservations = array_fill(clock_timestamp() - interval '2 minutes', array[4])
    where key = ${addressPoolKey(person.email)}`);
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('locked');
  expect(spent.verifications).toBe(1);
});

test('a known browser gets in while everybody else is locked out, and has five tries of its own', async () => {
  const device = await transaction((tx) =>
    rememberDevice(tx, { accountId: person.id, deviceId: null, userAgent: null }),
  );
  await lock(person.email);
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('locked');
  expect(await codeOf(tryOnce(person.email, rightPassword, device.secret))).toBe('in');
  const stranger = await newTestPerson();
  await lock(stranger.email);
  expect(await codeOf(tryOnce(stranger.email, rightPassword, device.secret))).toBe('locked');
  const codes = [];
  for (let count = 0; count < 5; count += 1)
    codes.push(await codeOf(tryOnce(person.email, 'wrong', device.secret)));
  expect(codes.at(-1)).toBe('locked');
});

test('after a hundred failures without a success only a known browser opens', async () => {
  await tryOnce(person.email, 'wrong');
  await database().execute(sql`
    update failure_pools set failures_since_success = 100, failures = 0 where key = ${addressPoolKey(person.email)}`);
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('ceiling');
  const device = await transaction((tx) =>
    rememberDevice(tx, { accountId: person.id, deviceId: null, userAgent: null }),
  );
  expect(await codeOf(tryOnce(person.email, rightPassword, device.secret))).toBe('in');
});

test('nothing tells an unknown email from a known, a suspended or an unproven one', async () => {
  const [suspended, unproven] = [await newTestPerson(), await newTestPerson()];
  await database().update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, suspended.id));
  await database().update(accounts).set({ loginEmailProvenAt: null }).where(eq(accounts.id, unproven.id));
  const kinds = [person.email, suspended.email, unproven.email, 'nobody-here@people.example'];
  const answers = await Promise.all(
    kinds.map(async (email) => {
      const codes = [];
      for (let count = 0; count < 6; count += 1) codes.push(await codeOf(tryOnce(email, 'wrong')));
      return codes;
    }),
  );
  for (const answer of answers)
    expect(answer).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked', 'locked']);
});

test('a suspended account is told after the right password only', async () => {
  await database().update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, person.id));
  expect(await codeOf(tryOnce(person.email, 'wrong'))).toBe('wrong');
  expect(await codeOf(tryOnce(person.email, rightPassword))).toBe('suspended');
});

test('the owner is told of locks at most once an hour', async () => {
  const mails = () => database().$count(outbox, eq(outbox.accountId, person.id));
  await lock(person.email);
  expect(await mails()).toBe(1);
  await movePool(person.email, '15 minutes');
  await lock(person.email);
  expect(await mails()).toBe(1);
});

test('a temporary password works for 72 hours', async () => {
  const given = await newTestPerson({
    origin: 'admin',
    setAt: sql`now() - interval '73 hours'` as never,
    temporaryUntil: sql`now() - interval '1 hour'` as never,
    changeRequiredAt: sql`now()` as never,
    changeRequiredReason: 'temporary',
  });
  expect(await codeOf(tryOnce(given.email, rightPassword))).toBe('temporary_expired');
});
