import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { outageOf } from './outage';
import { patientClient } from './patient-client';

const patience = 1500;

/** A pool as the app has it, but smaller and less patient. */
function pool(url = process.env.DATABASE_URL ?? '') {
  const client = patientClient(() => postgres(url, { max: 1, onnotice: () => undefined }), patience);
  return drizzle(client, { casing: 'snake_case' });
}

type Pool = ReturnType<typeof pool>;
type Asking = Pick<Pool, 'execute'>;

const pidOf = async (asking: Asking) => {
  const [row] = await asking.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row?.pid ?? 0;
};

const failureOf = (asked: Promise<unknown>) => asked.then(() => null, outageOf);
const one = (asking: Asking) => asking.execute(sql`select 1`);

const frozen = new Set<number>();
const freeze = (pid: number) => {
  process.kill(pid, 'SIGSTOP');
  frozen.add(pid);
};

/** A backend that was given up ends as soon as it wakes. */
afterEach(() => {
  for (const pid of frozen) process.kill(pid, 'SIGCONT');
  frozen.clear();
});

test('a database that says nothing is an outage, and another connection serves', async () => {
  const client = pool();
  const pid = await pidOf(client);
  freeze(pid);
  expect(await failureOf(one(client))).not.toBeNull();
  expect(await pidOf(client)).not.toBe(pid);
  await client.$client.end();
});

test('whoever asks again and again does not keep a silent connection alive', async () => {
  const client = pool();
  freeze(await pidOf(client));
  const asking: Promise<unknown>[] = [];
  const again = setInterval(() => asking.push(failureOf(one(client))), patience / 10);
  expect(await failureOf(one(client))).not.toBeNull();
  clearInterval(again);
  await Promise.all(asking);
  await client.$client.end();
});

test.for(['before it begins', 'within it', 'as it ends'])(
  'a transaction is an outage where the database falls silent %s, and the next one serves',
  async (moment) => {
    const client = pool();
    const pid = await pidOf(client);
    if (moment === 'before it begins') freeze(pid);
    const changed = client.transaction(async (tx) => {
      await one(tx);
      freeze(pid);
      if (moment === 'within it') await one(tx);
    });
    expect(await failureOf(changed)).not.toBeNull();
    expect(await client.transaction(pidOf)).not.toBe(pid);
    await client.$client.end();
  },
);

test('a transaction may think for long between its statements', async () => {
  const client = pool();
  const pids = await client.transaction(async (tx) => {
    const before = await pidOf(tx);
    await pause(patience * 2);
    return [before, await pidOf(tx)];
  });
  expect(pids[0]).toBe(pids[1]);
  await client.$client.end();
});

test('a connection that waits for nothing, or is answered late but in time, is kept', async () => {
  const client = pool();
  const pid = await pidOf(client);
  await client.execute(sql`select pg_sleep(${(patience / 1000) * 0.5})`);
  await pause(patience * 2);
  expect(await pidOf(client)).toBe(pid);
  await client.$client.end();
});

test('types are read alike after the connections were given up', async () => {
  const client = pool();
  const read = () =>
    client.execute(sql`select '2026-05-03T00:00:00Z'::timestamptz as at, '{"a":1}'::jsonb as json`);
  const before = await read();
  freeze(await pidOf(client));
  expect(await failureOf(one(client))).not.toBeNull();
  expect([...(await read())]).toEqual([...before]);
  await client.$client.end();
});

test('nobody listening is told at once, and the pool is not used up by it', async () => {
  const client = pool('postgres://nobody@127.0.0.1:1/none');
  for (let count = 0; count < 3; count += 1) expect(await failureOf(one(client))).not.toBeNull();
  await client.$client.end();
});
