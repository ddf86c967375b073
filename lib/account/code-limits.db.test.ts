import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { attemptOf, codeInMessage, letPass, personInSession, twoPools } from '@/bin/test/factor-world';
import { closeDatabase, database } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { AccountActor } from './actor';
import type { CodeRequest } from './code-issue';
import { sendCode, verifyCode } from './codes';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

/** A code to a recipient of its own, in an attempt of its own: only the caps of account, number and address can hold. */
async function request(person: AccountActor, change: Partial<CodeRequest> = {}): Promise<CodeRequest> {
  const actor = await attemptOf(person);
  return {
    accountId: actor.accountId,
    purpose: 'sign_in',
    channel: 'email',
    binding: actor.binding,
    destination: `x-${newId()}@d.example`,
    proven: true,
    lifetimeMinutes: 15,
    address: null,
    ...change,
  };
}

/** `sent`, or the limit that holds. */
async function send(wanted: CodeRequest): Promise<string> {
  const result = await run((tx) => sendCode(tx, wanted));
  return result.ok ? 'sent' : result.error.limit;
}

async function sendAndUse(wanted: CodeRequest): Promise<void> {
  const result = await run((tx) => sendCode(tx, wanted));
  if (!result.ok) throw new Error(result.error.limit);
  const code = await codeInMessage(result.value.id);
  expect((await run((tx) => verifyCode(tx, wanted, code))).ok).toBe(true);
}

const times = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Makes every code of these people exactly that old. */
const setAge = (people: readonly AccountActor[], time: string) =>
  database().execute(sql`
    update one_time_codes set created_at = clock_timestamp() - ${time}::interval
    where account_id = any(${sql.param(people.map(({ accountId }) => accountId))}::uuid[])`);

let last = 0;
const newNumber = () => {
  last += 1;
  return `+1201666${String(last).padStart(4, '0')}`;
};

describe('the caps of an account', () => {
  test('are ten unused an hour: the eleventh goes out when the first is an hour old, to the second', async () => {
    const person = await personInSession();
    for (const _ of times(10)) expect(await send(await request(person))).toBe('sent');
    expect(await send(await request(person))).toBe('account_hour');
    await setAge([person], '59 minutes 55 seconds');
    expect(await send(await request(person))).toBe('account_hour');
    await setAge([person], '1 hour');
    expect(await send(await request(person))).toBe('sent');
  });

  test('are twenty unused a day, to the second', async () => {
    const person = await personInSession();
    for (const _ of times(10)) await send(await request(person));
    await letPass(person.accountId, '1 hour');
    for (const _ of times(10)) expect(await send(await request(person))).toBe('sent');
    await letPass(person.accountId, '1 hour');
    expect(await send(await request(person))).toBe('account_day');
    await setAge([person], '23 hours 59 minutes 55 seconds');
    expect(await send(await request(person))).toBe('account_day');
    await setAge([person], '24 hours');
    expect(await send(await request(person))).toBe('sent');
  });

  test('are the same over two instances at once, and never run dry with codes that are used', async () => {
    const person = await personInSession();
    for (const _ of times(25)) await sendAndUse(await request(person));
    const wanted = await Promise.all(times(30).map(() => request(person)));
    const answers = await Promise.all(wanted.map(send));
    expect(answers.filter((answer) => answer === 'sent')).toHaveLength(10);
    expect(answers.filter((answer) => answer === 'account_hour')).toHaveLength(20);
  });

  test('are told with the moment from which it can be tried again', async () => {
    const person = await personInSession();
    for (const _ of times(10)) await send(await request(person));
    await letPass(person.accountId, '50 minutes');
    const wanted = await request(person);
    const refused = await run((tx) => sendCode(tx, wanted));
    const [row] = await database().execute<{ at: number }>(
      sql`select epoch_ms(min(created_at) + interval '1 hour')::float8 as at from one_time_codes where account_id = ${person.accountId}`,
    );
    expect(refused).toMatchObject({ ok: false, error: { limit: 'account_hour', until: row?.at } });
  });
});

describe('one attempt', () => {
  test('waits a minute for each code, to the second, and has five', async () => {
    const person = await personInSession();
    const wanted = await request(person);
    for (const at of times(5)) {
      expect(await send(wanted)).toBe('sent');
      expect(await send(wanted)).toBe(at === 4 ? 'attempt' : 'resend');
      await setAge([person], '55 seconds');
      expect(await send(wanted)).toBe(at === 4 ? 'attempt' : 'resend');
      await setAge([person], '60 seconds');
    }
    expect(await send(wanted)).toBe('attempt');
  });
});

describe('a slow provider', () => {
  test('has two minutes before the next code, to the second', async () => {
    const person = await personInSession();
    const wanted = await request(person, { destination: `slow-${newId()}@yahoo.com` });
    expect(await send(wanted)).toBe('sent');
    await setAge([person], '1 minute 55 seconds');
    expect(await send(wanted)).toBe('resend');
    await setAge([person], '2 minutes');
    expect(await send(wanted)).toBe('sent');
  });
});

describe('text messages', () => {
  test('are five a day to one number, whoever asks, to the second', async () => {
    const destination = newNumber();
    const people = await Promise.all(times(7).map(() => personInSession()));
    const ask = async (at: number) => {
      const person = people[at];
      if (!person) throw new Error('there are seven');
      return request(person, { channel: 'sms', destination });
    };
    for (const at of times(5)) expect(await send(await ask(at))).toBe('sent');
    expect(await send(await ask(5))).toBe('number_day');
    await setAge(people, '23 hours 59 minutes 55 seconds');
    expect(await send(await ask(5))).toBe('number_day');
    await setAge(people, '24 hours');
    expect(await send(await ask(6))).toBe('sent');
  });

  test('to numbers nobody has proven are twenty an hour from one client address, over two instances at once', async () => {
    const people = await Promise.all(times(31).map(() => personInSession()));
    const address = '198.51.100.9';
    const ask = (person: AccountActor, change: Partial<CodeRequest> = {}) =>
      request(person, {
        channel: 'sms',
        purpose: 'phone_number',
        destination: newNumber(),
        proven: false,
        address,
        ...change,
      });
    const wanted = await Promise.all(people.slice(0, 30).map((person) => ask(person)));
    const answers = await Promise.all(wanted.map(send));
    expect(answers.filter((answer) => answer === 'sent')).toHaveLength(20);
    expect(answers.filter((answer) => answer === 'address_hour')).toHaveLength(10);
    const one = people[30];
    if (!one) throw new Error('there are thirty-one');
    // Another address, and a number that is proven, have their own pools.
    expect(await send(await ask(one, { address: '198.51.100.10' }))).toBe('sent');
    expect(await send(await ask(one, { proven: true }))).toBe('sent');
    await setAge(people, '59 minutes 55 seconds');
    expect(await send(await ask(one))).toBe('address_hour');
    await setAge(people, '1 hour');
    expect(await send(await ask(one))).toBe('sent');
  });
});

describe('a recipient nobody has proven', () => {
  test('gets three a day from all who ask, to the second, and has no part in the caps of the proven ones', async () => {
    const people = await Promise.all(times(5).map(() => personInSession()));
    const [first, second, third, fourth, fifth] = people;
    if (!first || !second || !third || !fourth || !fifth) throw new Error('there are five');
    const to = { destination: `new-${newId()}@d.example`, purpose: 'contact_email', proven: false } as const;
    for (const person of [first, second, third]) expect(await send(await request(person, to))).toBe('sent');
    expect(await send(await request(fourth, to))).toBe('recipient_day');
    await setAge(people, '23 hours 59 minutes 55 seconds');
    expect(await send(await request(fourth, to))).toBe('recipient_day');
    await setAge(people, '24 hours');
    expect(await send(await request(fifth, to))).toBe('sent');
    for (const _ of times(10)) expect(await send(await request(fifth))).toBe('sent');
  });
});
