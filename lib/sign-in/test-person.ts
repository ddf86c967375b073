import 'server-only';
import { sql } from 'drizzle-orm';
import { accounts, passwords } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import { hashPassword } from '@/lib/io/hash';
import { newId } from '@/lib/io/token';
import type { TypedLogin } from './verify';

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

let client = 0;

/** A try from an address of its own, so that the limit of one address does not come first. */
export function typed(email: string, password: string, deviceCookie: string | null = null): TypedLogin {
  client += 1;
  const address = `10.${(client >> 16) & 255}.${(client >> 8) & 255}.${client & 255}`;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return { email, domain, password, deviceCookie, address, userAgent: 'test browser' };
}
