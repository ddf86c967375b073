import { afterAll, expect, test } from 'vitest';
import { policyWorld, savePolicy, screenOf, seenOf } from '@/bin/test/policy-world';
import { closeDatabase } from '@/lib/io/db';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days } from '@/lib/policy/time';
import { disablePolicy } from './activation';
import { editDraft } from './drafts';
import { changeOf } from './review';
import { saveDraft } from './save';

afterAll(() => closeDatabase());

const policy = (more: Partial<Policy>): Policy => ({ ...defaultPolicy, singleWebSession: false, ...more });

test('an unrelated save moves neither spread expiries nor the moment rules reach old passwords', async () => {
  const world = await policyWorld();
  await savePolicy(world, policy({}), { activate: true });
  const strict = { passwordLengthMin: 12, passwordExpirationDays: 90 };
  const date = (await screenOf(world)).now + days(30);
  const terms = { tightening: { applies: 'by_date', date }, expirationSpreadDays: 30 } as const;
  await savePolicy(world, policy(strict), { terms });
  const { newest } = await screenOf(world);
  const kept = { tightening: 'by_date', tighteningBy: date, expirationSpreadDays: 30 };
  const body = policy({ ...strict, lockoutMinutes: 60 });
  await editDraft(world.owner, world.domain, { body, seen: await seenOf(world) });
  expect((await changeOf(await screenOf(world), 'save')).after).toMatchObject(kept);
  await saveDraft(world.owner, world.domain, { seen: await seenOf(world), isActive: true, activate: false });
  expect((await screenOf(world)).newest).toMatchObject({
    ...kept,
    expirationEnabledAt: newest.expirationEnabledAt,
    body: { lockoutMinutes: 60 },
  });
});

test('a rule tightened anew takes the terms of its own save', async () => {
  const world = await policyWorld();
  await savePolicy(world, policy({}), { activate: true });
  const by = { tightening: { applies: 'next_change' } } as const;
  await savePolicy(world, policy({ passwordLengthMin: 12 }), { terms: by });
  await savePolicy(world, policy({ passwordLengthMin: 14 }));
  expect((await screenOf(world)).newest.tightening).toBe('next_sign_in');
});

test('a policy switched off and on without a rule, then with it, starts no new grace', async () => {
  const world = await policyWorld();
  const mandate = { secondFactorRequired: true, passwordExpirationDays: 90 };
  await savePolicy(world, policy(mandate), { activate: true });
  const { newest: first } = await screenOf(world);
  await disablePolicy(world.owner, world.domain);
  await savePolicy(world, policy({}), { activate: true });
  await savePolicy(world, policy(mandate));
  const { secondFactorEnabledAt, expirationEnabledAt } = first;
  expect((await screenOf(world)).newest).toMatchObject({ secondFactorEnabledAt, expirationEnabledAt });
});

test('a version scheduled while an activation awaits its confirmation keeps the dates of its rules', async () => {
  const world = await policyWorld();
  const mandate = { singleWebSession: true, passwordExpirationDays: 90 };
  const { confirmBy } = await savePolicy(world, policy(mandate), { activate: true });
  expect(confirmBy).not.toBeNull();
  const { newest, now } = await screenOf(world);
  const effectiveFrom = now + days(30);
  await savePolicy(world, policy({ ...mandate, lockoutMinutes: 60 }), { terms: { effectiveFrom } });
  const { expirationEnabledAt } = newest;
  expect((await screenOf(world)).newest).toMatchObject({ effectiveFrom, expirationEnabledAt });
});
