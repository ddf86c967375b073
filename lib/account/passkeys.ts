import 'server-only';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { passkeys } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Executor, Transaction } from '@/lib/io/db';
import { newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { type AccountActor, auditOf, boundTo } from './actor';
import { settleFactorChange } from './factor-change';
import { type ChallengeUse, keepChallenge, relyingParty, spendChallenge } from './passkey-challenges';
import { challengeOf, registrationResponse } from './passkey-response';

export type PasskeyItem = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  /** Synced to other devices by its provider. */
  readonly backedUp: boolean;
};

const own = (accountId: string) => and(eq(passkeys.accountId, accountId), isNull(passkeys.removedAt));

export function listPasskeys(executor: Executor, accountId: string): Promise<readonly PasskeyItem[]> {
  return executor
    .select({
      id: passkeys.id,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      lastUsedAt: passkeys.lastUsedAt,
      backedUp: passkeys.backedUp,
    })
    .from(passkeys)
    .where(own(accountId))
    .orderBy(asc(passkeys.createdAt));
}

const registerUse = (actor: AccountActor): ChallengeUse => ({
  purpose: 'register',
  boundTo: boundTo(actor),
  accountId: actor.accountId,
});

/** What the browser needs to make a passkey for this account. */
export async function beginPasskey(
  executor: Executor,
  actor: AccountActor,
  person: { readonly loginEmail: string; readonly name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await executor
    .select({ id: passkeys.credentialId })
    .from(passkeys)
    .where(own(actor.accountId));
  const { id: rpID, name: rpName } = relyingParty();
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userName: person.loginEmail,
    userDisplayName: person.name,
    userID: Uint8Array.from(Buffer.from(actor.accountId)),
    attestationType: 'none',
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(executor, registerUse(actor), options.challenge);
  return options;
}

async function verified(response: RegistrationResponseJSON, challenge: string) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty();
  try {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
    });
    return result.verified ? result.registrationInfo : null;
  } catch {
    // The library throws for every response that is not genuine; that is an expected answer here.
    return null;
  }
}

export type PasskeyRefusal =
  | { readonly code: 'passkey_refused' }
  /** The challenge was used before, or its five minutes are over. */
  | { readonly code: 'challenge_over' };

const nameLength = 60;

/** Binds a new passkey, if the browser's answer is genuine and to a challenge of this very session or attempt. */
export async function addPasskey(
  tx: Transaction,
  actor: AccountActor,
  made: { readonly response: string; readonly name: string },
): Promise<Result<{ readonly id: string }, PasskeyRefusal>> {
  const response = registrationResponse(made.response);
  const challenge = response && challengeOf(response.response.clientDataJSON);
  if (!response || challenge === null) return fail({ code: 'passkey_refused' });
  if (!(await spendChallenge(tx, registerUse(actor), challenge))) return fail({ code: 'challenge_over' });
  const info = await verified(response, challenge);
  if (info === null) return fail({ code: 'passkey_refused' });
  const id = newId();
  const rows = await tx
    .insert(passkeys)
    .values({
      id,
      accountId: actor.accountId,
      credentialId: info.credential.id,
      publicKey: info.credential.publicKey,
      counter: info.credential.counter,
      transports: info.credential.transports ?? [],
      backedUp: info.credentialBackedUp,
      name: made.name.trim().slice(0, nameLength) || 'Passkey',
    })
    .onConflictDoNothing({ target: passkeys.credentialId })
    .returning({ id: passkeys.id });
  if (rows.length === 0) return fail({ code: 'passkey_refused' });
  await settleFactorChange(tx, actor, { kind: 'added', method: 'passkey', id });
  return ok({ id });
}

/** Gives a passkey another name; false when it is not one of the account's. */
export async function renamePasskey(
  tx: Transaction,
  actor: AccountActor,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ name: name.trim().slice(0, nameLength) })
    .where(and(own(actor.accountId), eq(passkeys.id, id)))
    .returning({ id: passkeys.id });
  if (rows.length === 0) return false;
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'passkey.renamed',
    result: 'success',
    target: { kind: 'passkey', id },
  });
  return true;
}
