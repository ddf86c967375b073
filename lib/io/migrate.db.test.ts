import postgres from 'postgres';
import { expect, test } from 'vitest';
import { migrate } from './migrate';

test('instances that start together migrate once', async () => {
  const url = process.env.DATABASE_URL ?? '';
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  await client`drop schema public cascade`;
  await client`drop schema drizzle cascade`;
  await client`create schema public`;
  await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const applied =
    await client`select hash, count(*)::int as times from drizzle.__drizzle_migrations group by hash`;
  await client.end();
  expect(applied.length).toBeGreaterThan(0);
  expect(applied.every(({ times }) => times === 1)).toBe(true);
});
