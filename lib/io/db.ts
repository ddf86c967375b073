import 'server-only';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from '@/drizzle/schema';
import { type Instant, seconds } from '@/lib/policy/time';
import { settings } from './env';
import { Outage, outageOf } from './outage';
import { patientClient } from './patient-client';
import { processWide } from './process-wide';
import { keepParametersOutOfErrors } from './query-error';

/** Made by the first migration. It may neither change nor delete audit rows, and owns nothing. */
export const applicationRole = 'gatehouse_app';

const poolSize = 10;
/** Places kept free for single statements, so that transactions alone cannot exhaust the pool. */
const reservedForStatements = 2;
const patience = seconds(5);

const longestStatement = seconds(15);
/** A server that lives has answered by then, be it that the statement took too long. */
const silence = longestStatement + seconds(1);

const session = {
  application_name: 'gatehouse',
  role: applicationRole,
  TimeZone: 'UTC',
  statement_timeout: longestStatement,
  lock_timeout: seconds(5),
  idle_in_transaction_session_timeout: seconds(30),
} as const;

const open = (max: number) =>
  postgres(settings().databaseUrl, {
    max,
    connect_timeout: 5,
    idle_timeout: max === 1 ? undefined : 60,
    backoff: (tries: number) => Math.min(2, 0.05 * 2 ** tries),
    onnotice: () => undefined,
    connection: session,
  });

function connect() {
  keepParametersOutOfErrors();
  const client = patientClient(() => open(poolSize), silence);
  return drizzle(client, { schema, casing: 'snake_case' });
}

/** A client of its own for what must not wait in the pool: listening for notifications. */
export const listeningClient = () => open(1);

export type Database = ReturnType<typeof connect>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** Reads take either; what must stand or fall together takes a `Transaction`. */
export type Executor = Database | Transaction;

/** The pool of this process. */
export function database(): Database {
  return processWide('database', connect);
}

type Gate = { free: number; readonly waiting: (() => void)[] };

const gate = (): Gate =>
  processWide('transactions', () => ({ free: poolSize - reservedForStatements, waiting: [] }));

function enter(): Promise<void> {
  const here = gate();
  if (here.free > 0) {
    here.free -= 1;
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const go = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      here.waiting.splice(here.waiting.indexOf(go), 1);
      reject(new Outage('no database connection became free in time'));
    }, patience);
    here.waiting.push(go);
  });
}

function leave(): void {
  const here = gate();
  const next = here.waiting.shift();
  if (next) next();
  else here.free += 1;
}

/** Runs in one transaction: all of it stands or none. Throws `Outage` when the database does not answer. */
export async function transaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  await enter();
  try {
    return await database().transaction(run);
  } catch (error) {
    throw outageOf(error) ?? error;
  } finally {
    leave();
  }
}

/** The one clock, read at this moment and not at the transaction's start. */
export async function now(executor: Executor): Promise<Instant> {
  const [row] = await executor.execute<{ at: string }>(
    sql`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as at`,
  );
  return Number(row?.at);
}

/** Closes the pool; the next call of `database` would not open another. */
export async function closeDatabase(): Promise<void> {
  await database().$client.end({ timeout: 5 });
}
