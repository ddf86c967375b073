import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { databaseUrl, TEMPLATE } from './database';

const server = inject('postgresUrl');
const name = `test_${randomBytes(8).toString('hex')}`;

const client = postgres(server, { max: 1, onnotice: () => undefined });
await client.unsafe(`create database ${name} template ${TEMPLATE}`);
await client.end();

// Set before any file of the product is imported, since it reads its settings once.
process.env.DATABASE_URL = databaseUrl(server, name);
process.env.GATEHOUSE_SECRET = 'a secret for tests only, 32 bytes or more';
process.env.APP_URL = 'http://localhost:3000';
process.env.DEV_DESK = 'on';
process.env.LOG_LEVEL = 'silent';

afterAll(async () => {
  const cleaner = postgres(server, { max: 1, onnotice: () => undefined });
  await cleaner.unsafe(`drop database if exists ${name} with (force)`);
  await cleaner.end();
});
