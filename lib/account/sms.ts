import 'server-only';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { phoneNumbers } from '@/drizzle/schema';
import type { Executor, Transaction } from '@/lib/io/db';
import { seal, unseal } from '@/lib/io/seal';
import { newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type AccountActor, boundTo } from './actor';
import { destinationKey } from './code-record';
import { type CodeRefusal, type SendRefusal, type SentCode, sendCode, verifyCode } from './codes';
import { settleFactorChange } from './factor-change';
import { checkHold, type Held } from './hold';

const sealContext = (accountId: string) => `phone:${accountId}`;

const use = (actor: AccountActor) =>
  ({
    accountId: actor.accountId,
    purpose: 'phone_number',
    channel: 'sms',
    binding: actor.binding,
  }) as const;

const pending = (actor: Pick<AccountActor, 'accountId' | 'binding'>) =>
  and(
    eq(phoneNumbers.accountId, actor.accountId),
    eq(phoneNumbers.boundTo, boundTo(actor)),
    isNull(phoneNumbers.confirmedAt),
    sql`${phoneNumbers.pendingUntil} > clock_timestamp()`,
  );

const bound = (accountId: string) =>
  and(
    eq(phoneNumbers.accountId, accountId),
    isNotNull(phoneNumbers.confirmedAt),
    isNull(phoneNumbers.removedAt),
  );

const columns = { id: phoneNumbers.id, sealedNumber: phoneNumbers.sealedNumber };

/** The bound number, for sending to it; null when there is none. */
export async function boundNumber(executor: Executor, accountId: string): Promise<string | null> {
  const [row] = await executor.select(columns).from(phoneNumbers).where(bound(accountId));
  return row ? unseal(row.sealedNumber, sealContext(accountId)) : null;
}

/** The number whose set-up runs in this session or attempt; its owner typed it there. */
export async function pendingNumber(
  executor: Executor,
  actor: Pick<AccountActor, 'accountId' | 'binding'>,
): Promise<string | null> {
  const [row] = await executor.select(columns).from(phoneNumbers).where(pending(actor));
  return row ? unseal(row.sealedNumber, sealContext(actor.accountId)) : null;
}

async function keepPending(tx: Transaction, actor: AccountActor, number: string): Promise<void> {
  const own = boundTo(actor);
  await tx
    .delete(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.accountId, actor.accountId),
        eq(phoneNumbers.boundTo, own),
        isNull(phoneNumbers.confirmedAt),
      ),
    );
  await tx.insert(phoneNumbers).values({
    id: newId(),
    accountId: actor.accountId,
    boundTo: own,
    sealedNumber: seal(number, sealContext(actor.accountId)),
    numberKey: destinationKey('sms', number),
    tail: number.slice(-2),
    pendingUntil: sql`clock_timestamp() + interval '30 minutes'`,
  });
}

/** Begins, or goes on with, the set-up of a number in E.164: a code is texted to it. */
export async function beginSms(
  tx: Transaction,
  actor: AccountActor,
  { number, lifetimeMinutes }: { readonly number: string; readonly lifetimeMinutes: number },
): Promise<Result<SentCode, SendRefusal | Held>> {
  const free = await checkHold(tx, actor);
  if (!free.ok) return free;
  const sent = await sendCode(tx, {
    ...use(actor),
    destination: number,
    proven: (await boundNumber(tx, actor.accountId)) === number,
    lifetimeMinutes,
    address: actor.address,
  });
  if (sent.ok) await keepPending(tx, actor, number);
  return sent;
}

async function retire(tx: Transaction, accountId: string): Promise<boolean> {
  const rows = await tx
    .update(phoneNumbers)
    .set({ removedAt: sql`clock_timestamp()` })
    .where(bound(accountId))
    .returning({ id: phoneNumbers.id });
  return rows.length > 0;
}

export type ConfirmSmsRefusal = CodeRefusal | { readonly code: 'set_up_expired' };

/** Binds the number to which the code was texted. The number bound before works until then. */
export async function confirmSms(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<{ readonly replaced: boolean }, ConfirmSmsRefusal>> {
  const [row] = await tx.select(columns).from(phoneNumbers).where(pending(actor)).for('update');
  if (!row) return fail({ code: 'set_up_expired' });
  const proven = await verifyCode(tx, use(actor), typed);
  if (!proven.ok) return proven;
  if (unseal(row.sealedNumber, sealContext(actor.accountId)) !== proven.value.destination)
    return fail({ code: 'set_up_expired' });
  const replaced = await retire(tx, actor.accountId);
  await tx
    .update(phoneNumbers)
    .set({ confirmedAt: sql`clock_timestamp()` })
    .where(eq(phoneNumbers.id, row.id));
  await settleFactorChange(tx, actor, { kind: replaced ? 'replaced' : 'added', method: 'sms', id: row.id });
  return ok({ replaced });
}
