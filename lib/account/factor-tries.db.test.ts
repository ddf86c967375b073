import { and, eq, sql } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { afterAll, describe, expect, test } from 'vitest';
import { attemptOf, codeInMessage, letPass, personInSession, twoPools } from '@/bin/test/factor-world';
import { failurePools, outbox, totpAuthenticators } from '@/drizzle/schema';
import { closeDatabase, database, now } from '@/lib/io/db';
import type { ProofMethod } from '@/lib/policy/second-factor';
import type { AccountActor } from './actor';
import { makeFirstBackupCodes, readBackupCodes } from './backup-codes';
import { sendCode, verifyCode } from './codes';
import { type TypedMethod, verifyFactor } from './factor-proof';
import { clearTries } from './factor-tries';
import { beginTotp, confirmTotp, pendingTotp } from './totp';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

const offered: readonly ProofMethod[] = ['totp', 'email', 'backup'];

const answer = async (actor: AccountActor, method: TypedMethod, code: string) => {
  const use = { actor, purpose: 'sign_in', standing: { offered }, lifetimeMinutes: 15 } as const;
  const result = await run((tx) => verifyFactor(tx, use, { method, code }));
  return result.ok ? 'ok' : result.error.code;
};

const codeNow = async (secret: string) =>
  generateSync({ secret, epoch: Math.floor((await now(database())) / 1000) });

/** Somebody with an app, backup codes and a sign-in under way. */
async function withApp() {
  const person = await personInSession();
  await run((tx) => beginTotp(tx, person));
  const secret = (await pendingTotp(database(), person, 'p@d.example'))?.secret ?? '';
  expect((await run(async (tx) => confirmTotp(tx, person, await codeNow(secret)))).ok).toBe(true);
  await run((tx) => makeFirstBackupCodes(tx, person.accountId));
  const actor = await attemptOf(person);
  const right = async () => {
    await database()
      .update(totpAuthenticators)
      .set({ lastStep: null })
      .where(eq(totpAuthenticators.accountId, actor.accountId));
    return answer(actor, 'totp', await codeNow(secret));
  };
  const backup = async () => (await readBackupCodes(database(), actor.accountId))[0]?.code ?? '';
  const wrong = () => answer(actor, 'totp', 'x');
  return { actor, right, wrong, backup, current: () => codeNow(secret) };
}

/** As if that many tries by a method had failed without a success, over days. */
const failed = (actor: AccountActor, method: TypedMethod, failures: number) =>
  run(async (tx) => {
    await clearTries(tx, actor.accountId);
    const use = { actor, purpose: 'sign_in', standing: { offered }, lifetimeMinutes: 15 } as const;
    await verifyFactor(tx, use, { method, code: 'x' });
    await tx
      .update(failurePools)
      .set({ failuresSinceSuccess: failures, reservations: [] })
      .where(and(eq(failurePools.accountId, actor.accountId), sql`failures_since_success > 0`));
  });

const told = async ({ accountId }: AccountActor) => {
  const rows = await database()
    .select({ data: outbox.data })
    .from(outbox)
    .where(and(eq(outbox.accountId, accountId), eq(outbox.kind, 'many_failures')))
    .orderBy(outbox.sequence);
  return rows.map(({ data }) => (data as { failures: number }).failures);
};

describe('the ceiling of a hundred failures without a success', () => {
  test('switches a method off at the hundred and first try, however right, and leaves the others', async () => {
    const { actor, right, wrong } = await withApp();
    await failed(actor, 'totp', 99);
    expect(await wrong()).toBe('code_wrong');
    expect(await right()).toBe('method_off');
    expect(await answer(actor, 'backup', 'x')).toBe('code_wrong');
  });

  test('is not reached by a right code at the hundredth try', async () => {
    const { actor, right } = await withApp();
    await failed(actor, 'totp', 99);
    expect(await right()).toBe('ok');
    expect(await right()).toBe('ok');
  });

  test('is lifted by a backup code', async () => {
    const { actor, right, backup } = await withApp();
    await failed(actor, 'totp', 100);
    expect(await right()).toBe('method_off');
    expect(await answer(actor, 'backup', await backup())).toBe('ok');
    expect(await right()).toBe('ok');
  });

  test('is lifted by another factor', async () => {
    const { actor, right } = await withApp();
    await failed(actor, 'totp', 100);
    const sent = await run((tx) =>
      sendCode(tx, {
        accountId: actor.accountId,
        purpose: 'sign_in',
        channel: 'email',
        binding: actor.binding,
        destination: 'p@d.example',
        proven: true,
        lifetimeMinutes: 15,
        address: null,
      }),
    );
    if (!sent.ok) throw new Error(sent.error.code);
    expect(await answer(actor, 'email', await codeInMessage(sent.value.id))).toBe('ok');
    expect(await right()).toBe('ok');
  });

  test('is lifted by an admin’s cool-down, and by nothing that time brings', async () => {
    const { actor, right } = await withApp();
    await failed(actor, 'totp', 100);
    await letPass(actor.accountId, '400 days');
    expect(await right()).toBe('method_off');
    await run((tx) => clearTries(tx, actor.accountId));
    expect(await right()).toBe('ok');
  });

  test('lets fifty tries at once through only as far as there is room', async () => {
    const { actor, wrong } = await withApp();
    await failed(actor, 'totp', 97);
    const answers = await Promise.all(Array.from({ length: 50 }, wrong));
    expect(answers.filter((each) => each === 'code_wrong')).toHaveLength(3);
    expect(answers.filter((each) => each === 'method_off')).toHaveLength(47);
  });
});

describe('each tenth failure in a row', () => {
  test('is mailed once, and what costs no try is not', async () => {
    const { actor, wrong, current } = await withApp();
    await failed(actor, 'totp', 8);
    await wrong();
    expect(await told(actor)).toEqual([]);
    await wrong();
    expect(await told(actor)).toEqual([10]);
    // Right, but a later time step was used: no failure, so nobody is told again.
    await database()
      .update(totpAuthenticators)
      .set({ lastStep: 9_999_999_999 })
      .where(eq(totpAuthenticators.accountId, actor.accountId));
    expect(await answer(actor, 'totp', await current())).toBe('code_used');
    expect(await told(actor)).toEqual([10]);
    await failed(actor, 'totp', 99);
    await wrong();
    expect(await told(actor)).toEqual([10, 100]);
    for (let time = 0; time < 5; time += 1) expect(await wrong()).toBe('method_off');
    expect(await told(actor)).toEqual([10, 100]);
  });

  test('of codes is mailed, also of those that prove where a set-up comes from, older ones left out', async () => {
    const person = await attemptOf(await personInSession());
    const wanted = {
      accountId: person.accountId,
      purpose: 'prove_origin',
      channel: 'email',
      binding: person.binding,
      destination: 'p@d.example',
      proven: true,
      lifetimeMinutes: 15,
      address: null,
    } as const;
    const send = async () => {
      const sent = await run((tx) => sendCode(tx, wanted));
      if (!sent.ok) throw new Error(sent.error.code);
      return codeInMessage(sent.value.id);
    };
    const older = await send();
    await letPass(person.accountId, '61 seconds');
    const newest = await send();
    await failed(person, 'email', 9);
    const wrong = [1, 2, 3].map((by) => String((Number(newest) + by) % 1_000_000).padStart(6, '0'));
    await run((tx) => verifyCode(tx, wanted, wrong.find((code) => code !== older) ?? ''));
    expect(await told(person)).toEqual([10]);
    for (let time = 0; time < 3; time += 1) await run((tx) => verifyCode(tx, wanted, older));
    expect(await told(person)).toEqual([10]);
  });
});
