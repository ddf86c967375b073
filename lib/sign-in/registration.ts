import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import {
  type PasswordDoor,
  type PreparedPassword,
  preparePassword,
  type WishRefusal,
} from '@/lib/account/new-password';
import { storePassword } from '@/lib/account/passwords';
import { emptyUnproven } from '@/lib/account/unproven';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { parseContactEmail, parseLoginEmail } from '@/lib/policy/address';
import type { EffectivePolicy } from '@/lib/policy/effective';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Joining } from '@/lib/session/layers';
import { policyForNewAccount } from '@/lib/session/policy-in-force';
import { type BegunAttempt, beginAttempt, recordOriginProof, recordPasswordProof } from './attempts';

/** A person whose mailed link proved the address, and what they chose. */
export type Registration = {
  readonly door: Extract<PasswordDoor, 'sign_up' | 'invitation'>;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Names the password may not contain, besides the person's and the login. */
  readonly organization: string;
  /** The organization that invited them, whose own dates of the programme bind them from the start. */
  readonly joining: Joining | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly returnTo: string | null;
};

/** What makes the registration right or undoes it: uses the link and joins or creates the organization. */
export type Admission = (tx: Transaction, accountId: string) => Promise<boolean>;

export type RegistrationRefusal =
  | WishRefusal
  /** The link was used, withdrawn or is too old. */
  | { readonly code: 'link_gone' }
  | { readonly code: 'account_exists' };

/** Undoes the transaction, and is caught right outside it. */
class Undone extends Error {
  constructor(readonly refusal: RegistrationRefusal) {
    super(refusal.code);
  }
}

/** The policy that will bind the new account, for the checklist and the check. */
export async function registrationPolicy(email: string, joining: Joining | null): Promise<EffectivePolicy> {
  const parsed = parseLoginEmail(email);
  if (!parsed.ok) throw new Error('a link was mailed to an address that does not parse');
  return policyForNewAccount(database(), parsed.value.domain, joining);
}

/** The account of a proven address: a new one, or an old unproven one, emptied first. Proving it once counts for both addresses. */
async function insertAccount(tx: Transaction, { email, name }: Registration): Promise<string | null> {
  const contact = parseContactEmail(email);
  const proven = { name, loginEmailProvenAt: sql`clock_timestamp()` };
  const contactEmail = contact.ok
    ? { contactEmail: contact.value.email, contactEmailProvenAt: sql`clock_timestamp()` }
    : { contactEmail: null, contactEmailProvenAt: null };
  const loginDomain = email.slice(email.lastIndexOf('@') + 1);
  const [made] = await tx
    .insert(accounts)
    .values({ id: newId(), loginEmail: email, loginDomain, ...proven, ...contactEmail })
    .onConflictDoNothing({ target: accounts.loginEmail })
    .returning({ id: accounts.id });
  if (made) return made.id;
  const [old] = await tx
    .select({ id: accounts.id, provenAt: accounts.loginEmailProvenAt })
    .from(accounts)
    .where(eq(accounts.loginEmail, email))
    .for('no key update');
  if (!old || old.provenAt !== null) return null;
  await emptyUnproven(tx, old.id);
  await tx
    .update(accounts)
    .set({ ...proven, ...contactEmail })
    .where(eq(accounts.id, old.id));
  return old.id;
}

async function write(
  tx: Transaction,
  registration: Registration,
  { prepared, admit }: { prepared: PreparedPassword; admit: Admission },
): Promise<BegunAttempt> {
  const { email, address, userAgent, returnTo } = registration;
  const accountId = await insertAccount(tx, registration);
  if (accountId === null) throw new Undone({ code: 'account_exists' });
  if (!(await admit(tx, accountId))) throw new Undone({ code: 'link_gone' });
  const actor = { kind: 'account', id: accountId } as const;
  const personal = { email, address, userAgent };
  const stored = await storePassword(tx, {
    accountId,
    loginEmail: email,
    prepared,
    actor,
    personal,
    keep: { sessionId: null, attemptId: null },
  });
  if (!stored.ok) throw new Undone({ code: 'account_exists' });
  await recordAudit(tx, {
    chain: accountChain(accountId),
    event: 'account.created',
    actor,
    result: 'success',
    after: { door: registration.door },
    personal,
  });
  const client = { kind: 'web', name: null } as const;
  const attempt = await beginAttempt(tx, { email, accountId, client, address, userAgent, returnTo });
  await recordPasswordProof(tx, attempt.id, { isBelowPolicy: false, isBreached: false, deviceId: null });
  await recordOriginProof(tx, attempt.id);
  return attempt;
}

/**
 * Makes an account for a proven address, with its password and its first organization, in one transaction: of many submits of
 * one link one succeeds. It ends in an attempt, so that whatever the policy asks is asked before there is a session.
 */
export async function register(
  registration: Registration,
  admit: Admission,
): Promise<Result<BegunAttempt, RegistrationRefusal>> {
  const { email, name, organization, door, password } = registration;
  const prepared = await preparePassword({
    door,
    candidate: password,
    policy: await registrationPolicy(email, registration.joining),
    for: { names: { person: name, login: email, organizations: [organization] } },
  });
  if (!prepared.ok) return prepared;
  try {
    return ok(await transaction((tx) => write(tx, registration, { prepared: prepared.value, admit })));
  } catch (error) {
    if (error instanceof Undone) return fail(error.refusal);
    throw error;
  }
}
