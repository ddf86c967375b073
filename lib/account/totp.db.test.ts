import { eq } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { afterAll, describe, expect, test } from 'vitest';
import { attemptOf, letPass, otherThan, personInSession, twoPools } from '@/bin/test/factor-world';
import { totpAuthenticators } from '@/drizzle/schema';
import { closeDatabase, database, now } from '@/lib/io/db';
import type { AccountActor } from './actor';
import { beginTotp, confirmTotp, pendingTotp, verifyTotp } from './totp';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

const codeOf = async (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor((await now(database())) / 1000) + steps * 30 });

/** Time for a few requests before the next time step begins, so that each meets the step it was made for. */
async function earlyInStep(): Promise<void> {
  const left = 30_000 - ((await now(database())) % 30_000);
  if (left < 8000) await new Promise((resolve) => setTimeout(resolve, left + 50));
}

async function begun(actor: AccountActor): Promise<string> {
  await run((tx) => beginTotp(tx, actor));
  const pending = await pendingTotp(database(), actor, 'p@d.example');
  if (!pending) throw new Error('a set-up runs');
  return pending.secret;
}

const confirm = async (actor: AccountActor, typed: string) => {
  const result = await run((tx) => confirmTotp(tx, actor, typed));
  return result.ok ? 'ok' : result.error.code;
};

const verify = async (actor: AccountActor, typed: string) => {
  const result = await run((tx) => verifyTotp(tx, actor.accountId, typed));
  return result.ok ? 'ok' : result.error.code;
};

const forgetStep = (actor: AccountActor) =>
  database()
    .update(totpAuthenticators)
    .set({ lastStep: null })
    .where(eq(totpAuthenticators.accountId, actor.accountId));

async function withApp() {
  const actor = await personInSession();
  const secret = await begun(actor);
  expect(await confirm(actor, await codeOf(secret))).toBe('ok');
  await forgetStep(actor);
  return { actor, secret };
}

describe('one time step opens once', () => {
  test('of 50 submits at once over two pools, thirty rounds', { timeout: 180_000 }, async () => {
    const { actor, secret } = await withApp();
    for (let round = 0; round < 30; round += 1) {
      await forgetStep(actor);
      const code = await codeOf(secret);
      const answers = await Promise.all(Array.from({ length: 50 }, () => verify(actor, code)));
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
    }
  });

  test('and no earlier step after a later one', { timeout: 40_000 }, async () => {
    const { actor, secret } = await withApp();
    await earlyInStep();
    expect(await verify(actor, await codeOf(secret, 1))).toBe('ok');
    expect(await verify(actor, await codeOf(secret, 0))).toBe('code_used');
    expect(await verify(actor, await codeOf(secret, -1))).toBe('code_used');
  });

  test('one step of drift each way, not two', { timeout: 40_000 }, async () => {
    const { actor, secret } = await withApp();
    await earlyInStep();
    for (const [steps, answer] of [
      [-2, 'code_wrong'],
      [-1, 'ok'],
      [0, 'ok'],
      [1, 'ok'],
      [3, 'code_wrong'],
    ] as const)
      expect(await verify(actor, await codeOf(secret, steps))).toBe(answer);
  });
});

describe('what is typed', () => {
  test('malformed codes are wrong, never an error', async () => {
    const { actor } = await withApp();
    for (const typed of ['', '12345', 'abcdef', '1e5', '\0', '-12345', '１e５４３２', '9'.repeat(500)])
      expect(await verify(actor, typed)).toBe('code_wrong');
  });

  test('digits of other scripts, spaces and hyphens are read', async () => {
    const { actor, secret } = await withApp();
    const code = await codeOf(secret);
    const devanagari = [...code].map((digit) => String.fromCodePoint(0x966 + Number(digit))).join('');
    expect(await verify(actor, `${devanagari.slice(0, 3)}-${devanagari.slice(3)}`)).toBe('ok');
  });

  test('ten wrong ones pause it for fifteen minutes', async () => {
    const { actor, secret } = await withApp();
    for (let time = 0; time < 10; time += 1)
      expect(await verify(actor, otherThan(await codeOf(secret, 40)))).toBe('code_wrong');
    expect(await verify(actor, await codeOf(secret))).toBe('paused');
    await letPass(actor.accountId, '15 minutes');
    expect(await verify(actor, await codeOf(secret))).toBe('ok');
  });

  test('fifty wrong ones at once are ten tries', async () => {
    const { actor, secret } = await withApp();
    const wrong = otherThan(await codeOf(secret, 40));
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(actor, wrong)));
    expect(answers.filter((answer) => answer === 'code_wrong')).toHaveLength(10);
  });
});

describe('a set-up', () => {
  test('lasts fifteen minutes', async () => {
    const actor = await personInSession();
    const secret = await begun(actor);
    await database()
      .update(totpAuthenticators)
      .set({ pendingUntil: Date.now() - 1 })
      .where(eq(totpAuthenticators.accountId, actor.accountId));
    expect(await confirm(actor, await codeOf(secret))).toBe('set_up_expired');
  });

  test('belongs to the session or attempt that began it', async () => {
    const actor = await personInSession();
    const secret = await begun(actor);
    const elsewhere = await attemptOf(actor);
    expect(await pendingTotp(database(), elsewhere, 'p@d.example')).toBeNull();
    expect(await confirm(elsewhere, await codeOf(secret))).toBe('set_up_expired');
  });

  test('leaves the old app working until the new one is proven', async () => {
    const { actor, secret } = await withApp();
    const replacement = await begun(actor);
    expect(await verify(actor, await codeOf(secret))).toBe('ok');
    expect(await confirm(actor, otherThan(await codeOf(replacement, 40)))).toBe('code_wrong');
    expect(await confirm(actor, await codeOf(replacement))).toBe('ok');
    expect(await verify(actor, await codeOf(secret, 1))).toBe('code_wrong');
    expect(await verify(actor, await codeOf(replacement, 1))).toBe('ok');
  });

  test('code does not open a second time', async () => {
    const actor = await personInSession();
    const secret = await begun(actor);
    const code = await codeOf(secret);
    expect(await confirm(actor, code)).toBe('ok');
    expect(await verify(actor, code)).toBe('code_used');
  });
});
