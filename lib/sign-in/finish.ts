import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { sessions } from '@/drizzle/schema';
import { type RememberedDevice, rememberDevice } from '@/lib/account/known-devices';
import { readmitByFactor } from '@/lib/account/readmission';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { type Transaction, transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import { fail, ok, type Result } from '@/lib/policy/result';
import { proofStrength } from '@/lib/policy/second-factor';
import { isKindAllowed, overallHours } from '@/lib/policy/session';
import type { SignInStep } from '@/lib/policy/sign-in';
import { hours, type Instant } from '@/lib/policy/time';
import { clientName } from '@/lib/session/session-list';
import { createSession } from '@/lib/session/sessions';
import { returnPathOf } from './attempts';
import { findClaimantRow } from './claimant-row';
import { type Claimant, claimantOf } from './facts';
import { closeAttempt, spendTicket } from './ticket';

/** From where the last step was sent. */
export type FinishingClient = { readonly address: string | null; readonly userAgent: string | null };

/** A complete sign-in. The token leaves once, to the client that earned it. */
export type FinishedSignIn = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly token: string;
  readonly kind: 'web' | 'mobile' | 'desktop';
  /** Null where this kind of session does not expire. */
  readonly expiresAt: Instant | null;
  readonly closeWithBrowser: boolean;
  readonly device: RememberedDevice | null;
  readonly returnTo: string | null;
};

export type FinishRefusal =
  /** The ticket was used, is too old, or its attempt is over. */
  | { readonly code: 'attempt_expired' }
  /** Something came up meanwhile: the claimant stands at this step again. */
  | { readonly code: 'not_finished'; readonly step: SignInStep }
  | { readonly code: 'kind_disabled' };

function strengthOf({ attempt, factors }: Claimant): number {
  const method = attempt.secondFactorMethod;
  return method === null || method === 'hand_over' ? 0 : proofStrength(method, factors.methods);
}

async function hasOtherWebSession(tx: Transaction, accountId: string): Promise<boolean> {
  const running = and(eq(sessions.accountId, accountId), eq(sessions.kind, 'web'), isNull(sessions.endedAt));
  return (await tx.$count(sessions, running)) > 0;
}

/** Tells the person of an entry they might not know of; between known browsers only in the app. */
async function tellOfEntry(
  tx: Transaction,
  { claimant, client, device, elsewhere, sessionId }: Entry,
): Promise<void> {
  const { account, attempt, now, hasSignedInBefore } = claimant;
  const key = `signed-in:${sessionId}`;
  const data = {
    client: attempt.clientName ?? clientName(client.userAgent),
    address: client.address ?? 'unknown',
    at: now,
  };
  if (attempt.clientKind !== 'web') {
    const notice = { kind: 'new_client', data: { ...data, kind: attempt.clientKind } } as const;
    await notify(tx, { key, accountId: account.id, notice });
  } else if (device?.isNew && attempt.deviceId === null && hasSignedInBefore) {
    await notify(tx, { key, accountId: account.id, notice: { kind: 'new_device', data } });
  } else if (elsewhere) {
    const notice = { kind: 'signed_in_elsewhere', data } as const;
    await notify(tx, { key, accountId: account.id, notice, only: 'app' });
  }
}

type Entry = {
  readonly claimant: Claimant;
  readonly client: FinishingClient;
  readonly device: RememberedDevice | null;
  readonly elsewhere: boolean;
  readonly sessionId: string;
};

/** Makes the session of a claimant at the end of the list. */
async function mint(tx: Transaction, claimant: Claimant, client: FinishingClient) {
  const { attempt, account, policy } = claimant;
  const kind = attempt.clientKind;
  const { singleWebSession, closeWithBrowser } = policy.values;
  const limit = overallHours(kind, policy.values);
  const isWeb = kind === 'web';
  const elsewhere = isWeb && singleWebSession && (await hasOtherWebSession(tx, account.id));
  const device = isWeb
    ? await rememberDevice(tx, {
        accountId: account.id,
        deviceId: attempt.deviceId,
        userAgent: client.userAgent,
      })
    : null;
  const minted = await createSession(tx, {
    accountId: account.id,
    attemptId: attempt.id,
    kind,
    clientName: attempt.clientName,
    deviceId: device?.id ?? null,
    method: attempt.secondFactorMethod,
    strength: strengthOf(claimant),
    address: client.address,
    userAgent: client.userAgent,
    overallMinutes: limit === null ? null : limit * 60,
    closeWithBrowser,
    isOnlyWebSession: singleWebSession,
  });
  await tellOfEntry(tx, { claimant, client, device, elsewhere, sessionId: minted.id });
  const expiresAt = limit === null ? null : claimant.now + hours(limit);
  return { minted, device, expiresAt, kind, closeWithBrowser };
}

async function finish(
  tx: Transaction,
  claimant: Claimant,
  client: FinishingClient,
): Promise<Result<FinishedSignIn, FinishRefusal>> {
  const { attempt, account, policy } = claimant;
  if (claimant.step !== 'signed_in') return fail({ code: 'not_finished', step: claimant.step });
  if (!isKindAllowed(attempt.clientKind, policy.values)) return fail({ code: 'kind_disabled' });
  const { minted, ...made } = await mint(tx, claimant, client);
  if (!(await closeAttempt(tx, attempt.id, minted.id))) throw new Error('the attempt was open a moment ago');
  await readmitByFactor(tx, { accountId: account.id, method: attempt.secondFactorMethod });
  await recordAudit(tx, {
    chain: accountChain(account.id),
    event: 'sign_in.completed',
    actor: { kind: 'account', id: account.id },
    result: 'success',
    target: { kind: 'session', id: minted.id },
    after: {
      kind: made.kind,
      client: attempt.clientName,
      method: attempt.secondFactorMethod,
      newDevice: made.device?.isNew ?? null,
    },
    personal: client,
  });
  const returnTo = returnPathOf(attempt);
  return ok({ ...made, sessionId: minted.id, token: minted.token, accountId: account.id, returnTo });
}

/**
 * Turns an attempt into a session, exactly once: spends its ticket and derives the step anew within the transaction. This is
 * the one way to `createSession`; whatever came up meanwhile refuses.
 */
export function redeemTicket(
  ticket: string,
  client: FinishingClient,
): Promise<Result<FinishedSignIn, FinishRefusal>> {
  return transaction(async (tx) => {
    const attemptId = await spendTicket(tx, ticket);
    const row = attemptId === null ? null : await findClaimantRow(tx, { id: attemptId });
    const claimant = row && claimantOf(row, client.address);
    return claimant ? finish(tx, claimant, client) : fail({ code: 'attempt_expired' });
  });
}
