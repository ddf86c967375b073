import postgres from 'postgres';
import { expect, test } from 'vitest';
import { isReady } from './readiness';

test('an instance is ready at the newest schema and not before it', async () => {
  expect(await isReady()).toBe(true);
  const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
  const [newest] = await owner`
    delete from drizzle.__drizzle_migrations
    where created_at = (select max(created_at) from drizzle.__drizzle_migrations) returning *`;
  expect(await isReady()).toBe(false);
  await owner`insert into drizzle.__drizzle_migrations ${owner(newest ?? {})}`;
  await owner.end();
  expect(await isReady()).toBe(true);
});

test('without its tables an instance is not ready', async () => {
  const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => undefined });
  await owner`alter schema drizzle rename to elsewhere`;
  expect(await isReady()).toBe(false);
  await owner`alter schema elsewhere rename to drizzle`;
  await owner.end();
});
