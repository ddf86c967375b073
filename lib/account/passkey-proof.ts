import 'server-only';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type ChallengeUse, keepChallenge, relyingParty, spendChallenge } from './passkey-challenges';
import { assertionResponse, challengeOf } from './passkey-response';
import type { PasskeyRefusal } from './passkeys';

const credentialColumns = {
  id: passkeys.id,
  accountId: passkeys.accountId,
  credentialId: passkeys.credentialId,
  publicKey: passkeys.publicKey,
  counter: passkeys.counter,
};

/** What the browser needs to use a passkey: any of this site's when nobody is known yet, else the account's own. */
export async function askForPasskey(
  executor: Executor,
  use: ChallengeUse,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known =
    use.accountId === null
      ? []
      : await executor
          .select({ id: passkeys.credentialId })
          .from(passkeys)
          .where(and(eq(passkeys.accountId, use.accountId), isNull(passkeys.removedAt)));
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    allowCredentials: known,
    userVerification: 'required',
  });
  await keepChallenge(executor, use, options.challenge);
  return options;
}

type Credential = {
  readonly id: string;
  readonly accountId: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
};

/** The counter the authenticator reports, when its answer is genuine; null otherwise. */
async function genuineCounter(
  response: AuthenticationResponseJSON,
  challenge: string,
  credential: Credential,
): Promise<number | null> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      credential: {
        id: credential.credentialId,
        publicKey: Uint8Array.from(credential.publicKey),
        counter: credential.counter,
      },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    // The library throws for every response that is not genuine; that is an expected answer here.
    return null;
  }
}

/** Authenticators that count must count up: one that does not was copied. */
async function recordUse(tx: Transaction, id: string, counter: number): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ counter, lastUsedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(passkeys.id, id),
        isNull(passkeys.removedAt),
        sql`(${passkeys.counter} < ${counter} or (${passkeys.counter} = 0 and ${counter} = 0))`,
      ),
    )
    .returning({ id: passkeys.id });
  return rows.length === 1;
}

const namesAccount = (response: AuthenticationResponseJSON, accountId: string): boolean => {
  const { userHandle } = response.response;
  return userHandle === undefined || Buffer.from(userHandle, 'base64url').toString('utf8') === accountId;
};

/** Whose passkey answered, with user verification, a challenge of this use. The challenge is used up whatever the answer. */
export async function verifyPasskey(
  tx: Transaction,
  use: ChallengeUse,
  answer: string,
): Promise<Result<{ readonly accountId: string }, PasskeyRefusal>> {
  const response = assertionResponse(answer);
  const challenge = response && challengeOf(response.response.clientDataJSON);
  if (!response || challenge === null) return fail({ code: 'passkey_refused' });
  if (!(await spendChallenge(tx, use, challenge))) return fail({ code: 'challenge_over' });
  const [credential] = await tx
    .select(credentialColumns)
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, response.id), isNull(passkeys.removedAt)));
  const isOwn = credential && (use.accountId === null || use.accountId === credential.accountId);
  if (!isOwn || !namesAccount(response, credential.accountId)) return fail({ code: 'passkey_refused' });
  const counter = await genuineCounter(response, challenge, credential);
  if (counter === null || !(await recordUse(tx, credential.id, counter)))
    return fail({ code: 'passkey_refused' });
  return ok({ accountId: credential.accountId });
}
