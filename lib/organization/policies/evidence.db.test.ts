import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { addPerson, type PolicyWorld, policyWorld, screenOf } from '@/bin/test/policy-world';
import { addDomainPolicy, addOrganization, addSession } from '@/bin/test/rows';
import { domainClaims } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import { days } from '@/lib/policy/time';
import { isEvidence, makeEvidence } from './evidence';
import { memberOutcomes } from './outcomes';
import { replayList } from './replay';
import { changeOf } from './review';
import { policyScreen } from './screen';

afterAll(() => closeDatabase());

async function evidence() {
  const world = await policyWorld();
  await addPerson(world.domain);
  const screen = await policyScreen(world.owner.organizationId);
  if (screen === null) throw new Error('the world has a policy');
  const text = await makeEvidence(world.owner, screen, { from: screen.now - days(30), to: screen.now });
  return { text, world };
}

test('a report names versions, people and the head of the audit, and proves itself', async () => {
  const { text, world } = await evidence();
  const { report } = JSON.parse(text);
  expect(report.domain).toBe(world.domain);
  expect(report.versions).toMatchObject([{ number: 1, state: 'stands', counted: [{ to: report.to }] }]);
  expect(report.active).toEqual([]);
  expect(report.people).toHaveLength(2);
  expect(report.audit.isWhole).toBe(true);
  expect(isEvidence(text)).toBe(true);
});

test('an altered report, and what is no report, prove nothing', async () => {
  const { text, world } = await evidence();
  expect(isEvidence(text.replaceAll(world.domain, 'other.example'))).toBe(false);
  for (const other of ['', '{}', 'null', '{"report":{},"signature":"x"}', '{"report":{}}'])
    expect(isEvidence(other)).toBe(false);
});

/** Another organization's claim, below the domain of this world. */
async function heldBelow(domain: string) {
  const organization = await addOrganization();
  const sub = `sub.${domain}`;
  await addDomainPolicy(organization.id, sub);
  return addPerson(sub);
}

const viewsOf = async (world: PolicyWorld) => {
  const screen = await screenOf(world);
  const range = { from: screen.now - days(30), to: screen.now };
  const { report } = JSON.parse(await makeEvidence(world.owner, screen, range));
  const seen = { evidence: report.people.length, preview: 0, replay: 0 };
  for await (const batch of memberOutcomes(await changeOf(screen, 'activate'))) seen.preview += batch.length;
  const entry = { cidr: '203.0.113.0/24', label: '', expiresAt: null };
  seen.replay = (await replayList(screen.policy, [entry])).signIns;
  return seen;
};

test('evidence, preview and replay show nobody whom another organization’s claim binds, and nobody once the claim ended', async () => {
  const world = await policyWorld();
  await database()
    .update(domainClaims)
    .set({ includesSubdomains: true })
    .where(eq(domainClaims.domain, world.domain));
  const [foreign, own] = [await heldBelow(world.domain), await addPerson(`own.${world.domain}`)];
  for (const id of [foreign, own]) await addSession(id);
  expect(await viewsOf(world)).toEqual({ evidence: 2, preview: 2, replay: 1 });
  await database()
    .update(domainClaims)
    .set({ state: 'revoked', endedAt: Date.now() })
    .where(eq(domainClaims.domain, world.domain));
  expect(await viewsOf(world)).toEqual({ evidence: 0, preview: 0, replay: 0 });
  const next = await addOrganization();
  await addDomainPolicy(next.id, world.domain, { lockoutMinutes: 77 });
  const { inForce } = await screenOf(world);
  expect([inForce.values.lockoutMinutes, inForce.layers]).toEqual([15, []]);
});
