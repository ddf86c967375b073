import { eq, sql } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { softPasskey } from '@/bin/test/authenticator';
import { attemptOf, personInSession, twoPools } from '@/bin/test/factor-world';
import { addSession } from '@/bin/test/rows';
import { outbox, passkeyChallenges, passkeys } from '@/drizzle/schema';
import { closeDatabase, database } from '@/lib/io/db';
import type { AccountActor } from './actor';
import type { ChallengeUse } from './passkey-challenges';
import { askForPasskey, verifyPasskey } from './passkey-proof';
import { addPasskey, beginPasskey } from './passkeys';

const { run, close } = twoPools();
afterAll(async () => {
  await close();
  await closeDatabase();
});

const person = { loginEmail: 'p@d.example', name: 'Ann Archer' };

const begin = async (actor: AccountActor) => (await beginPasskey(database(), actor, person)).challenge;

const add = async (actor: AccountActor, response: string) => {
  const result = await run((tx) => addPasskey(tx, actor, { response, name: 'Key' }));
  return result.ok ? 'ok' : result.error.code;
};

async function withPasskey() {
  const actor = await personInSession();
  const key = softPasskey();
  expect(await add(actor, key.make(await begin(actor)))).toBe('ok');
  return { actor, key };
}

const ask = async (use: ChallengeUse) => (await askForPasskey(database(), use)).challenge;

const verify = async (use: ChallengeUse, answer: string) => {
  const result = await run((tx) => verifyPasskey(tx, use, answer));
  return result.ok ? result.value.accountId : result.error.code;
};

const bindingOf = ({ binding }: AccountActor) => binding.attemptId ?? binding.sessionId;
const factorUse = (actor: AccountActor): ChallengeUse => ({
  purpose: 'second_factor',
  boundTo: bindingOf(actor),
  accountId: actor.accountId,
});
const signInUse: ChallengeUse = { purpose: 'sign_in', boundTo: null, accountId: null };

const letPass = (challenge: string, time: string) =>
  database().execute(
    sql`update passkey_challenges set expires_at = expires_at - ${time}::interval where challenge = ${challenge}`,
  );

describe('a challenge', () => {
  test('is answered once of 50 at once over two pools', async () => {
    const { actor, key } = await withPasskey();
    for (const use of [factorUse(await attemptOf(actor)), signInUse]) {
      const answer = key.use(await ask(use));
      const answers = await Promise.all(Array.from({ length: 50 }, () => verify(use, answer)));
      expect(answers.filter((each) => each === actor.accountId)).toHaveLength(1);
      expect(answers.filter((each) => each === 'challenge_over')).toHaveLength(49);
    }
  });

  test('makes one passkey of 20 at once', async () => {
    const actor = await personInSession();
    const made = softPasskey().make(await begin(actor));
    const answers = await Promise.all(Array.from({ length: 20 }, () => add(actor, made)));
    expect(answers.filter((each) => each === 'ok')).toHaveLength(1);
    expect(await database().$count(passkeys, eq(passkeys.accountId, actor.accountId))).toBe(1);
  });

  test('serves its own purpose, account and attempt only', async () => {
    const { actor, key } = await withPasskey();
    const other = await withPasskey();
    const attempt = await attemptOf(actor);
    const use = factorUse(attempt);
    const elsewhere: readonly ChallengeUse[] = [
      factorUse(await attemptOf(actor)),
      factorUse(actor),
      { ...use, purpose: 'step_up' },
      { ...use, purpose: 'sign_in' },
      { ...use, accountId: other.actor.accountId },
      { ...use, accountId: null },
      signInUse,
    ];
    const challenge = await ask(use);
    for (const wrong of elsewhere) expect(await verify(wrong, key.use(challenge))).toBe('challenge_over');
    expect(await verify(use, key.use(challenge))).toBe(actor.accountId);
    // A challenge for making a passkey opens nothing, and one for signing in makes none.
    expect(await verify(use, key.use(await begin(attempt)))).toBe('challenge_over');
    expect(await add(attempt, softPasskey().make(await ask(signInUse)))).toBe('challenge_over');
    const session = await addSession(actor.accountId);
    const elsewhereMade = softPasskey().make(await begin(actor));
    expect(await add({ ...actor, binding: { sessionId: session.id } }, elsewhereMade)).toBe('challenge_over');
  });

  test('lasts five minutes', async () => {
    const { actor, key } = await withPasskey();
    const use = factorUse(actor);
    const [early, late] = [await ask(use), await ask(use)];
    await letPass(early, '4 minutes 45 seconds');
    expect(await verify(use, key.use(early))).toBe(actor.accountId);
    await letPass(late, '5 minutes');
    expect(await verify(use, key.use(late))).toBe('challenge_over');
  });

  test('is used up by a wrong answer too, and never made up', async () => {
    const { actor, key } = await withPasskey();
    const use = factorUse(actor);
    const challenge = await ask(use);
    expect(await verify(use, softPasskey().use(challenge))).toBe('passkey_refused');
    expect(await verify(use, key.use(challenge))).toBe('challenge_over');
    expect(await verify(use, key.use('AAAA'))).toBe('challenge_over');
    for (const nonsense of ['', 'null', '{}', '\0', '['.repeat(5000)])
      expect(await verify(use, nonsense)).toBe('passkey_refused');
    expect(
      await database().$count(passkeyChallenges, eq(passkeyChallenges.accountId, actor.accountId)),
    ).toBeGreaterThan(0);
  });
});

describe('an answer', () => {
  test('counts only verified, from our own origin, and signed by the account’s own passkey', async () => {
    const { actor, key } = await withPasskey();
    const stranger = await withPasskey();
    const use = factorUse(actor);
    const answers = async () => {
      const fresh = () => ask(use);
      return [
        key.use(await fresh(), { isVerified: false }),
        key.use(await fresh(), { origin: 'https://localhost:3000' }),
        key.use(await fresh(), { origin: 'http://localhost.evil.example:3000' }),
        key.use(await fresh(), { userHandle: stranger.actor.accountId }),
        stranger.key.use(await fresh()),
      ];
    };
    for (const answer of await answers()) expect(await verify(use, answer)).toBe('passkey_refused');
    expect(await verify(use, key.use(await ask(use), { userHandle: actor.accountId }))).toBe(actor.accountId);
    expect(await verify(signInUse, stranger.key.use(await ask(signInUse)))).toBe(stranger.actor.accountId);
  });

  test('of an authenticator that counts must count up: a copy is refused', async () => {
    const { actor, key } = await withPasskey();
    const use = factorUse(actor);
    const at = async (counter: number) => verify(use, key.use(await ask(use), { counter }));
    expect(await at(0)).toBe(actor.accountId);
    expect(await at(7)).toBe(actor.accountId);
    for (const counter of [7, 6, 0]) expect(await at(counter)).toBe('passkey_refused');
    expect(await at(8)).toBe(actor.accountId);
  });

  test('of a removed passkey opens nothing', async () => {
    const { actor, key } = await withPasskey();
    const use = factorUse(actor);
    const challenge = await ask(use);
    await database()
      .update(passkeys)
      .set({ removedAt: sql`clock_timestamp()` })
      .where(eq(passkeys.accountId, actor.accountId));
    expect(await verify(use, key.use(challenge))).toBe('passkey_refused');
    expect(await verify(signInUse, key.use(await ask(signInUse)))).toBe('passkey_refused');
  });
});

test('making one without verification is refused, and one made is told by mail', async () => {
  const actor = await personInSession();
  expect(await add(actor, softPasskey().make(await begin(actor), { isVerified: false }))).toBe(
    'passkey_refused',
  );
  const key = softPasskey();
  expect(await add(actor, key.make(await begin(actor)))).toBe('ok');
  expect(await add(await personInSession(), key.make(await begin(actor)))).toBe('challenge_over');
  const mails = await database()
    .select({ kind: outbox.kind })
    .from(outbox)
    .where(eq(outbox.accountId, actor.accountId));
  expect(mails).toEqual([{ kind: 'factor_added' }]);
});
