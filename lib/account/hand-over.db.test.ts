import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { attemptOf, personInSession, twoPools } from '@/bin/test/factor-world';
import { addOrganization } from '@/bin/test/rows';
import { auditEvents, handOverPins, outbox } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import type { AccountActor } from './actor';
import { endHandOver, issueHandOverPin, verifyHandOverPin } from './hand-over';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

async function withPin() {
  const admin = await personInSession();
  const { id: organizationId } = await addOrganization();
  const actor = await attemptOf(await personInSession());
  const issue = () =>
    run((tx) =>
      issueHandOverPin(tx, { accountId: actor.accountId, organizationId, issuedBy: admin.accountId }),
    );
  const { pin } = await issue();
  return { actor, pin, issue };
}

const verify = async (actor: AccountActor, typed: string) => {
  const result = await run((tx) => verifyHandOverPin(tx, actor, typed));
  return result.ok ? 'ok' : result.error.code;
};

const letPass = (actor: AccountActor, time: string) =>
  database()
    .update(handOverPins)
    .set({ expiresAt: sql`${handOverPins.expiresAt} - ${time}::interval` })
    .where(eq(handOverPins.accountId, actor.accountId));

const together = (count: number, one: () => Promise<string>) =>
  Promise.all(Array.from({ length: count }, one));

const wrong = (pin: string) => pin.replace(/^./, (first) => (first === 'Z' ? 'Y' : 'Z'));

describe('a hand-over PIN', () => {
  test('opens once of 50 at once over two pools, thirty rounds', { timeout: 180_000 }, async () => {
    for (let round = 0; round < 30; round += 1) {
      const { actor, pin } = await withPin();
      const answers = await together(50, () => verify(actor, pin));
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'pin_gone')).toHaveLength(49);
    }
  });

  test('has five tries, however many come at once, and the right one is too late after them', async () => {
    const { actor, pin } = await withPin();
    const answers = await together(50, () => verify(actor, wrong(pin)));
    expect(answers.filter((answer) => answer === 'pin_wrong')).toHaveLength(4);
    expect(answers.filter((answer) => answer === 'pin_gone')).toHaveLength(46);
    expect(await verify(actor, pin)).toBe('pin_gone');
  });

  test('is right at the fifth try, typed as people type', async () => {
    const { actor, pin } = await withPin();
    for (const typed of [wrong(pin), '', '\0', '12345678901234567890'])
      expect(await verify(actor, typed)).toBe('pin_wrong');
    const sloppy = pin.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(await verify(actor, ` ${sloppy} `)).toBe('ok');
  });

  test('works for 24 hours', async () => {
    const { actor, pin } = await withPin();
    await letPass(actor, '23 hours 59 minutes 45 seconds');
    expect(await verify(actor, wrong(pin))).toBe('pin_wrong');
    await letPass(actor, '15 seconds');
    expect(await verify(actor, pin)).toBe('pin_gone');
  });

  test('is nobody else’s, gives way to a newer one, and ends', async () => {
    const { actor, pin, issue } = await withPin();
    const other = await withPin();
    expect(await verify(other.actor, pin)).toBe('pin_wrong');
    const { pin: newer } = await issue();
    expect(await verify(actor, pin)).toBe('pin_wrong');
    await run((tx) => endHandOver(tx, actor.accountId));
    expect(await verify(actor, newer)).toBe('pin_gone');
  });

  test('is kept as an HMAC, told when used, and every try is on record', async () => {
    const { actor, pin } = await withPin();
    const [row] = await database().execute<{ dump: string }>(
      sql`select h::text as dump from hand_over_pins h where account_id = ${actor.accountId}`,
    );
    for (const text of [pin, pin.replace('-', '')]) expect(row?.dump).not.toContain(text);
    await verify(actor, wrong(pin));
    await verify(actor, pin);
    const events = await database()
      .select({ event: auditEvents.event })
      .from(auditEvents)
      .where(eq(auditEvents.accountId, actor.accountId))
      .orderBy(auditEvents.sequence);
    expect(events.map(({ event }) => event)).toEqual(['hand_over_pin.refused', 'hand_over_pin.used']);
    const mails = await database()
      .select({ kind: outbox.kind })
      .from(outbox)
      .where(eq(outbox.accountId, actor.accountId));
    expect(mails).toEqual([{ kind: 'hand_over_used' }]);
  });
});
