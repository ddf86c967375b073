import 'server-only';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { signInAttempts } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { seal, unseal } from '@/lib/io/seal';
import { hashToken, newId, newToken, tokenHashes } from '@/lib/io/token';
import { type Instant, type Milliseconds, minutes } from '@/lib/policy/time';

export type ProofMethod = NonNullable<(typeof signInAttempts.$inferSelect)['secondFactorMethod']>;
export type ClientKind = (typeof signInAttempts.$inferSelect)['clientKind'];

/** Who begins a sign-in, and from where. `accountId` is null for an email nobody has; such an attempt never gets past the password. */
export type NewAttempt = {
  readonly email: string;
  readonly accountId: string | null;
  readonly client: { readonly kind: ClientKind; readonly name: string | null };
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly returnTo: string | null;
};

/** The token goes to the claimant once (cookie or bearer); only its hash is kept. */
export type BegunAttempt = { readonly id: string; readonly token: string; readonly expiresAt: Instant };

/** An attempt lives 30 minutes, longer while a code sent in it still works, and never beyond 60. */
export const attemptLifetime: Milliseconds = minutes(30);
export const attemptLifetimeAtMost: Milliseconds = minutes(60);

const fromNow = (length: Milliseconds) =>
  sql<number>`clock_timestamp() + make_interval(secs => ${length / 1000})`;

const returnContext = (attemptId: string) => `return-to:${attemptId}`;

/** Where the claimant wanted to go. It is kept sealed, since it may hold the token of an invitation. */
export const returnPathOf = (attempt: { readonly id: string; readonly returnTo: string | null }) =>
  attempt.returnTo === null ? null : unseal(attempt.returnTo, returnContext(attempt.id));

export async function beginAttempt(executor: Executor, begun: NewAttempt): Promise<BegunAttempt> {
  const { client, returnTo, ...rest } = begun;
  const id = newId();
  const token = newToken();
  const [row] = await executor
    .insert(signInAttempts)
    .values({
      ...rest,
      id,
      returnTo: returnTo === null ? null : seal(returnTo, returnContext(id)),
      tokenHash: hashToken(token),
      clientKind: client.kind,
      clientName: client.name,
      createdAt: sql`clock_timestamp()`,
      expiresAt: fromNow(attemptLifetime),
    })
    .returning({ id: signInAttempts.id, expiresAt: signInAttempts.expiresAt });
  if (!row) throw new Error('the attempt was not returned');
  return { ...row, token };
}

const isOpen = and(
  isNull(signInAttempts.finishedAt),
  isNull(signInAttempts.endedAt),
  sql`${signInAttempts.expiresAt} > clock_timestamp()`,
);

type AttemptChange = Parameters<ReturnType<Executor['update']>['set']>[0];

/** Changes an attempt while it is open; false when it is not any more, and then nothing changed. */
async function change(tx: Executor, attemptId: string, values: AttemptChange): Promise<boolean> {
  const rows = await tx
    .update(signInAttempts)
    .set(values)
    .where(and(eq(signInAttempts.id, attemptId), isOpen))
    .returning({ id: signInAttempts.id });
  return rows.length === 1;
}

const thisMoment = sql`clock_timestamp()`;

export type PasswordProof = {
  readonly isBelowPolicy: boolean;
  readonly isBreached: boolean;
  /** The known device the password was typed on. */
  readonly deviceId: string | null;
};

/** The right password was typed. What it says about the password is kept, never the password. */
export const recordPasswordProof = (tx: Transaction, attemptId: string, proof: PasswordProof) =>
  change(tx, attemptId, {
    passwordVerifiedAt: thisMoment,
    passwordBelowPolicy: proof.isBelowPolicy,
    passwordBreached: proof.isBreached,
    deviceId: proof.deviceId,
  });

/** A bound second factor was proven. Call it in the transaction that spends the code, time step or challenge. */
export const recordSecondFactorProof = (tx: Transaction, attemptId: string, method: ProofMethod) =>
  change(tx, attemptId, { secondFactorVerifiedAt: thisMoment, secondFactorMethod: method });

/** A passkey with user verification stands for the password and the second factor, also where no password was typed. */
export const recordPasskeyProof = (tx: Transaction, attemptId: string, deviceId: string | null) =>
  change(tx, attemptId, { deviceId, secondFactorVerifiedAt: thisMoment, secondFactorMethod: 'passkey' });

/** A factor was enrolled in this attempt; its confirmation is this attempt's second factor. Call it in the confirming transaction. */
export const recordEnrollment = (tx: Transaction, attemptId: string, method: ProofMethod) =>
  change(tx, attemptId, {
    enrolledMethod: method,
    secondFactorVerifiedAt: thisMoment,
    secondFactorMethod: method,
  });

/** A code mailed to an address proven before was entered; it opens contact email and enrollment while no factor is bound. */
export const recordOriginProof = (tx: Transaction, attemptId: string) =>
  change(tx, attemptId, { originProvenAt: thisMoment });

/** The password was changed in this attempt, so nothing the old one owed is due any more. */
export const recordPasswordChange = (tx: Transaction, attemptId: string) =>
  change(tx, attemptId, {
    passwordChangedAt: thisMoment,
    passwordBelowPolicy: false,
    passwordBreached: false,
  });

/** The contact email was put off; that counts only while no rule requires one. */
export const recordContactEmailDeferral = (tx: Transaction, attemptId: string) =>
  change(tx, attemptId, { contactEmailDeferredAt: thisMoment });

/** Keeps the attempt open until a code sent in it expires, within 60 minutes of its beginning. */
export const keepAttemptOpen = (tx: Transaction, attemptId: string, length: Milliseconds) =>
  change(tx, attemptId, {
    expiresAt: sql`greatest(${signInAttempts.expiresAt}, least(${signInAttempts.createdAt} + make_interval(secs => ${attemptLifetimeAtMost / 1000}), ${fromNow(length)}))`,
  });

/** The claimant leaves, or something made the attempt void. */
export const endAttempt = (executor: Executor, attemptId: string) =>
  change(executor, attemptId, { endedAt: thisMoment });

/** Ends every open attempt of an account: after a reset or a password change elsewhere nothing begun before goes on. */
export async function endAttempts(
  tx: Transaction,
  which: { readonly accountId: string; readonly keepAttemptId: string | null },
): Promise<void> {
  await tx
    .update(signInAttempts)
    .set({ endedAt: thisMoment })
    .where(
      and(
        eq(signInAttempts.accountId, which.accountId),
        isOpen,
        which.keepAttemptId === null ? undefined : sql`${signInAttempts.id} <> ${which.keepAttemptId}`,
      ),
    );
}

/** The open attempt a token belongs to, by its id; null when it never was, is over or was finished. */
export async function findAttemptId(executor: Executor, token: string): Promise<string | null> {
  const [row] = await executor
    .select({ id: signInAttempts.id })
    .from(signInAttempts)
    .where(and(inArray(signInAttempts.tokenHash, [...tokenHashes(token)]), isOpen));
  return row?.id ?? null;
}
