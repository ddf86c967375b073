import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { auditEvents, passwords } from '@/drizzle/schema';
import { newTestPerson, rightPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import * as env from '@/lib/io/env';
import { effectivePolicy } from '@/lib/policy/effective';
import type { LayerValues } from '@/lib/policy/policy';
import { hours } from '@/lib/policy/time';
import { isCommonPassword } from './common-passwords';
import { type PasswordDoor, preparePassword } from './new-password';
import { storePassword } from './passwords';

const under = (values: LayerValues) =>
  effectivePolicy([
    {
      kind: 'domain',
      id: 'd',
      name: 'people.example',
      version: 1,
      author: null,
      since: 0,
      values,
      tightening: { applies: 'next_sign_in' },
      expirationEnabledAt: null,
      expirationSpreadDays: 0,
      secondFactorEnabledAt: null,
      secondFactorRaised: null,
    },
  ]);

let person: TestPerson;

const set = async (
  candidate: string,
  { door = 'forced', ...values }: LayerValues & { door?: PasswordDoor } = {},
) => {
  const prepared = await preparePassword({
    door,
    candidate,
    policy: under(values),
    for: { accountId: person.id },
  });
  if (!prepared.ok) return prepared.error;
  const stored = await transaction((tx) =>
    storePassword(tx, {
      accountId: person.id,
      loginEmail: person.email,
      prepared: prepared.value,
      actor: { kind: 'account', id: person.id },
      personal: {},
      keep: { sessionId: null, attemptId: null },
      byAdmin: { by: 'Olive', organization: 'N', organizationId: person.id, reason: 'asked' },
    }),
  );
  return stored.ok ? 'set' : stored.error;
};

const nth = (index: number) => `Lantern-${index}-harbour-fog`;

const issues = (outcome: Awaited<ReturnType<typeof set>>) =>
  typeof outcome === 'object' && outcome.code === 'refused'
    ? outcome.issues.map((issue) => issue.code)
    : outcome;

beforeEach(async () => {
  person = await newTestPerson();
});
afterAll(closeDatabase);

test('every unmet rule is named at once', async () => {
  const values = { passwordLengthMin: 20, passwordUppercase: true, passwordNumber: true } as const;
  expect(issues(await set('archer morning', values))).toEqual([
    'too_short',
    'uppercase_missing',
    'number_missing',
    'contains_name',
  ]);
});

test('the last five are the current one and four former ones, and ten former ones are kept', {
  timeout: 60_000,
}, async () => {
  for (let index = 0; index < 12; index += 1) expect(await set(nth(index))).toBe('set');
  const reuse = { passwordReuse: 5 } as const;
  expect(issues(await set(nth(11), reuse))).toEqual(['same_as_current']);
  expect(issues(await set(nth(7), reuse))).toEqual(['reused']);
  expect(await database().$count(passwords, eq(passwords.accountId, person.id))).toBe(11);
  expect(await set(nth(6), reuse)).toBe('set');
});

test('a temporary password enters history but does not count', async () => {
  expect(await set(nth(1), { door: 'admin' })).toBe('set');
  const [row] = await database()
    .select({ until: sql<number>`extract(epoch from temporary_until - set_at)::int`.mapWith(Number) })
    .from(passwords)
    .where(sql`account_id = ${person.id} and retired_at is null`);
  expect(row?.until).toBe(hours(72) / 1000);
  expect(await set(nth(2))).toBe('set');
  expect(await set(nth(1), { passwordReuse: 10 })).toBe('set');
});

test('behind a temporary password the last five are five former ones', { timeout: 60_000 }, async () => {
  for (let index = 0; index < 6; index += 1) expect(await set(nth(index))).toBe('set');
  expect(await set(nth(9), { door: 'admin' })).toBe('set');
  const reuse = { passwordReuse: 5 } as const;
  expect(issues(await set(nth(1), reuse))).toEqual(['reused']);
  expect(await set(nth(0), reuse)).toBe('set');
});

test('the minimum age binds a change by choice only', async () => {
  expect(await set(nth(1))).toBe('set');
  const values = { passwordMinimumAgeHours: 24 } as const;
  expect(await set(nth(2), { ...values, door: 'voluntary' })).toMatchObject({
    code: 'too_young',
    minimumHours: 24,
  });
  expect(await set(nth(2), { ...values, door: 'reset' })).toBe('set');
  expect(await set(nth(3), { ...values, door: 'admin' })).toBe('set');
  expect(await set(nth(4), { ...values, door: 'voluntary' })).toBe('set');
});

test('a common password is refused with the digits and symbols people add to it', async () => {
  for (const common of ['password', 'PassWord1!', 'Dragon2026', 'qwerty'])
    expect(await isCommonPassword(common)).toBe(true);
  expect(await isCommonPassword(rightPassword)).toBe(false);
  expect(issues(await set('Password123!'))).toEqual(['common']);
  expect(await set('Password123!', { breachedCheck: false })).toBe('set');
});

const withRangeApi = async (answer: (path: string) => string | null, run: () => Promise<void>) => {
  const server = createServer((request, response) => {
    const text = answer(request.url ?? '');
    response.writeHead(text === null ? 503 : 200).end(text ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const own = env.settings();
  const spy = vi.spyOn(env, 'settings').mockReturnValue({ ...own, pwnedApiUrl: `http://127.0.0.1:${port}` });
  try {
    await run();
  } finally {
    spy.mockRestore();
    server.close();
  }
};

test('a breached password is refused by five characters of its hash alone', async () => {
  const digest = createHash('sha1').update(nth(1)).digest('hex').toUpperCase();
  const asked: string[] = [];
  const answer = (path: string) => {
    asked.push(path);
    return `${'0'.repeat(35)}:7\r\n${digest.slice(5)}:12`;
  };
  await withRangeApi(answer, async () => {
    expect(issues(await set(nth(1)))).toEqual(['breached']);
  });
  expect(asked).toEqual([`/range/${digest.slice(0, 5)}`]);
});

test('a silent service of breaches stops nobody, and the audit says so', async () => {
  await withRangeApi(
    () => null,
    async () => {
      expect(await set(nth(1))).toBe('set');
    },
  );
  const [row] = await database()
    .select({ after: auditEvents.after })
    .from(auditEvents)
    .where(eq(auditEvents.accountId, person.id));
  expect(row?.after).toMatchObject({ breachCheck: 'not answered' });
});

test('a password of a thousand characters is measured in characters and longer ones are refused unseen', async () => {
  const long = (count: number) => `${'𝔤ravel-'.repeat(200)}`.slice(0, count);
  expect(issues(await set('🗝'.repeat(1001)))).toEqual(['too_long_to_submit']);
  expect(issues(await set(`half ${'\ud800'} pair and more`))).toEqual(['malformed']);
  expect(issues(await set('null \u0000 character'))).toEqual(['null_character']);
  expect(await set(long(900))).toBe('set');
});
