import { afterAll, expect, test } from 'vitest';
import { policyWorld, savePolicy, screenOf, seenOf } from '@/bin/test/policy-world';
import { closeDatabase } from '@/lib/io/db';
import { defaultPolicy, type Policy } from '@/lib/policy/policy';
import { days } from '@/lib/policy/time';
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
  await saveDraft(world.owner, world.domain, { seen: await seenOf(world), activate: false });
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
