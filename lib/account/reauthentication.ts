import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import {
  isReauthenticated,
  operatorStrength,
  type ReauthenticationNeed,
} from '@/lib/policy/reauthentication';
import { fail, ok, type Result } from '@/lib/policy/result';
import { factorStrength, type ProofMethod, proofStrength } from '@/lib/policy/second-factor';
import type { CurrentSession } from '@/lib/session/current';
import { type AccountActor, auditOf } from './actor';
import { type FactorRefusal, type FactorUse, type TypedMethod, verifyFactor } from './factor-proof';
import { checkOwnPassword } from './own-password';
import type { ChallengeUse } from './passkey-challenges';
import { verifyPasskey } from './passkey-proof';
import type { PasskeyRefusal } from './passkeys';
import type { PasswordRefusal } from './password-check';
import { recordSuccess } from './password-pools';

/** What was typed into "Confirm it is you". */
export type TypedReauthentication = {
  readonly password?: string | undefined;
  readonly code?: string | undefined;
  readonly method?: TypedMethod | undefined;
};

export type ReauthenticationRefusal =
  | { readonly code: 'password_missing' }
  | { readonly code: 'password'; readonly refusal: PasswordRefusal }
  | { readonly code: 'factor_missing' }
  | { readonly code: 'factor'; readonly refusal: FactorRefusal }
  /** The act needs a stronger factor than any that is bound. */
  | { readonly code: 'too_weak' };

type Asked = {
  readonly session: CurrentSession;
  readonly typed: TypedReauthentication;
  readonly need: ReauthenticationNeed;
};

export const actorOf = (session: CurrentSession, userAgent: string | null): AccountActor => ({
  accountId: session.accountId,
  binding: { sessionId: session.id },
  address: session.address,
  userAgent,
});

const minimumOf = (need: ReauthenticationNeed, session: CurrentSession): number => {
  if (need === 'operator') return operatorStrength;
  return need === 'strongest' ? session.strongestFactor : 0;
};

/** The methods that reach what an act needs, in their order, backup codes last; none where nothing is bound. */
export function reauthenticationMethods(
  session: CurrentSession,
  need: ReauthenticationNeed,
): readonly ProofMethod[] {
  const { offered, methods } = session.factors;
  return offered.filter((method) => proofStrength(method, methods) >= minimumOf(need, session));
}

/** Writes on the session that its person proved who they are, and by how much. */
export async function recordReauthentication(
  tx: Transaction,
  actor: AccountActor,
  strength: number,
): Promise<void> {
  const sessionId = actor.binding.sessionId ?? '';
  await tx
    .update(sessions)
    .set({
      reauthenticatedAt: sql`clock_timestamp()`,
      reauthenticationBeganAt: sql`clock_timestamp()`,
      reauthenticationStrength: strength,
      reauthenticationAddress: actor.address,
    })
    .where(
      and(eq(sessions.id, sessionId), eq(sessions.accountId, actor.accountId), isNull(sessions.endedAt)),
    );
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'session.reauthenticated',
    result: 'success',
    target: { kind: 'session', id: sessionId },
    after: { strength },
  });
}

/** The strength that was proven; 0 where nothing is bound and nothing more is needed. */
async function proveFactor(
  tx: Transaction,
  use: FactorUse,
  { session, typed, need }: Asked,
): Promise<Result<number, ReauthenticationRefusal>> {
  if (session.strongestFactor < minimumOf(need, session)) return fail({ code: 'too_weak' });
  if (session.strongestFactor === 0) return ok(0);
  const { method, code } = typed;
  if (method === undefined || !code?.trim()) return fail({ code: 'factor_missing' });
  if (!reauthenticationMethods(session, need).includes(method)) return fail({ code: 'too_weak' });
  const proof = await verifyFactor(tx, use, { method, code });
  return proof.ok
    ? ok(proofStrength(method, session.factors.methods))
    : fail({ code: 'factor', refusal: proof.error });
}

/** How a code for step-up is sent and verified in a session. */
export const stepUpUse = (session: CurrentSession, userAgent: string | null): FactorUse => ({
  actor: actorOf(session, userAgent),
  purpose: 'step_up',
  standing: session.factors,
  lifetimeMinutes: session.policy.values.codeLifetimeMinutes,
});

/**
 * Step-up: the password, and a second factor where one is bound. On success the session remembers it; a refusal leaves it
 * as it was, with wrong tries counted.
 */
export async function reauthenticate(
  session: CurrentSession,
  typed: TypedReauthentication,
  { need, userAgent }: { readonly need: ReauthenticationNeed; readonly userAgent: string | null },
): Promise<Result<null, ReauthenticationRefusal>> {
  if (!typed.password) return fail({ code: 'password_missing' });
  const place = await checkOwnPassword(session, typed.password, userAgent);
  if (!place.ok) return fail({ code: 'password', refusal: place.error });
  const use = stepUpUse(session, userAgent);
  return transaction(async (tx) => {
    await recordSuccess(tx, place.value);
    const proven = await proveFactor(tx, use, { session, typed, need });
    if (!proven.ok) return proven;
    await recordReauthentication(tx, use.actor, proven.value);
    return ok(null);
  });
}

/** Step-up by a passkey: with user verification it stands for password and second factor. */
export async function reauthenticateByPasskey(
  session: CurrentSession,
  answer: string,
  userAgent: string | null,
): Promise<Result<null, PasskeyRefusal>> {
  const actor = actorOf(session, userAgent);
  return transaction(async (tx) => {
    const proven = await verifyPasskey(tx, passkeyStepUp(session), answer);
    if (!proven.ok) return proven;
    await recordReauthentication(tx, actor, factorStrength.passkey);
    return ok(null);
  });
}

/** The use of a passkey's challenge for step-up. */
export const passkeyStepUp = (session: CurrentSession): ChallengeUse => ({
  purpose: 'step_up',
  boundTo: session.id,
  accountId: session.accountId,
});

/** Whether an act may go on at once. Using the proof makes it last longer, within its bounds. */
export async function extendReauthentication(
  session: CurrentSession,
  need: ReauthenticationNeed,
): Promise<boolean> {
  if (!isReauthenticated(session, need)) return false;
  await database()
    .update(sessions)
    .set({ reauthenticatedAt: sql`clock_timestamp()` })
    .where(and(eq(sessions.id, session.id), isNull(sessions.endedAt)));
  return true;
}
