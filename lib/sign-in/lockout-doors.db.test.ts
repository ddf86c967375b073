import { afterAll, describe, expect, test } from 'vitest';
import { personOf, type World, worldWith } from '@/bin/test/password-doors';
import { addSession } from '@/bin/test/rows';
import { rememberDevice } from '@/lib/account/known-devices';
import { checkOwnPassword } from '@/lib/account/own-password';
import { closeDatabase, database, now, transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { minutes, seconds } from '@/lib/policy/time';
import { judgeSession } from '@/lib/session/judgement';
import { typed } from './test-login';
import { provePassword } from './verify';

afterAll(closeDatabase);

type Refusal = { readonly code: string; readonly until?: number };

const tryWrong = async (email: string, device: string | null = null): Promise<Refusal> => {
  const tried = await provePassword(typed(email, 'wrong', device), async () => null);
  return tried.ok ? { code: 'in' } : tried.error;
};

/** Every door at which a wrong password counts: what one more wrong try answers. */
const doors: Readonly<Record<string, (world: World) => Promise<() => Promise<Refusal>>>> = {
  'sign-in': async (world) => {
    const { email } = await personOf(world);
    return () => tryWrong(email);
  },
  'sign-in with an email nobody has': async ({ domain }) => {
    const email = `nobody-${newId().slice(-12)}@${domain}`;
    return () => tryWrong(email);
  },
  'sign-in in a known browser': async (world) => {
    const { id: accountId, email } = await personOf(world);
    const device = { accountId, deviceId: null, userAgent: null };
    const { secret } = await transaction((tx) => rememberDevice(tx, device));
    return () => tryWrong(email, secret);
  },
  'a password typed again in a session': async (world) => {
    const { id } = await personOf(world);
    const found = await judgeSession((await addSession(id)).token, null);
    if (found.state !== 'running') throw new Error(found.state);
    const { session } = found;
    return async () => {
      const tried = await checkOwnPassword(session, 'wrong', null);
      return tried.ok ? { code: 'in' } : tried.error;
    };
  },
};

describe.each(Object.keys(doors))('the fifth wrong password in a row at %s', (name) => {
  test('locks for as long as the domain says', async () => {
    const lockoutMinutes = 45;
    const attempt = await doors[name]?.(await worldWith({ lockoutMinutes }));
    const answers: Refusal[] = [];
    for (let count = 0; count < 5; count += 1) answers.push((await attempt?.()) ?? { code: 'no such door' });
    expect(answers.map(({ code }) => code)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'locked']);
    const left = (answers.at(-1)?.until ?? 0) - (await now(database()));
    expect(left).toBeLessThanOrEqual(minutes(lockoutMinutes));
    expect(left).toBeGreaterThan(minutes(lockoutMinutes) - seconds(30));
  });
});
