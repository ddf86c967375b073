import { sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import {
  attemptOf,
  codeInMessage,
  letPass,
  otherThan,
  personInSession,
  twoPools,
} from '@/bin/test/factor-world';
import { closeDatabase, database } from '@/lib/io/db';
import type { AccountActor } from './actor';
import type { CodeRequest } from './code-issue';
import type { CodePurpose } from './code-record';
import { sendCode, verifyCode, voidCodes } from './codes';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

const request = (actor: AccountActor, change: Partial<CodeRequest> = {}): CodeRequest => ({
  accountId: actor.accountId,
  purpose: 'sign_in',
  channel: 'email',
  binding: actor.binding,
  destination: `to-${actor.accountId}@d.example`,
  proven: true,
  lifetimeMinutes: 15,
  address: '192.0.2.7',
  ...change,
});

const send = (wanted: CodeRequest) => run((tx) => sendCode(tx, wanted));

async function sent(wanted: CodeRequest) {
  const result = await send(wanted);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return { ...result.value, code: await codeInMessage(result.value.id) };
}

const verify = async (use: CodeRequest, typed: string) => {
  const result = await run((tx) => verifyCode(tx, use, typed));
  return result.ok ? 'ok' : result.error.code;
};

const newAttempt = async () => attemptOf(await personInSession());

const rounds = Array.from({ length: 30 }, () => 50);

describe('one code opens once', () => {
  for (const channel of ['email', 'sms'] as const) {
    test(`of 50 submits at once over two pools, thirty rounds (${channel})`, {
      timeout: 180_000,
    }, async () => {
      for (const times of rounds) {
        const wanted = request(await newAttempt(), {
          channel,
          ...(channel === 'sms' ? { destination: `+1201555${Math.floor(1000 + Math.random() * 9000)}` } : {}),
        });
        const { code } = await sent(wanted);
        const answers = await Promise.all(Array.from({ length: times }, () => verify(wanted, code)));
        expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
      }
    });
  }

  test('50 wrong codes at once are five tries', async () => {
    const wanted = request(await newAttempt(), { purpose: 'email_method' });
    const { code } = await sent(wanted);
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(wanted, otherThan(code))));
    expect(answers.filter((answer) => answer === 'code_wrong')).toHaveLength(4);
    expect(await verify(wanted, code)).toBe('code_spent');
  });
});

describe('a code lives fifteen minutes from when the transport took it', () => {
  /** Verifies a code that is exactly so old; in one transaction, so that no time goes by between the two. */
  const verifyAt = (wanted: CodeRequest, { id, code }: { id: string; code: string }, age: string) =>
    run(async (tx) => {
      await tx.execute(
        sql`update one_time_codes set created_at = clock_timestamp() - ${age}::interval where id = ${id}`,
      );
      const result = await verifyCode(tx, wanted, code);
      return result.ok ? 'ok' : result.error.code;
    });

  test('14:59 is in time, 15:00 is too late', async () => {
    const [early, late] = [request(await newAttempt()), request(await newAttempt())];
    expect(await verifyAt(early, await sent(early), '14 minutes 59 seconds')).toBe('ok');
    expect(await verifyAt(late, await sent(late), '15 minutes')).toBe('code_expired');
  });

  test('a late transport gives the whole time, and a shorter setting is kept', async () => {
    const wanted = request(await newAttempt(), { lifetimeMinutes: 5 });
    const { id, code } = await sent(wanted);
    await letPass(wanted.accountId, '6 minutes');
    await database().execute(
      sql`update one_time_codes set accepted_at = created_at + interval '90 seconds' where id = ${id}`,
    );
    expect(await verify(wanted, code)).toBe('ok');
  });
});

describe('a code serves one person, purpose and attempt', () => {
  test('elsewhere it is wrong', async () => {
    const person = await personInSession();
    const wanted = request(await attemptOf(person));
    const { code } = await sent(wanted);
    const elsewhere: readonly CodeRequest[] = [
      request(await newAttempt()),
      request(await attemptOf(person)),
      request(person),
      ...(['step_up', 'prove_origin', 'contact_email'] satisfies CodePurpose[]).map((purpose) => ({
        ...wanted,
        purpose,
      })),
      { ...wanted, channel: 'sms' },
    ];
    for (const use of elsewhere) expect(await verify(use, code)).toBe('code_wrong');
    expect(await verify(wanted, code)).toBe('ok');
  });

  test('what is no code is wrong, and digits of every script count', async () => {
    const wanted = request(await newAttempt());
    const { code } = await sent(wanted);
    for (const typed of ['', '12345', '1234567', 'abcdef', '1e5', '\0', '12\u000034']) {
      expect(await verify({ ...wanted, purpose: 'email_method' }, typed)).toBe('code_wrong');
    }
    for (const typed of ['12345', '1e5', '\0']) expect(await verify(wanted, typed)).toBe('code_wrong');
    const arabic = [...code].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('');
    expect(await verify(wanted, `${arabic.slice(0, 3)} ${arabic.slice(3)}`)).toBe('ok');
  });
});

describe('a new code', () => {
  test('voids the older, whose use says so and costs nothing; letters differ', async () => {
    const wanted = request(await newAttempt());
    const first = await sent(wanted);
    await letPass(wanted.accountId, '61 seconds');
    const second = await sent(wanted);
    expect(second.reference).not.toBe(first.reference);
    for (let time = 0; time < 12; time += 1) expect(await verify(wanted, first.code)).toBe('code_replaced');
    expect(await verify(wanted, second.code)).toBe('ok');
  });

  test('gives no new tries', async () => {
    const wanted = request(await newAttempt());
    const first = await sent(wanted);
    for (let time = 0; time < 4; time += 1)
      expect(await verify(wanted, otherThan(first.code))).toBe('code_wrong');
    await letPass(wanted.accountId, '61 seconds');
    const second = await sent(wanted);
    const wrong = [1, 2].map((by) => String((Number(second.code) + by) % 1_000_000).padStart(6, '0'));
    expect(await verify(wanted, wrong.find((code) => code !== first.code) ?? '')).toBe('code_spent');
    expect(await verify(wanted, second.code)).toBe('code_spent');
  });

  test('waits a minute, and five an attempt are all', async () => {
    const wanted = request(await newAttempt());
    for (let time = 0; time < 5; time += 1) {
      await sent(wanted);
      const again = await send(wanted);
      expect(again.ok).toBe(false);
      if (!again.ok) expect(again.error).toMatchObject({ code: 'wait', until: expect.any(Number) });
      await letPass(wanted.accountId, '61 seconds');
    }
    expect(await send(wanted)).toMatchObject({ ok: false, error: { limit: 'attempt' } });
  });

  test('of 20 asked for at once one is made', async () => {
    const wanted = request(await newAttempt());
    const made = await Promise.all(Array.from({ length: 20 }, () => send(wanted)));
    expect(made.filter((each) => each.ok)).toHaveLength(1);
  });
});

describe('ten wrong codes in an hour', () => {
  test('pause the second factor for fifteen minutes, whatever is typed', async () => {
    const person = await personInSession();
    for (let round = 0; round < 2; round += 1) {
      const wanted = request(await attemptOf(person));
      const { code } = await sent(wanted);
      for (let time = 0; time < 5; time += 1) await verify(wanted, otherThan(code));
      await letPass(person.accountId, '61 seconds');
    }
    const wanted = request(await attemptOf(person));
    const { code } = await sent(wanted);
    expect(await verify(wanted, code)).toBe('paused');
    await letPass(person.accountId, '13 minutes 50 seconds');
    expect(await verify(wanted, code)).toBe('paused');
    await letPass(person.accountId, '9 seconds');
    expect(await verify(wanted, code)).toBe('ok');
  });

  test('of verifying a mailbox in a sign-in pause it alike, since that proves who is there', async () => {
    const person = await personInSession();
    const wanted = request(await attemptOf(person), { purpose: 'contact_email' });
    for (let round = 0; round < 2; round += 1) {
      const { code } = await sent(wanted);
      for (let time = 0; time < 5; time += 1) await verify(wanted, otherThan(code));
      await letPass(person.accountId, '61 seconds');
    }
    const { code } = await sent(wanted);
    expect(await verify(wanted, code)).toBe('paused');
    expect(await verify(request(await attemptOf(person)), '000000')).toBe('paused');
  });

  test('a cool-down makes codes void and forgives messages', async () => {
    const wanted = request(await newAttempt());
    const { code } = await sent(wanted);
    await run((tx) => voidCodes(tx, wanted.accountId, 'cooled_down'));
    expect(await verify(wanted, code)).toBe('code_replaced');
    expect((await send(wanted)).ok).toBe(true);
  });
});
