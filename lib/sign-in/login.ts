import 'server-only';
import type { Result } from '@/lib/policy/result';
import { readCookie, writeCookie } from '@/lib/session/cookies';
import { attemptLifetimeAtMost, type BegunAttempt, beginAttempt, recordPasswordProof } from './attempts';
import { type LoginRefusal, provePassword, type TypedLogin } from './verify';

export type WebLogin = Omit<TypedLogin, 'deviceCookie'> & { readonly returnTo: string | null };

/** The browser holds the attempt by its own short cookie, which opens nothing else. */
export async function holdAttempt(attempt: BegunAttempt): Promise<void> {
  await writeCookie('attempt', attempt.token, attempt.expiresAt + attemptLifetimeAtMost);
}

/** The password step in a browser: an attempt begins with the right password, and never before. */
export async function signInWithPassword(login: WebLogin): Promise<Result<BegunAttempt, LoginRefusal>> {
  const { returnTo, ...typed } = login;
  const deviceCookie = await readCookie('device');
  const begun = await provePassword({ ...typed, deviceCookie }, async (tx, { accountId, ...proof }) => {
    const { email, address, userAgent } = typed;
    const client = { kind: 'web', name: null } as const;
    const attempt = await beginAttempt(tx, { email, accountId, client, address, userAgent, returnTo });
    await recordPasswordProof(tx, attempt.id, proof);
    return attempt;
  });
  if (begun.ok) await holdAttempt(begun.value);
  return begun;
}
