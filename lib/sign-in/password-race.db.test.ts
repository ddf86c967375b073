import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { sessions, signInAttempts } from '@/drizzle/schema';
import { newTestPerson, otherPassword, rightPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { issueLink } from '@/lib/io/once';
import { judgeSession } from '@/lib/session/judgement';
import { beginAttempt, recordPasswordProof } from './attempts';
import { disavow } from './disavowal';
import { redeemTicket } from './finish';
import { resetLinkLifetime, resetPassword } from './reset';
import { typed } from './test-login';
import { issueTicket } from './ticket';
import { provePassword } from './verify';

const client = { address: '192.0.2.9', userAgent: 'test browser' };

/** What happens between the verification of a password and what it opens. */
const meanwhile = vi.hoisted(() => ({ happens: async () => undefined as unknown }));

vi.mock('@/lib/io/hash', async (original) => {
  const hash = await original<typeof import('@/lib/io/hash')>();
  return {
    ...hash,
    verifyPassword: async (stored: string, password: string) => {
      const verdict = await hash.verifyPassword(stored, password);
      const { happens } = meanwhile;
      meanwhile.happens = async () => undefined;
      await happens();
      return verdict;
    },
  };
});

const resetLink = async (person: TestPerson) => {
  const request = { purpose: 'reset_password', email: person.email, accountId: person.id } as const;
  const link = await transaction((tx) => issueLink(tx, { ...request, lifetime: resetLinkLifetime }));
  return link.token;
};

const ticketOf = async (person: TestPerson) => {
  const attempt = await beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    ...client,
    returnTo: null,
  });
  await transaction((tx) =>
    recordPasswordProof(tx, attempt.id, { isBelowPolicy: false, isBreached: false, deviceId: null }),
  );
  return (await issueTicket(database(), attempt.id)) ?? '';
};

const running = ({ id }: TestPerson) =>
  database().$count(sessions, and(eq(sessions.accountId, id), isNull(sessions.endedAt)));

beforeEach(() => {
  meanwhile.happens = async () => undefined;
});
afterAll(closeDatabase);

test('sign-ins that finish while the password is reset are not in afterwards', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 12; round += 1) {
    const person = await newTestPerson();
    const tickets = await Promise.all(Array.from({ length: 4 }, () => ticketOf(person)));
    const token = await resetLink(person);
    const [reset] = await Promise.all([
      resetPassword({ token, password: otherPassword }, client),
      ...tickets.map((ticket) => redeemTicket(ticket, client)),
    ]);
    expect(reset).toMatchObject({ ok: true });
    expect(await running(person)).toBe(0);
  }
});

test('sign-ins that finish while their person says "this wasn’t me" are not in afterwards', {
  timeout: 60_000,
}, async () => {
  for (let round = 0; round < 12; round += 1) {
    const person = await newTestPerson();
    const first = await redeemTicket(await ticketOf(person), client);
    const judged = first.ok ? await judgeSession(first.value.token, client.address) : null;
    if (judged?.state !== 'running') throw new Error('expected a running session');
    const tickets = await Promise.all(Array.from({ length: 4 }, () => ticketOf(person)));
    await Promise.all([
      disavow(judged.session, client.userAgent),
      ...tickets.map((ticket) => redeemTicket(ticket, client)),
    ]);
    expect(await running(person)).toBe(0);
  }
});

test('a password that was right a moment before it was changed opens nothing', async () => {
  const person = await newTestPerson();
  const token = await resetLink(person);
  meanwhile.happens = () => resetPassword({ token, password: otherPassword }, client);
  const proven = await provePassword(typed(person.email, rightPassword), (tx, { accountId, ...proof }) =>
    beginAttempt(tx, {
      email: person.email,
      accountId,
      client: { kind: 'web', name: null },
      ...client,
      returnTo: null,
    }).then((attempt) => recordPasswordProof(tx, attempt.id, proof)),
  );
  expect(proven).toMatchObject({ ok: false, error: { code: 'wrong' } });
  expect(await database().$count(signInAttempts, eq(signInAttempts.accountId, person.id))).toBe(0);
});
