import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { signInAttempts } from '@/drizzle/schema';
import { type CodeScreen, codeScreen } from '@/lib/account/code-screen';
import { liveCode, type SentCode } from '@/lib/account/codes';
import {
  type FactorRefusal,
  type FactorSendRefusal,
  type FactorUse,
  sendFactorCode,
  type TypedMethod,
  verifyFactor,
} from '@/lib/account/factor-proof';
import { codeDestination } from '@/lib/account/factors';
import { type HandOverRefusal, verifyHandOverPin } from '@/lib/account/hand-over';
import type { ChallengeUse } from '@/lib/account/passkey-challenges';
import { askForPasskey, verifyPasskey } from '@/lib/account/passkey-proof';
import type { PasskeyRefusal } from '@/lib/account/passkeys';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { fail, type Result } from '@/lib/policy/result';
import { maskEmail, maskNumber, type ProofMethod } from '@/lib/policy/second-factor';
import { recordSecondFactorProof } from './attempts';
import { actorOf } from './claimant-actor';
import type { Claimant } from './facts';

async function factorUse(claimant: Claimant): Promise<FactorUse> {
  return {
    actor: await actorOf(claimant),
    purpose: 'sign_in',
    standing: claimant.factors,
    lifetimeMinutes: claimant.policy.values.codeLifetimeMinutes,
  };
}

/** The method a screen is for: the asked one if it is offered, else the first. */
export function chosenMethod({ factors }: Claimant, asked: string | undefined): ProofMethod | null {
  return factors.offered.find((method) => method === asked) ?? factors.offered[0] ?? null;
}

/** `…42` or `a•••@x.com`: where a code of this method goes. */
export function maskOf({ factors, account }: Claimant, method: ProofMethod): string | null {
  if (method === 'sms') return maskNumber(factors.phoneTail ?? '');
  return method === 'email' && account.contactEmail !== null ? maskEmail(account.contactEmail) : null;
}

export type SentScreen = {
  readonly sent: SentCode | null;
  readonly refusal: FactorSendRefusal | null;
  readonly screen: CodeScreen;
};

async function wasSent(claimant: Claimant, method: 'email' | 'sms'): Promise<boolean> {
  const [row] = await database().execute(sql`
    select 1 from one_time_codes
    where attempt_id = ${claimant.attempt.id} and purpose = 'sign_in' and channel = ${method} limit 1`);
  return row !== undefined;
}

/** The code of this sign-in by this method. The first is sent without being asked for; later ones are asked for. */
export async function codeOfSignIn(claimant: Claimant, method: 'email' | 'sms'): Promise<SentScreen> {
  const use = await factorUse(claimant);
  const { accountId, binding } = use.actor;
  const screen = codeScreen(await codeDestination(database(), accountId, method));
  if (!(await wasSent(claimant, method))) {
    const sent = await transaction((tx) => sendFactorCode(tx, use, method));
    if (sent.ok) return { sent: sent.value, refusal: null, screen };
    if (sent.error.code !== 'wait' || sent.error.limit !== 'resend')
      return { sent: null, refusal: sent.error, screen };
  }
  const sent = await liveCode(database(), { accountId, purpose: 'sign_in', channel: method, binding });
  return { sent, refusal: null, screen };
}

/** Sends a new code; the older one is void. */
export async function sendSignInCode(
  claimant: Claimant,
  method: 'email' | 'sms',
): Promise<Result<SentCode, FactorSendRefusal>> {
  const use = await factorUse(claimant);
  return transaction((tx) => sendFactorCode(tx, use, method));
}

type AttemptOver = { readonly code: 'attempt_expired' };

/** Holds the attempt, so that its end and a proof given in it cannot pass each other. */
async function holdAttempt(tx: Transaction, attemptId: string): Promise<boolean> {
  const [row] = await tx
    .select({
      open: sql<boolean>`${signInAttempts.finishedAt} is null and ${signInAttempts.endedAt} is null
        and ${signInAttempts.expiresAt} > clock_timestamp()`,
    })
    .from(signInAttempts)
    .where(eq(signInAttempts.id, attemptId))
    .for('update');
  return row?.open ?? false;
}

/** Verifies what was typed and writes the proof on the attempt, in one transaction: neither stands without the other. */
export async function answerSecondFactor(
  claimant: Claimant,
  answer: { readonly method: TypedMethod; readonly code: string },
): Promise<Result<null, FactorRefusal | AttemptOver>> {
  const use = await factorUse(claimant);
  const { attempt } = claimant;
  return transaction(async (tx): Promise<Result<null, FactorRefusal | AttemptOver>> => {
    if (!(await holdAttempt(tx, attempt.id))) return fail({ code: 'attempt_expired' });
    const proof = await verifyFactor(tx, use, answer);
    if (proof.ok) await recordSecondFactorProof(tx, attempt.id, answer.method);
    return proof;
  });
}

/** A PIN that an admin handed over, in the place of the second factor. */
export async function answerHandOver(
  claimant: Claimant,
  typed: string,
): Promise<Result<null, HandOverRefusal | AttemptOver>> {
  const actor = await actorOf(claimant);
  const { attempt } = claimant;
  return transaction(async (tx): Promise<Result<null, HandOverRefusal | AttemptOver>> => {
    if (!(await holdAttempt(tx, attempt.id))) return fail({ code: 'attempt_expired' });
    const proof = await verifyHandOverPin(tx, actor, typed);
    if (proof.ok) await recordSecondFactorProof(tx, attempt.id, 'hand_over');
    return proof;
  });
}

const passkeyUse = ({ account, attempt }: Claimant): ChallengeUse => ({
  purpose: 'second_factor',
  boundTo: attempt.id,
  accountId: account.id,
});

/** What the browser needs to answer this sign-in with a passkey, as JSON. */
export const passkeyOptions = async (claimant: Claimant): Promise<string> =>
  JSON.stringify(await askForPasskey(database(), passkeyUse(claimant)));

/** The same for a passkey's answer. */
export function answerByPasskey(
  claimant: Claimant,
  answer: string,
): Promise<Result<{ readonly accountId: string }, PasskeyRefusal | AttemptOver>> {
  const { attempt } = claimant;
  return transaction(
    async (tx): Promise<Result<{ readonly accountId: string }, PasskeyRefusal | AttemptOver>> => {
      if (!(await holdAttempt(tx, attempt.id))) return fail({ code: 'attempt_expired' });
      const proof = await verifyPasskey(tx, passkeyUse(claimant), answer);
      if (proof.ok) await recordSecondFactorProof(tx, attempt.id, 'passkey');
      return proof;
    },
  );
}
