import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addSession } from '@/bin/test/rows';
import { accounts, sessions } from '@/drizzle/schema';
import { newTestPerson } from '@/lib/account/test-person';
import { closeDatabase, database } from '@/lib/io/db';
import { minutes } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { enterContactEmail } from './contact-step';

const client = { address: '127.0.0.1', userAgent: 'test browser' };
afterAll(closeDatabase);

test('a session that a duty leads to the contact email may enter an address of its choice only while its sign-in is recent', async () => {
  const person = await newTestPerson();
  const gone = { contactEmail: null, contactEmailProvenAt: null };
  await database().update(accounts).set(gone).where(eq(accounts.id, person.id));
  const { id, token } = await addSession(person.id);
  const enter = async (email: string) => {
    const found = await judgeSession(token, client.address);
    if (found.state !== 'running') throw new Error(found.state);
    const session = { ...found.session, duty: { step: 'contact_email' } as const };
    const sent = await enterContactEmail({ claimant: null, session }, email, client);
    return sent.ok ? 'sent' : sent.error.code;
  };
  expect(await enter(`first-${person.id}@mail.example`)).toBe('sent');
  const old = Date.now() - minutes(11);
  await database()
    .update(sessions)
    .set({ createdAt: old, reauthenticatedAt: old, reauthenticationBeganAt: old })
    .where(eq(sessions.id, id));
  expect(await enter(`second-${person.id}@mail.example`)).toBe('origin_needed');
  expect(await enter(person.email)).toBe('sent');
});
