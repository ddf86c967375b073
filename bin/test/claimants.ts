import { database, transaction } from '@/lib/io/db';
import { beginAttempt, recordPasswordProof } from '@/lib/sign-in/attempts';
import { findClaimant } from '@/lib/sign-in/claimant';

type Person = { readonly id: string; readonly email: string };
type Client = { readonly address: string; readonly userAgent: string };

/** The id of an attempt in a browser in which an email was typed, and nothing else. */
export async function openAttempt({ id, email }: Person, client: Client): Promise<string> {
  const web = { kind: 'web', name: null } as const;
  const attempt = await beginAttempt(database(), {
    email,
    accountId: id,
    client: web,
    ...client,
    returnTo: null,
  });
  return attempt.id;
}

/** The id of an attempt in which the right password was typed, and nothing else. */
export async function attemptAfterPassword(person: Person, client: Client): Promise<string> {
  const id = await openAttempt(person, client);
  const proof = { isBelowPolicy: false, isBreached: false, deviceId: null };
  await transaction((tx) => recordPasswordProof(tx, id, proof));
  return id;
}

/** Whoever stands behind an attempt, which must be open. */
export async function claimantOfAttempt(id: string, { address }: Client) {
  const claimant = await findClaimant({ id }, address);
  if (claimant === null) throw new Error('the attempt is open');
  return claimant;
}
