import 'server-only';
import { transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { CurrentSession } from '@/lib/session/current';
import { isPasswordChangeOwed } from '@/lib/session/entry';
import { preparePassword, type WishRefusal } from './new-password';
import { checkOwnPassword } from './own-password';
import type { PasswordRefusal } from './password-check';
import { recordSuccess } from './password-pools';
import { type Superseded, storePassword } from './passwords';

export type TypedChange = {
  readonly current: string;
  readonly wanted: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

export type ChangeRefusal =
  | { readonly code: 'current'; readonly refusal: PasswordRefusal }
  | WishRefusal
  | Superseded;

/** A signed-in person changes their password, by choice or because a duty binds; other sessions end. */
export async function changeOwnPassword(
  session: CurrentSession,
  typed: TypedChange,
): Promise<Result<null, ChangeRefusal>> {
  const { address, userAgent } = typed;
  const place = await checkOwnPassword(session, typed.current, userAgent);
  if (!place.ok) return fail({ code: 'current', refusal: place.error });
  await transaction((tx) => recordSuccess(tx, place.value));
  const prepared = await preparePassword({
    door: isPasswordChangeOwed(session) ? 'forced' : 'voluntary',
    candidate: typed.wanted,
    policy: session.policy,
    for: { accountId: session.accountId },
  });
  if (!prepared.ok) return prepared;
  return transaction(async (tx) => {
    const stored = await storePassword(tx, {
      accountId: session.accountId,
      loginEmail: session.loginEmail,
      prepared: prepared.value,
      actor: { kind: 'account', id: session.accountId },
      personal: { address, userAgent },
      keep: { sessionId: session.id, attemptId: null },
    });
    return stored.ok ? ok(null) : stored;
  });
}
