import { eq, sql } from 'drizzle-orm';
import { generateSync } from 'otplib';
import { afterAll, describe, expect, test } from 'vitest';
import { codeInMessage, personInSession, twoPools } from '@/bin/test/factor-world';
import { addSession } from '@/bin/test/rows';
import { accounts, sessions } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import type { Mandate } from '@/lib/policy/mandate';
import type { AccountActor } from './actor';
import { backupCodeState } from './backup-codes';
import { beginEmailCode, confirmEmailCode } from './email-code';
import { type RemovedFactor, removeFactor, setDefaultMethod } from './factor-removal';
import { beginSms, boundNumber, confirmSms } from './sms';
import { beginTotp, confirmTotp, pendingTotp } from './totp';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

async function bindApp(actor: AccountActor): Promise<void> {
  await run((tx) => beginTotp(tx, actor));
  const pending = await pendingTotp(database(), actor, 'p@d.example');
  const bound = await run((tx) => confirmTotp(tx, actor, generateSync({ secret: pending?.secret ?? '' })));
  expect(bound.ok).toBe(true);
}

let nextNumber = 1000;

async function bindNumber(actor: AccountActor): Promise<string> {
  nextNumber += 1;
  const number = `+1201555${nextNumber}`;
  const sent = await run((tx) => beginSms(tx, actor, { number, lifetimeMinutes: 15 }));
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  const code = await codeInMessage(sent.value.id);
  expect((await run((tx) => confirmSms(tx, actor, code))).ok).toBe(true);
  return number;
}

const mandate = (name: string, strength: number): Mandate => ({
  kind: 'organization',
  id: name,
  name,
  effectiveFrom: 0,
  graceHours: 24,
  strength,
});

const remove = (actor: AccountActor, factor: RemovedFactor, mandates: readonly Mandate[] = []) =>
  run((tx) => removeFactor(tx, actor, { factor, mandates }));

describe('removing a factor', () => {
  test('is refused under a mandate that the rest would not satisfy, naming who asks', async () => {
    const actor = await personInSession();
    await bindApp(actor);
    await bindNumber(actor);
    const rules = [mandate('Northwind', 2), mandate('Harbor', 3)];
    expect(await remove(actor, { method: 'totp' }, rules)).toEqual({
      ok: false,
      error: { code: 'mandated', by: ['Harbor'] },
    });
    expect((await remove(actor, { method: 'sms' }, rules)).ok).toBe(true);
    expect(await remove(actor, { method: 'totp' }, rules)).toMatchObject({
      error: { by: ['Northwind', 'Harbor'] },
    });
  });

  test('two at once cannot each count on the other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const actor = await personInSession();
      await bindApp(actor);
      await bindNumber(actor);
      const rules = [mandate('Northwind', 2)];
      const both = await Promise.all([
        remove(actor, { method: 'totp' }, rules),
        remove(actor, { method: 'sms' }, rules),
      ]);
      expect(both.filter((each) => each.ok)).toHaveLength(1);
    }
  });

  test('ends other sessions, mails, and takes backup codes and the default along with the last', async () => {
    const actor = await personInSession();
    await bindApp(actor);
    expect(await run((tx) => setDefaultMethod(tx, actor, 'totp'))).toBe(true);
    expect(await run((tx) => setDefaultMethod(tx, actor, 'sms'))).toBe(false);
    const other = await addSession(actor.accountId);
    expect((await remove(actor, { method: 'totp' })).ok).toBe(true);
    const [ended] = await database().select().from(sessions).where(eq(sessions.id, other.id));
    expect(ended?.endedReason).toBe('factor_changed');
    const [own] = await database()
      .select()
      .from(sessions)
      .where(eq(sessions.id, actor.binding.sessionId ?? ''));
    expect(own?.endedAt).toBeNull();
    expect(await backupCodeState(database(), actor.accountId)).toBeNull();
    const [account] = await database().select().from(accounts).where(eq(accounts.id, actor.accountId));
    expect(account?.defaultMethod).toBeNull();
    const mails = await database().execute<{ kind: string }>(
      sql`select kind from outbox where account_id = ${actor.accountId} and channel = 'email' order by sequence`,
    );
    expect(mails.map(({ kind }) => kind)).toEqual(['factor_added', 'factor_removed']);
    expect(await remove(actor, { method: 'totp' })).toEqual({ ok: false, error: { code: 'not_bound' } });
  });

  test('somebody else’s passkey is not there', async () => {
    const actor = await personInSession();
    const passkey = { method: 'passkey', id: (await personInSession()).accountId } as const;
    expect(await remove(actor, passkey)).toEqual({ ok: false, error: { code: 'not_bound' } });
  });
});

describe('a number', () => {
  test('is kept sealed, and the old one works until the new one is proven', async () => {
    const actor = await personInSession();
    const number = await bindNumber(actor);
    const begun = await run((tx) => beginSms(tx, actor, { number: '+12015559999', lifetimeMinutes: 15 }));
    expect(begun.ok).toBe(true);
    expect(await boundNumber(database(), actor.accountId)).toBe(number);
    const [row] = await database().execute<{ dump: string }>(
      sql`select string_agg(n::text, ' ') as dump from phone_numbers n where account_id = ${actor.accountId}`,
    );
    expect(row?.dump).not.toContain(number.slice(-8));
    if (begun.ok) {
      const code = await codeInMessage(begun.value.id);
      expect((await run((tx) => confirmSms(tx, actor, code))).ok).toBe(true);
    }
    expect(await boundNumber(database(), actor.accountId)).toBe('+12015559999');
  });
});

describe('the email code', () => {
  test('alone leads to no backup codes', async () => {
    const actor = await personInSession();
    const sent = await run((tx) => beginEmailCode(tx, actor, 15));
    if (!sent.ok) throw new Error(sent.error.code);
    const code = await codeInMessage(sent.value.id);
    expect((await run((tx) => confirmEmailCode(tx, actor, code))).ok).toBe(true);
    expect(await backupCodeState(database(), actor.accountId)).toBeNull();
  });

  test('is not switched on by a code to an address that changed meanwhile', async () => {
    const actor = await personInSession();
    const sent = await run((tx) => beginEmailCode(tx, actor, 15));
    if (!sent.ok) throw new Error(sent.error.code);
    await database()
      .update(accounts)
      .set({ contactEmail: `new-${actor.accountId}@d.example` })
      .where(eq(accounts.id, actor.accountId));
    const code = await codeInMessage(sent.value.id);
    expect(await run((tx) => confirmEmailCode(tx, actor, code))).toMatchObject({
      error: { code: 'contact_email_unproven' },
    });
  });
});
