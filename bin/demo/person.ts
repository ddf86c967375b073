import { sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { preparePassword } from '@/lib/account/new-password';
import { storePassword } from '@/lib/account/passwords';
import { accountChain, recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { policyForNewAccount } from '@/lib/session/policy-in-force';

export type NewPerson = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly organization: string;
};

/** A person whose address is proven, with a password that met the policy in force. Returns the account's id. */
export async function addPerson(tx: Transaction, person: NewPerson): Promise<string> {
  const { email, name, password, organization } = person;
  const accountId = newId();
  const loginDomain = email.slice(email.lastIndexOf('@') + 1);
  const proven = { loginEmailProvenAt: sql`now()`, contactEmail: email, contactEmailProvenAt: sql`now()` };
  await tx.insert(accounts).values({ id: accountId, loginEmail: email, loginDomain, name, ...proven });
  const prepared = await preparePassword({
    door: 'sign_up',
    candidate: password,
    policy: await policyForNewAccount(tx, loginDomain),
    for: { names: { person: name, login: email, organizations: [organization] } },
  });
  if (!prepared.ok) throw new Error(`the demo's password was refused: ${JSON.stringify(prepared.error)}`);
  const actor = { kind: 'account', id: accountId } as const;
  const stored = await storePassword(tx, {
    accountId,
    loginEmail: email,
    prepared: prepared.value,
    actor,
    personal: { email },
    keep: { sessionId: null, attemptId: null },
  });
  if (!stored.ok) throw new Error(`${email} had a password already`);
  await recordAudit(tx, {
    chain: accountChain(accountId),
    event: 'account.created',
    actor,
    result: 'success',
    after: { door: 'demo' },
    personal: { email },
  });
  return accountId;
}
