import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { phoneNumbers } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { ProofMethod } from '@/lib/policy/second-factor';
import type { FactorStanding } from '@/lib/session/factor-standing';
import { type AccountActor, auditOf } from './actor';
import { type BackupCodeRefusal, verifyBackupCode } from './backup-codes';
import { type CodeRefusal, type SendRefusal, type SentCode, sendCode, verifyCode } from './codes';
import { codeDestination } from './factors';
import { isServed } from './phone-number';
import { type TotpRefusal, verifyTotp } from './totp';

/** What a second factor is asked for: to sign in, or to confirm an act in a session. */
export type FactorUse = {
  readonly actor: AccountActor;
  readonly purpose: 'sign_in' | 'step_up';
  /** As session or claimant tells it: what is offered now. */
  readonly standing: Pick<FactorStanding, 'offered'>;
  /** From the policy in force. */
  readonly lifetimeMinutes: number;
};

/** Methods whose answer is typed; a passkey answers through the browser. */
export type TypedMethod = Exclude<ProofMethod, 'passkey'>;

export type NotOffered = { readonly code: 'method_not_offered' };
export type FactorRefusal = CodeRefusal | TotpRefusal | BackupCodeRefusal | NotOffered;
export type FactorSendRefusal = SendRefusal | NotOffered;

/** Sends a code by a bound method that is offered now. */
export async function sendFactorCode(
  tx: Transaction,
  use: FactorUse,
  method: 'email' | 'sms',
): Promise<Result<SentCode, FactorSendRefusal>> {
  const { actor, purpose, standing, lifetimeMinutes } = use;
  const isOffered = standing.offered.includes(method);
  const destination = isOffered ? await codeDestination(tx, actor.accountId, method) : null;
  if (destination === null || (method === 'sms' && !isServed(destination)))
    return fail({ code: 'method_not_offered' });
  return sendCode(tx, {
    accountId: actor.accountId,
    purpose,
    channel: method,
    binding: actor.binding,
    destination,
    proven: true,
    lifetimeMinutes,
    address: actor.address,
  });
}

const recordSmsUse = (tx: Transaction, accountId: string) =>
  tx
    .update(phoneNumbers)
    .set({ lastUsedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(phoneNumbers.accountId, accountId),
        isNotNull(phoneNumbers.confirmedAt),
        isNull(phoneNumbers.removedAt),
      ),
    );

async function verifySent(
  tx: Transaction,
  { actor, purpose }: FactorUse,
  method: 'email' | 'sms',
  typed: string,
) {
  const { accountId, binding } = actor;
  const proven = await verifyCode(tx, { accountId, purpose, channel: method, binding }, typed);
  if (!proven.ok) return proven;
  if (method === 'sms') await recordSmsUse(tx, accountId);
  return ok(null);
}

async function verifyTyped(
  tx: Transaction,
  use: FactorUse,
  answer: FactorAnswer,
): Promise<Result<unknown, FactorRefusal>> {
  const { actor, standing } = use;
  if (!standing.offered.includes(answer.method)) return fail({ code: 'method_not_offered' });
  switch (answer.method) {
    case 'backup':
      return verifyBackupCode(tx, actor, answer.code);
    case 'totp':
      return verifyTotp(tx, actor.accountId, answer.code);
    default:
      return verifySent(tx, use, answer.method, answer.code);
  }
}

/** A refusal is on record. */
async function recordRefusal(
  tx: Transaction,
  { actor }: FactorUse,
  { method, refusal }: { readonly method: TypedMethod; readonly refusal: FactorRefusal },
): Promise<void> {
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'second_factor.refused',
    result: 'refused',
    after: { method, code: refusal.code },
  });
}

export type FactorAnswer = { readonly method: TypedMethod; readonly code: string };

/** Verifies what was typed for a method, using it up if it is right. Commit the transaction whatever the answer. */
export async function verifyFactor(
  tx: Transaction,
  use: FactorUse,
  answer: FactorAnswer,
): Promise<Result<null, FactorRefusal>> {
  const proof = await verifyTyped(tx, use, answer);
  if (proof.ok) return ok(null);
  await recordRefusal(tx, use, { method: answer.method, refusal: proof.error });
  return proof;
}
