import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { generateSecret, verifySync } from 'otplib';
import { totpAuthenticators } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { seal, unseal } from '@/lib/io/seal';
import { newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import { normalizeCode } from '@/lib/policy/typed-code';
import { type AccountActor, boundTo } from './actor';
import { settleFactorChange } from './factor-change';
import { beginTry, failTry, forgiveTry, succeedTry, type TriesRefusal } from './factor-tries';

const stepSeconds = 30;
const issuer = 'Gatehouse';
const sealContext = (accountId: string) => `totp:${accountId}`;

/** A key on its way into an app. It is shown, as picture and as text, until a code proves it. */
export type PendingTotp = { readonly id: string; readonly secret: string; readonly uri: string };

/** The key URI format of authentication apps; a colon would end the issuer, so it has none. */
export function keyUri(secret: string, login: string): string {
  const name = encodeURIComponent(issuer.replaceAll(':', ''));
  const label = encodeURIComponent(login).replaceAll('%40', '@');
  return `otpauth://totp/${name}:${label}?secret=${secret}&issuer=${name}`;
}

/** The time step in which a code is right, at most one away from the given moment; null when it is wrong. */
export function matchingStep(secret: string, digits: string, epochSeconds: number): number | null {
  const result = verifySync({ secret, token: digits, epoch: epochSeconds, epochTolerance: stepSeconds });
  return result.valid ? Math.floor(epochSeconds / stepSeconds) + result.delta : null;
}

/** Begins a set-up in this session or attempt, with a key nobody has seen. */
export async function beginTotp(tx: Transaction, actor: AccountActor): Promise<void> {
  const own = boundTo(actor);
  await tx
    .delete(totpAuthenticators)
    .where(
      and(
        eq(totpAuthenticators.accountId, actor.accountId),
        eq(totpAuthenticators.boundTo, own),
        isNull(totpAuthenticators.confirmedAt),
      ),
    );
  await tx.insert(totpAuthenticators).values({
    id: newId(),
    accountId: actor.accountId,
    boundTo: own,
    sealedSecret: seal(generateSecret({ length: 20 }), sealContext(actor.accountId)),
    pendingUntil: sql`clock_timestamp() + interval '15 minutes'`,
  });
}

const pending = (actor: Pick<AccountActor, 'accountId' | 'binding'>) =>
  and(
    eq(totpAuthenticators.accountId, actor.accountId),
    eq(totpAuthenticators.boundTo, boundTo(actor)),
    isNull(totpAuthenticators.confirmedAt),
    sql`${totpAuthenticators.pendingUntil} > clock_timestamp()`,
  );

const pendingColumns = {
  id: totpAuthenticators.id,
  sealedSecret: totpAuthenticators.sealedSecret,
  epochSeconds: sql<number>`floor(extract(epoch from clock_timestamp()))`.mapWith(Number),
};

/** The set-up that runs in this session or attempt; null when none does, or its 15 minutes are over. */
export async function pendingTotp(
  executor: Executor,
  actor: Pick<AccountActor, 'accountId' | 'binding'>,
  login: string,
): Promise<PendingTotp | null> {
  const [row] = await executor.select(pendingColumns).from(totpAuthenticators).where(pending(actor));
  if (!row) return null;
  const secret = unseal(row.sealedSecret, sealContext(actor.accountId));
  return { id: row.id, secret, uri: keyUri(secret, login) };
}

export type SetUpRefusal = { readonly code: 'code_wrong' } | { readonly code: 'set_up_expired' };

/** Binds the app whose key was shown, once a code proves that it arrived there. The app bound before works until then. */
export async function confirmTotp(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<{ readonly replaced: boolean }, SetUpRefusal>> {
  const [row] = await tx.select(pendingColumns).from(totpAuthenticators).where(pending(actor)).for('update');
  if (!row) return fail({ code: 'set_up_expired' });
  const digits = normalizeCode(typed);
  const secret = unseal(row.sealedSecret, sealContext(actor.accountId));
  const step = digits === null ? null : matchingStep(secret, digits, row.epochSeconds);
  if (step === null) return fail({ code: 'code_wrong' });
  const replaced = await retireTotp(tx, actor.accountId);
  await tx
    .update(totpAuthenticators)
    .set({ confirmedAt: sql`clock_timestamp()`, lastStep: step })
    .where(eq(totpAuthenticators.id, row.id));
  await settleFactorChange(tx, actor, { kind: replaced ? 'replaced' : 'added', method: 'totp', id: row.id });
  return ok({ replaced });
}

const bound = (accountId: string) =>
  and(
    eq(totpAuthenticators.accountId, accountId),
    isNotNull(totpAuthenticators.confirmedAt),
    isNull(totpAuthenticators.removedAt),
  );

async function retireTotp(tx: Transaction, accountId: string): Promise<boolean> {
  const rows = await tx
    .update(totpAuthenticators)
    .set({ removedAt: sql`clock_timestamp()` })
    .where(bound(accountId))
    .returning({ id: totpAuthenticators.id });
  return rows.length > 0;
}

/** Takes the step as used if no code of it or of a later one was accepted before; of many at once, one succeeds. */
async function spendStep(tx: Transaction, id: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(totpAuthenticators)
    .set({ lastStep: step, lastUsedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(totpAuthenticators.id, id),
        isNull(totpAuthenticators.removedAt),
        sql`coalesce(${totpAuthenticators.lastStep}, -1) < ${step}`,
      ),
    )
    .returning({ id: totpAuthenticators.id });
  return rows.length === 1;
}

export type TotpRefusal =
  | { readonly code: 'code_wrong' }
  /** Right, but its time step or a later one was accepted before. Whoever knows it did not guess, so it costs no try. */
  | { readonly code: 'code_used' }
  | TriesRefusal;

/** The bound app and the time step in which the digits are its code; null when they are not. */
async function matchBound(tx: Transaction, accountId: string, digits: string | null) {
  const [row] = await tx.select(pendingColumns).from(totpAuthenticators).where(bound(accountId));
  if (!row || digits === null) return null;
  const secret = unseal(row.sealedSecret, sealContext(accountId));
  const step = matchingStep(secret, digits, row.epochSeconds);
  return step === null ? null : { id: row.id, step };
}

/** Whether the typed code is the bound app's, using up its time step if so. Commit the transaction whatever the answer. */
export async function verifyTotp(
  tx: Transaction,
  accountId: string,
  typed: string,
): Promise<Result<null, TotpRefusal>> {
  const tried = await beginTry(tx, accountId, 'totp');
  if (!tried.ok) return tried;
  const right = await matchBound(tx, accountId, normalizeCode(typed));
  if (right === null) {
    await failTry(tx, tried.value);
    return fail({ code: 'code_wrong' });
  }
  if (!(await spendStep(tx, right.id, right.step))) {
    await forgiveTry(tx, tried.value);
    return fail({ code: 'code_used' });
  }
  await succeedTry(tx, tried.value);
  return ok(null);
}
