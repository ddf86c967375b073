import 'server-only';
import { sql } from 'drizzle-orm';
import { accounts, passwords } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { hashPassword } from '@/lib/io/hash';
import { newId } from '@/lib/io/token';

export const rightPassword = 'gravel-orbit-77-Tulip';
export const otherPassword = 'velvet-anchor-12-Moss';

let hashed: Promise<string> | null = null;

async function hashOnce(): Promise<string> {
  const hash = await hashPassword(rightPassword);
  if (!hash.ok) throw new Error('nothing else hashes in a test');
  return hash.value;
}

export type TestPerson = { readonly id: string; readonly email: string };

/** A person with proven addresses and `rightPassword`. Only for tests. */
export async function newTestPerson(given: Partial<typeof passwords.$inferInsert> = {}): Promise<TestPerson> {
  const id = newId();
  const email = `${id}@people.example`;
  const proven = sql`now() - interval '2 days'`;
  hashed ??= hashOnce();
  await database().insert(accounts).values({
    id,
    loginEmail: email,
    loginDomain: 'people.example',
    loginEmailProvenAt: proven,
    contactEmail: email,
    contactEmailProvenAt: proven,
    name: 'Ann Archer',
  });
  await database()
    .insert(passwords)
    .values({ id: newId(), accountId: id, hash: await hashed, origin: 'self', setAt: proven, ...given });
  return { id, email };
}
