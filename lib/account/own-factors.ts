import 'server-only';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { ok, type Result } from '@/lib/policy/result';
import { type FactorMethod, factorStrength } from '@/lib/policy/second-factor';
import type { CurrentSession } from '@/lib/session/current';
import type { AccountActor } from './actor';
import { backupCodeState } from './backup-codes';
import { confirmEmailCode, type NoContactEmail } from './email-code';
import {
  mandatesOf,
  type RemovalRefusal,
  type RemovedFactor,
  removeFactor,
  setDefaultMethod,
} from './factor-removal';
import { type BoundFactor, boundFactors } from './factors';
import { checkHold, type Held } from './hold';
import { addPasskey, listPasskeys, type PasskeyItem, type PasskeyRefusal, renamePasskey } from './passkeys';
import { actorOf, recordReauthentication } from './reauthentication';
import { type ConfirmSmsRefusal, confirmSms } from './sms';
import { confirmTotp, type SetUpRefusal } from './totp';

export type FinishRefusal = SetUpRefusal | ConfirmSmsRefusal | NoContactEmail | Held;
/** Whether there are backup codes now that nobody has saved yet. */
export type Finished = { readonly unsavedCodes: boolean };

const confirms = { totp: confirmTotp, sms: confirmSms, email: confirmEmailCode } as const;

/** The proof that a factor works is also a proof of who is there, of the new factor's strength. */
async function settle(tx: Transaction, actor: AccountActor, method: FactorMethod): Promise<Finished> {
  await recordReauthentication(tx, actor, factorStrength[method]);
  const codes = await backupCodeState(tx, actor.accountId);
  return { unsavedCodes: codes !== null && codes.savedAt === null };
}

/** Confirms a set-up that this session began. */
export function finishSetUp(
  actor: AccountActor,
  method: keyof typeof confirms,
  code: string,
): Promise<Result<Finished, FinishRefusal>> {
  return transaction(async (tx): Promise<Result<Finished, FinishRefusal>> => {
    const free = await checkHold(tx, actor);
    if (!free.ok) return free;
    const confirmed = await confirms[method](tx, actor, code);
    return confirmed.ok ? ok(await settle(tx, actor, method)) : confirmed;
  });
}

/** Binds the passkey that the browser made for this session. */
export function finishPasskey(
  actor: AccountActor,
  made: { readonly response: string; readonly name: string },
): Promise<Result<Finished, PasskeyRefusal | Held>> {
  return transaction(async (tx): Promise<Result<Finished, PasskeyRefusal | Held>> => {
    const free = await checkHold(tx, actor);
    if (!free.ok) return free;
    const added = await addPasskey(tx, actor, made);
    return added.ok ? ok(await settle(tx, actor, 'passkey')) : added;
  });
}

/** Removes one of the person's own factors. */
export const removeOne = (
  session: CurrentSession,
  userAgent: string | null,
  factor: RemovedFactor,
): Promise<Result<null, RemovalRefusal>> =>
  transaction((tx) =>
    removeFactor(tx, actorOf(session, userAgent), { factor, mandates: mandatesOf(session) }),
  );

/** Picks what sign-in asks for first. */
export const chooseDefault = (actor: AccountActor, method: FactorMethod): Promise<boolean> =>
  transaction((tx) => setDefaultMethod(tx, actor, method));

/** What is bound, strongest first, for the person's own page. */
export const ownFactors = (session: CurrentSession): Promise<readonly BoundFactor[]> =>
  boundFactors(database(), session.accountId, session.factors);

/** The person's passkeys, oldest first. */
export const ownPasskeys = (session: CurrentSession): Promise<readonly PasskeyItem[]> =>
  listPasskeys(database(), session.accountId);

/** Gives one of the person's passkeys another name; false when there is none of this id. */
export const renameOwnPasskey = (
  actor: AccountActor,
  change: { readonly id: string; readonly name: string },
): Promise<boolean> => transaction((tx) => renamePasskey(tx, actor, change));
