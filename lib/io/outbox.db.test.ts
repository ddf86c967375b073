import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { accounts, oneTimeCodes, outbox, signInAttempts } from '@/drizzle/schema';
import { fail, ok } from '@/lib/policy/result';
import { hours, minutes } from '@/lib/policy/time';
import { closeDatabase, database, now, transaction } from './db';
import { enqueue, type Message, voidMessages } from './outbox';
import { deliverDue, tidyOutbox } from './outbox-delivery';
import { startOutboxWorker } from './outbox-worker';
import { newId } from './token';
import type { Letter, Transport } from './transports/transport';

const message = (key: string, more: Partial<Message> = {}): Message => ({
  key,
  channel: 'email',
  to: 'ann@example.com',
  notice: { kind: 'sign_in_code', data: { reference: 'KM', minutes: 15 }, code: '493817' },
  ...more,
});
const put = (key: string, more: Partial<Message> = {}) =>
  transaction((tx) => enqueue(tx, message(key, more)));
const rowOf = async (key: string) => {
  const [row] = await database().select().from(outbox).where(eq(outbox.key, key));
  if (!row) throw new Error(`no row ${key}`);
  return row;
};

function recorder(answer: Transport = () => Promise.resolve(ok(null))) {
  const letters: Letter[] = [];
  const transport: Transport = async (letter) => {
    letters.push(letter);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return answer(letter);
  };
  return { letters, transport };
}

const drain = async (transport: Transport) => {
  while ((await deliverDue(transport, 7)) > 0);
};

beforeEach(() => database().delete(outbox));
afterAll(closeDatabase);

describe('the outbox', () => {
  it('delivers each message once, however many workers there are', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => put(`once:${index}`)));
    const { letters, transport } = recorder();
    await Promise.all([drain(transport), drain(transport), drain(transport), drain(transport)]);
    expect(letters).toHaveLength(60);
    expect(new Set(letters.map((letter) => letter.idempotencyKey)).size).toBe(60);
  });

  it('takes one message per key, and none whose cause was undone', async () => {
    const written = await Promise.all(Array.from({ length: 8 }, () => put('same')));
    expect(written.filter(Boolean)).toHaveLength(1);
    await expect(
      transaction(async (tx) => {
        await enqueue(tx, message('undone'));
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await database().$count(outbox)).toBe(1);
  });

  it('keeps the code sealed, and erases it once delivered', async () => {
    await put('sealed');
    const waiting = await rowOf('sealed');
    expect(waiting.sealedPayload).not.toBeNull();
    expect(JSON.stringify(waiting)).not.toContain('493817');
    const { letters, transport } = recorder();
    await drain(transport);
    expect(letters[0]?.text).toContain('493817');
    const delivered = await rowOf('sealed');
    expect(delivered.sealedPayload).toBeNull();
    expect(delivered.deliveredAt).not.toBeNull();
    expect(JSON.stringify(delivered)).not.toContain('493817');
  });

  it('neither sends nor keeps a code that expired', async () => {
    await put('late', { expiresAt: (await now(database())) - 1 });
    const { letters, transport } = recorder();
    await drain(transport);
    await tidyOutbox();
    expect(letters).toHaveLength(0);
    expect(await rowOf('late')).toMatchObject({
      sealedPayload: null,
      deliveredAt: null,
      voidedAt: expect.any(Number),
    });
  });

  it('neither sends nor keeps a message that was voided', async () => {
    const subjectId = newId();
    await put('void', { subjectId });
    await transaction((tx) => voidMessages(tx, [subjectId]));
    const { letters, transport } = recorder();
    await drain(transport);
    expect(letters).toHaveLength(0);
    expect((await rowOf('void')).sealedPayload).toBeNull();
  });

  it('tries five times, later each time, and then gives up without the secret', async () => {
    await put('fails');
    const { letters, transport } = recorder(() =>
      Promise.resolve(fail({ code: 'later', message: 'status 503' })),
    );
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      await drain(transport);
      const row = await rowOf('fails');
      waits.push(row.nextTryAt - (await now(database())));
      await database()
        .update(outbox)
        .set({ nextTryAt: sql`clock_timestamp() - interval '1 ms'` })
        .where(eq(outbox.key, 'fails'));
    }
    expect(letters).toHaveLength(5);
    expect(new Set(letters.map((letter) => letter.idempotencyKey)).size).toBe(1);
    expect(waits[3]).toBeGreaterThan(minutes(5));
    expect(waits.slice(0, 4)).toEqual([...waits.slice(0, 4)].sort((left, right) => left - right));
    expect(await rowOf('fails')).toMatchObject({
      tries: 5,
      sealedPayload: null,
      failedAt: expect.any(Number),
    });
  });

  it('gives up at once on a letter the provider will never take', async () => {
    await put('never');
    const { letters, transport } = recorder(() =>
      Promise.resolve(fail({ code: 'never', message: 'status 422' })),
    );
    await drain(transport);
    await database().update(outbox).set({ nextTryAt: sql`clock_timestamp() - interval '1 ms'` });
    await drain(transport);
    expect(letters).toHaveLength(1);
  });

  it('takes up what a worker that died had in its hands', async () => {
    await put('orphan');
    await database()
      .update(outbox)
      .set({ leasedUntil: sql`clock_timestamp() + interval '1 minute'`, tries: 1 });
    const { letters, transport } = recorder();
    await drain(transport);
    expect(letters).toHaveLength(0);
    await database().update(outbox).set({ leasedUntil: sql`clock_timestamp() - interval '1 second'` });
    await drain(transport);
    expect(letters).toHaveLength(1);
  });

  it('starts the validity of a code when the transport took it', async () => {
    const ids = { account: newId(), attempt: newId(), code: newId() };
    await database()
      .insert(accounts)
      .values({
        id: ids.account,
        loginEmail: `${ids.account}@example.com`,
        loginDomain: 'example.com',
        name: 'Ann',
      });
    await database()
      .insert(signInAttempts)
      .values({
        id: ids.attempt,
        tokenHash: ids.attempt,
        email: 'ann@example.com',
        expiresAt: (await now(database())) + minutes(30),
      });
    await database().insert(oneTimeCodes).values({
      id: ids.code,
      purpose: 'sign_in',
      channel: 'email',
      accountId: ids.account,
      attemptId: ids.attempt,
      codeHash: 'x',
      reference: 'KM',
      destination: 'x',
      destinationKey: 'x',
      proven: true,
      lifetimeMinutes: 15,
    });
    await put('code', { subjectId: ids.code });
    await drain(recorder().transport);
    const [code] = await database().select().from(oneTimeCodes).where(eq(oneTimeCodes.id, ids.code));
    const delivered = await rowOf('code');
    expect(code?.acceptedAt).not.toBeNull();
    expect(Math.abs((code?.acceptedAt ?? 0) - (delivered.deliveredAt ?? 0))).toBeLessThan(5000);
  });

  it('refuses a recipient that is not one bare mailbox or number', async () => {
    for (const to of [
      'Ann <ann@example.com>',
      'a@example.com,b@example.com',
      'a@example.com\r\nBcc: b@example.com',
      '"a b"@example.com',
      '0151',
    ])
      await expect(put(`to:${to}`, { to })).rejects.toThrow(TypeError);
  });

  it('is woken by the commit rather than by the clock', async () => {
    const worker = startOutboxWorker(hours(1));
    await new Promise((resolve) => setTimeout(resolve, 600));
    await put('wake');
    await vi.waitUntil(async () => (await rowOf('wake')).deliveredAt !== null, { timeout: 15_000 });
    expect((await rowOf('wake')).sealedCopy).not.toContain('493817');
    await worker.stop();
  });
});
