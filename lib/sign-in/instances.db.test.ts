import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { newTestPerson } from '@/lib/account/test-person';
import { closeDatabase, database } from '@/lib/io/db';

const run = promisify(execFile);

/** Another process on the same database, as a second instance of the app is. */
async function instance(email: string, network: string): Promise<readonly string[]> {
  const flags = ['--conditions=react-server', '--import', 'tsx'];
  const { stdout } = await run(
    process.execPath,
    [...flags, 'bin/test/wrong-passwords.ts', email, network, '50'],
    {
      env: process.env,
    },
  );
  return JSON.parse(stdout);
}

afterAll(closeDatabase);

test('of a hundred wrong passwords over two processes exactly five are verified', {
  timeout: 90_000,
}, async () => {
  const person = await newTestPerson();
  const codes = (
    await Promise.all([instance(person.email, '10.1.0'), instance(person.email, '10.2.0')])
  ).flat();
  expect(codes).toHaveLength(100);
  expect(codes.filter((code) => code === 'wrong')).toHaveLength(4);
  expect(codes.filter((code) => code === 'locked' || code === 'wait')).toHaveLength(96);
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from audit_events where account_id = ${person.id} and event in ('password.wrong', 'password.locked')`);
  expect(row?.count).toBe(5);
});
