import { afterAll, expect, test } from 'vitest';
import { addPerson, policyWorld } from '@/bin/test/policy-world';
import { closeDatabase } from '@/lib/io/db';
import { days } from '@/lib/policy/time';
import { isEvidence, makeEvidence } from './evidence';
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
  expect(report.versions.length).toBeGreaterThan(0);
  expect(report.people.length).toBeGreaterThan(0);
  expect(report.audit.isWhole).toBe(true);
  expect(isEvidence(text)).toBe(true);
});

test('an altered report, and what is no report, prove nothing', async () => {
  const { text, world } = await evidence();
  expect(isEvidence(text.replaceAll(world.domain, 'other.example'))).toBe(false);
  for (const other of ['', '{}', 'null', '{"report":{},"signature":"x"}', '{"report":{}}'])
    expect(isEvidence(other)).toBe(false);
});
