import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { attemptOf, codeInMessage, personInSession } from '@/bin/test/factor-world';
import { rateWindows, signInAttempts } from '@/drizzle/schema';
import { sendCode } from '@/lib/account/codes';
import { confirmContactEmail, contactEmailUse } from '@/lib/account/contact-email';
import { freezeByLink } from '@/lib/account/freeze';
import { newTestPerson, otherPassword, type TestPerson } from '@/lib/account/test-person';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { issueLink, type LinkPurpose } from '@/lib/io/once';
import { newId } from '@/lib/io/token';
import { hours } from '@/lib/policy/time';
import { beginAttempt, returnPathOf } from './attempts';
import { requestReset, resetPassword } from './reset';

const client = { address: '192.0.2.10', userAgent: 'test browser' };

const linkFor = async (person: TestPerson, purpose: LinkPurpose) => {
  const request = { purpose, email: person.email, accountId: person.id, lifetime: hours(1) };
  return (await transaction((tx) => issueLink(tx, request))).token;
};

const reset = (token: string, password = otherPassword) => resetPassword({ token, password }, client);

afterAll(closeDatabase);

test('two links of one person used at the same moment set one password', async () => {
  for (let round = 0; round < 6; round += 1) {
    const person = await newTestPerson();
    const tokens = await Promise.all([0, 1, 2].map(() => linkFor(person, 'reset_password')));
    const results = await Promise.all(tokens.map((token, at) => reset(token, `${otherPassword}-${at}`)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  }
});

test.for(['hold', 'freeze_contact_email'] as const)(
  'a reset that was mailed before a %s does not work after it',
  async (purpose) => {
    const person = await newTestPerson();
    const mailed = await linkFor(person, 'reset_password');
    expect(await freezeByLink(purpose, await linkFor(person, purpose), client)).toMatchObject({ ok: true });
    expect(await reset(mailed)).toMatchObject({ ok: false, error: { code: 'link_gone' } });
  },
);

test('a reset that was mailed to the contact email of before does not work after it changed', async () => {
  const actor = await attemptOf(await personInSession());
  const { accountId } = actor;
  const link = { purpose: 'reset_password', email: 'old@d.example', accountId, lifetime: hours(1) } as const;
  const { token } = await transaction((tx) => issueLink(tx, link));
  const code = await transaction((tx) =>
    sendCode(tx, {
      ...contactEmailUse(actor),
      destination: `new-${newId()}@d.example`,
      proven: false,
      lifetimeMinutes: 15,
      address: null,
    }),
  );
  if (!code.ok) throw new Error('expected a code');
  const typed = await codeInMessage(code.value.id);
  expect(await transaction((tx) => confirmContactEmail(tx, actor, typed))).toMatchObject({ ok: true });
  expect(await reset(token)).toMatchObject({ error: { code: 'link_gone' } });
});

test('what limits resets is not a list of addresses', async () => {
  const email = `nobody-${newId()}@people.example`;
  await requestReset({ email, ...client });
  const rows = await database().select({ key: rateWindows.key }).from(rateWindows);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ key }) => key.includes(email))).toEqual([]);
});

test('where a claimant wants to go is kept sealed, since it may be an invitation', async () => {
  const person = await newTestPerson();
  const returnTo = `/invitation?token=${newId()}`;
  const attempt = await beginAttempt(database(), {
    email: person.email,
    accountId: person.id,
    client: { kind: 'web', name: null },
    ...client,
    returnTo,
  });
  const [row] = await database()
    .select({
      id: signInAttempts.id,
      returnTo: signInAttempts.returnTo,
      all: sql<string>`sign_in_attempts::text`,
    })
    .from(signInAttempts)
    .where(eq(signInAttempts.id, attempt.id));
  expect(row?.all).not.toContain('token=');
  expect(row && returnPathOf(row)).toBe(returnTo);
});
