import 'server-only';
import { eq } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { database } from '@/lib/io/db';
import type { Result } from '@/lib/policy/result';
import type { BegunAttempt } from './attempts';
import { type Admission, type Registration, type RegistrationRefusal, register } from './registration';

/** Whether the invited address has a proven account, which then signs in; asked only by whoever holds the mailed link. */
export async function hasProvenAccount(email: string): Promise<boolean> {
  const [row] = await database()
    .select({ provenAt: accounts.loginEmailProvenAt })
    .from(accounts)
    .where(eq(accounts.loginEmail, email));
  return row != null && row.provenAt !== null;
}

type Invited = Omit<Registration, 'door' | 'returnTo'> & { readonly slug: string };

/** Creates the account of somebody invited; `accept` uses the invitation and joins, in the same transaction. */
export function registerByInvitation(
  { slug, ...invited }: Invited,
  accept: Admission,
): Promise<Result<BegunAttempt, RegistrationRefusal>> {
  return register({ ...invited, door: 'invitation', returnTo: `/organizations/${slug}/members` }, accept);
}
