import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { addPerson, policyWorld } from '@/bin/test/policy-world';
import { addSession } from '@/bin/test/rows';
import { sessions } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { findPolicy } from './records';
import { replayList } from './replay';

afterAll(() => closeDatabase());

async function signedIn(accountId: string, address: string, daysAgo = 1) {
  const { id } = await addSession(accountId);
  const at = sql`now() - make_interval(days => ${daysAgo})`;
  await database()
    .update(sessions)
    .set({ address, createdAt: at, lastActiveAt: at })
    .where(eq(sessions.id, id));
}

it('holds a list against the sign-ins of the last 30 days of the domain’s people alone', async () => {
  const world = await policyWorld();
  const other = await policyWorld();
  const [ann, bo] = [await addPerson(world.domain), await addPerson(world.domain)];
  await signedIn(ann, '192.0.2.5');
  await signedIn(ann, '198.51.100.8');
  await signedIn(ann, '198.51.100.8', 2);
  await signedIn(bo, '198.51.100.8', 29);
  await signedIn(bo, '198.51.100.8', 31);
  await signedIn(await addPerson(other.domain), '203.0.113.1');
  const policy = await findPolicy(database(), world);
  if (policy === null) throw new Error('no policy');
  const entry = (cidr: string) => ({ cidr, label: '', expiresAt: null });
  const replay = await replayList(policy, [entry('192.0.2.0/24'), entry('2001:db8::/32')]);
  expect(replay).toMatchObject({
    signIns: 4,
    refusedSignIns: 3,
    refused: [{ address: '198.51.100.8', signIns: 3, people: 2 }],
  });
  expect(Object.keys(replay.lastHits)).toEqual(['192.0.2.0/24']);
});
