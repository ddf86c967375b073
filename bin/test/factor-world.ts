import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/drizzle/schema';
import { signInAttempts } from '@/drizzle/schema';
import type { AccountActor } from '@/lib/account/actor';
import { database, type Transaction } from '@/lib/io/db';
import { payloadContext } from '@/lib/io/outbox';
import { unseal } from '@/lib/io/seal';
import { newId, newToken } from '@/lib/io/token';
import { addAccount, addSession } from './rows';

type Run = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** Two pools on one database, as two instances of the app have them. */
export function twoPools() {
  const clients = [0, 1].map(() =>
    postgres(process.env.DATABASE_URL ?? '', {
      max: 8,
      onnotice: () => undefined,
      connection: { role: 'gatehouse_app' },
    }),
  );
  const pools = clients.map((client) => drizzle(client, { schema, casing: 'snake_case' }));
  let turn = 0;
  const run: Run = (work) => {
    turn += 1;
    const pool = pools[turn % pools.length];
    if (!pool) throw new Error('there are two pools');
    return pool.transaction(work);
  };
  const close = () => Promise.all(clients.map((client) => client.end()));
  return { run, close };
}

/** A person in a session, with proven addresses. */
export async function personInSession(): Promise<AccountActor & { readonly email: string }> {
  const email = `p-${newId()}@d.example`;
  const account = await addAccount({
    loginEmail: email,
    contactEmail: email,
    contactEmailProvenAt: Date.now(),
  });
  const session = await addSession(account.id);
  return {
    accountId: account.id,
    binding: { sessionId: session.id },
    address: '192.0.2.7',
    userAgent: 'test',
    email,
  };
}

/** The same person part-way through a sign-in. */
export async function attemptOf(actor: AccountActor): Promise<AccountActor> {
  const id = newId();
  await database().insert(signInAttempts).values({
    id,
    tokenHash: newToken(),
    accountId: actor.accountId,
    email: 'p@d.example',
    expiresAt: sql`clock_timestamp() + interval '30 minutes'`,
  });
  return { ...actor, binding: { attemptId: id } };
}

/** The six digits in the message that carries a code. */
export async function codeInMessage(codeId: string): Promise<string> {
  const [row] = await database().execute<{ id: string; sealed_payload: string }>(
    sql`select id, sealed_payload from outbox where subject_id = ${codeId}`,
  );
  if (!row) throw new Error('no message carries this code');
  return JSON.parse(unseal(row.sealed_payload, payloadContext(row.id))).code;
}

/** Six digits that are certainly not the given ones. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

/** Lets time go by for every code and pool of an account. */
export async function letPass(accountId: string, time: string): Promise<void> {
  await database().execute(sql`
    update one_time_codes set created_at = created_at - ${time}::interval, accepted_at = accepted_at - ${time}::interval
    where account_id = ${accountId}`);
  await database().execute(sql`
    update failure_pools set locked_until = locked_until - ${time}::interval,
      reservations = array(select r - ${time}::interval from unnest(reservations) r)
    where account_id = ${accountId}`);
}
