import 'server-only';
import { database, now } from '@/lib/io/db';
import { fail, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { readCookie, writeCookie } from '@/lib/session/cookies';
import { attemptLifetimeAtMost, type BegunAttempt, beginAttempt, recordPasswordProof } from './attempts';
import { type LoginRefusal, provePassword, type TypedLogin } from './verify';

export type WebLogin = Omit<TypedLogin, 'deviceCookie'> & { readonly returnTo: string | null };

/** Why, and the moment by the one clock, for words about time. */
export type RefusedLogin = { readonly refusal: LoginRefusal; readonly now: Instant };

/** The browser holds the attempt by its own short cookie, which opens nothing else. */
export async function holdAttempt(attempt: BegunAttempt): Promise<void> {
  await writeCookie('attempt', attempt.token, attempt.expiresAt + attemptLifetimeAtMost);
}

/** The password step in a browser: an attempt begins with the right password, and never before. */
export async function signInWithPassword(login: WebLogin): Promise<Result<BegunAttempt, RefusedLogin>> {
  const { returnTo, ...typed } = login;
  const deviceCookie = await readCookie('device');
  const begun = await provePassword({ ...typed, deviceCookie }, async (tx, { accountId, ...proof }) => {
    const { email, address, userAgent } = typed;
    const client = { kind: 'web', name: null } as const;
    const attempt = await beginAttempt(tx, { email, accountId, client, address, userAgent, returnTo });
    await recordPasswordProof(tx, attempt.id, proof);
    return attempt;
  });
  if (!begun.ok) return fail({ refusal: begun.error, now: await now(database()) });
  await holdAttempt(begun.value);
  return begun;
}
