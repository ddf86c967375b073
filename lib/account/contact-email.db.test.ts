import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { attemptOf, codeInMessage, personInSession } from '@/bin/test/factor-world';
import { addSession } from '@/bin/test/rows';
import { accounts, outbox, sessions } from '@/drizzle/schema';
import { closeDatabase, database, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import type { AccountActor } from './actor';
import { beginContactEmail, confirmContactEmail } from './contact-email';

afterAll(closeDatabase);

const fresh = () => `new-${newId()}@mail.example`;

/** A code to an address; what stood before is read from the row, as sessions and claimants carry it. */
async function begin(actor: AccountActor, email: string) {
  const [held] = await database().select().from(accounts).where(eq(accounts.id, actor.accountId));
  if (!held) throw new Error('the account is there');
  const sent = await transaction((tx) => beginContactEmail(tx, actor, { email, held, lifetimeMinutes: 15 }));
  if (!sent.ok) throw new Error(sent.error.code);
  return codeInMessage(sent.value.id);
}

const confirm = (actor: AccountActor, code: string) =>
  transaction((tx) => confirmContactEmail(tx, actor, code));

const contactOf = async ({ accountId }: AccountActor) => {
  const [row] = await database().select().from(accounts).where(eq(accounts.id, accountId));
  return row?.contactEmail;
};

const running = ({ accountId }: AccountActor) =>
  database().$count(sessions, and(eq(sessions.accountId, accountId), isNull(sessions.endedAt)));

const mailsTo = async (address: string) => {
  const rows = await database()
    .select({ kind: outbox.kind })
    .from(outbox)
    .where(eq(outbox.recipient, address))
    .orderBy(outbox.sequence);
  return rows.map(({ kind }) => kind);
};

test('a new contact email replaces the old only when verified; the old one gets the way to freeze', async () => {
  const actor = await personInSession();
  const next = fresh();
  const code = await begin(actor, next);
  expect(await contactOf(actor)).toBe(actor.email);
  expect(await mailsTo(actor.email)).toEqual(['contact_freeze_link']);
  expect((await confirm(actor, code)).ok).toBe(true);
  expect(await contactOf(actor)).toBe(next);
  expect(await mailsTo(next)).toEqual(['contact_email_code', 'contact_changed']);
});

test('another contact email ends every other session, the same one verified again ends none', async () => {
  const actor = await personInSession();
  await addSession(actor.accountId, { kind: 'mobile' });
  await addSession(actor.accountId);
  await confirm(actor, await begin(actor, actor.email));
  expect(await running(actor)).toBe(3);
  await confirm(actor, await begin(actor, fresh()));
  expect(await running(actor)).toBe(1);
  const attempt = await attemptOf(actor);
  await confirm(attempt, await begin(attempt, fresh()));
  expect(await running(actor)).toBe(0);
});
