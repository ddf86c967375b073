import { eq } from 'drizzle-orm';
import { afterAll, expect, test, vi } from 'vitest';
import { addSession } from '@/bin/test/rows';
import { sessions } from '@/drizzle/schema';
import { newTestPerson } from '@/lib/account/test-person';
import { closeDatabase, database } from '@/lib/io/db';
import { newToken, tokenHashes } from '@/lib/io/token';
import { leave } from './departure';

const jar = vi.hoisted(() => {
  process.env.GATEHOUSE_SECRET_PREVIOUS = 'the secret that was used before it was rotated';
  return new Map<string, string>();
});

vi.mock('next/headers', () => ({
  headers: async () => new Headers({ 'x-gatehouse-peer': '192.0.2.11' }),
  cookies: async () => ({
    get: (name: string) => ({ value: jar.get(name) }),
    set: (name: string, value: string) => void jar.set(name, value),
  }),
}));

afterAll(closeDatabase);

test.for([
  ['today', 0],
  ['before the secret was rotated', 1],
] as const)('signing out ends a session that began %s', async ([, which]) => {
  const person = await newTestPerson();
  const { id } = await addSession(person.id);
  const token = newToken();
  const tokenHash = tokenHashes(token)[which] ?? '';
  await database().update(sessions).set({ tokenHash }).where(eq(sessions.id, id));
  jar.set('gh.session', token);
  await leave();
  const [row] = await database()
    .select({ reason: sessions.endedReason })
    .from(sessions)
    .where(eq(sessions.id, id));
  expect(row?.reason).toBe('signed_out');
  expect(jar.get('gh.session')).toBe('');
});
