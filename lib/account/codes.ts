import 'server-only';
import { sql } from 'drizzle-orm';
import type { Executor, Transaction } from '@/lib/io/db';
import { enqueue, voidMessages } from '@/lib/io/outbox';
import { unseal } from '@/lib/io/seal';
import { isCode, newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import { type Instant, minutes } from '@/lib/policy/time';
import { normalizeCode } from '@/lib/policy/typed-code';
import { type CodeRequest, issueCode } from './code-issue';
import { longestWait, type SendLimit } from './code-limits';
import {
  type CodePurpose,
  type CodeUse,
  type CodeVoidReason,
  codeContext,
  destinationContext,
  endOfLife,
  isSlowMail,
  newCode,
  servesUse,
} from './code-record';
import { beginTry, failTry, forgiveTry, succeedTry, type TriesRefusal, type Try } from './factor-tries';

/** What the screen may say of a code that was sent. The code itself leaves by mail or SMS only. */
export type SentCode = {
  readonly id: string;
  /** Two letters on the screen and in the message. */
  readonly reference: string;
  /** It works at least until then. */
  readonly expiresAt: Instant;
  /** From when a new one is offered. */
  readonly resendAt: Instant;
};

export type SendRefusal = { readonly code: 'wait'; readonly limit: SendLimit; readonly until: Instant };

const resendAfter = (request: CodeRequest) =>
  minutes(request.channel === 'email' && isSlowMail(request.destination) ? 2 : 1);

/**
 * Makes a code and hands it to the outbox, in the caller's transaction. The older one of the same request is void from
 * then on. Refusals say until when to wait.
 */
export async function sendCode(
  tx: Transaction,
  request: CodeRequest,
): Promise<Result<SentCode, SendRefusal>> {
  const made = { id: newId(), code: newCode() };
  const issued = await issueCode(tx, request, made);
  if (issued.id === null) {
    const wait = longestWait(issued.waits);
    if (wait === null) throw new Error('no code was made though no limit holds');
    return fail({ code: 'wait', ...wait });
  }
  const expiresAt = issued.made_at + minutes(request.lifetimeMinutes);
  // The attempt before its codes: a verification takes them in the same order.
  await keepAttemptOpen(tx, request);
  await voidOlder(tx, request, made.id);
  await enqueue(tx, {
    key: `code:${made.id}`,
    channel: request.channel,
    to: request.destination,
    accountId: request.accountId,
    subjectId: made.id,
    expiresAt,
    notice: {
      kind: `${request.purpose}_code`,
      data: { reference: issued.reference, minutes: request.lifetimeMinutes },
      code: made.code,
    },
  });
  return ok({
    id: made.id,
    reference: issued.reference,
    expiresAt,
    resendAt: issued.made_at + resendAfter(request),
  });
}

async function voidOlder(tx: Transaction, use: CodeUse, newest: string): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    update one_time_codes set voided_at = clock_timestamp(), void_reason = 'replaced'
    where ${servesUse(use)} and id <> ${newest} and consumed_at is null and voided_at is null returning id`);
  await withhold(tx, rows);
}

/** A message not yet delivered is not sent any more once its code is void. */
const withhold = (tx: Transaction, rows: readonly { readonly id: string }[]) =>
  voidMessages(
    tx,
    rows.map((row) => row.id),
  );

/** A sign-in lasts at least until its latest code has expired, at most an hour. */
async function keepAttemptOpen(tx: Transaction, request: CodeRequest): Promise<void> {
  if (request.binding.attemptId === undefined) return;
  await tx.execute(sql`
    update sign_in_attempts set expires_at = least(created_at + interval '60 minutes',
      greatest(expires_at, clock_timestamp() + make_interval(mins => ${request.lifetimeMinutes + 1})))
    where id = ${request.binding.attemptId} and finished_at is null and ended_at is null`);
}

export type ProvenCode = {
  readonly id: string;
  /** The address or number that was proven by giving the code back. */
  readonly destination: string;
};

export type CodeRefusal =
  | { readonly code: 'code_wrong' }
  | { readonly code: 'code_expired' }
  /** An older code: a newer one was sent. It costs no try. */
  | { readonly code: 'code_replaced' }
  /** Five wrong tries made it void: a new one is needed. */
  | { readonly code: 'code_spent' }
  | TriesRefusal;

type Row = {
  id: string;
  code_hash: string;
  destination: string;
  state: 'live' | 'expired' | 'used' | 'replaced' | 'spent' | 'ended';
};

/** The codes of one request, newest first, held until the transaction ends: tries are judged one after another. */
const holdCodes = (tx: Transaction, use: CodeUse) =>
  tx.execute<Row>(sql`
    select id, code_hash, destination, case
      when consumed_at is not null then 'used'
      when void_reason in ('replaced', 'cooled_down') then 'replaced'
      when void_reason = 'too_many_tries' then 'spent'
      when voided_at is not null then 'ended'
      when clock_timestamp() < ${endOfLife} then 'live'
      else 'expired' end as state
    from one_time_codes where ${servesUse(use)}
    order by created_at desc, id desc limit 20 for update`);

const refusalOf = {
  expired: { code: 'code_expired' },
  used: { code: 'code_expired' },
  ended: { code: 'code_expired' },
  replaced: { code: 'code_replaced' },
  spent: { code: 'code_spent' },
} as const;

/** A wrong code: the live one comes nearer to its end. What the newest one is tells what to do next. */
async function refuseWrong(tx: Transaction, newest: Row | undefined): Promise<CodeRefusal> {
  if (newest === undefined) return { code: 'code_wrong' };
  if (newest.state !== 'live')
    return newest.state === 'used' ? { code: 'code_wrong' } : refusalOf[newest.state];
  const [row] = await tx.execute<{ spent: boolean }>(sql`
    update one_time_codes set wrong_tries = wrong_tries + 1,
      voided_at = case when wrong_tries + 1 >= 5 then clock_timestamp() end,
      void_reason = case when wrong_tries + 1 >= 5 then 'too_many_tries' end
    where id = ${newest.id} and wrong_tries < 5 returning wrong_tries >= 5 as spent`);
  return row?.spent ? { code: 'code_spent' } : { code: 'code_wrong' };
}

/** Uses up the code, once. */
async function consume(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update one_time_codes set consumed_at = clock_timestamp()
    where id = ${id} and consumed_at is null and voided_at is null and clock_timestamp() < ${endOfLife}
    returning 1`);
  return rows.length === 1;
}

type Judged = Result<ProvenCode, CodeRefusal> & { readonly costsTry: boolean };

async function judge(tx: Transaction, use: CodeUse, typed: string): Promise<Judged> {
  const rows = await holdCodes(tx, use);
  const digits = normalizeCode(typed);
  const match =
    digits === null ? undefined : rows.find((row) => isCode(digits, codeContext(use), row.code_hash));
  if (match === undefined) return { ...fail(await refuseWrong(tx, rows[0])), costsTry: true };
  if (match.state !== 'live') return { ...fail(refusalOf[match.state]), costsTry: false };
  if (!(await consume(tx, match.id))) return { ...fail(refusalOf.expired), costsTry: false };
  const destination = unseal(match.destination, destinationContext(match.id));
  return { ...ok({ id: match.id, destination }), costsTry: false };
}

const guardedPurposes: ReadonlySet<CodePurpose> = new Set(['sign_in', 'prove_origin', 'step_up']);

/** Codes that prove who is there draw from the pool of wrong tries; in a sign-in the one that verifies a mailbox is such a proof. */
const isGuarded = ({ purpose, binding }: CodeUse): boolean =>
  guardedPurposes.has(purpose) || (purpose === 'contact_email' && binding.attemptId !== undefined);

const settleTry = (tx: Transaction, tried: Try, judged: Judged) => {
  if (judged.ok) return succeedTry(tx, tried);
  return judged.costsTry ? failTry(tx, tried) : forgiveTry(tx, tried);
};

/**
 * Whether the typed code is the one that was sent, using it up if so. A refusal is an answer and not an exception: commit
 * the transaction, or the wrong try is forgotten.
 */
export async function verifyCode(
  tx: Transaction,
  use: CodeUse,
  typed: string,
): Promise<Result<ProvenCode, CodeRefusal>> {
  if (!isGuarded(use)) return judge(tx, use, typed);
  const tried = await beginTry(tx, use.accountId, use.channel);
  if (!tried.ok) return tried;
  const judged = await judge(tx, use, typed);
  await settleTry(tx, tried.value, judged);
  return judged;
}

/** Makes every code of an account void that could still be used. */
export async function voidCodes(
  tx: Transaction,
  accountId: string,
  reason: Exclude<CodeVoidReason, 'replaced' | 'too_many_tries'>,
): Promise<void> {
  const rows = await tx.execute<{ id: string }>(sql`
    update one_time_codes set voided_at = clock_timestamp(), void_reason = ${reason}
    where account_id = ${accountId} and consumed_at is null and voided_at is null returning id`);
  await withhold(tx, rows);
  if (reason === 'cooled_down')
    await tx.execute(
      sql`update one_time_codes set forgiven_at = clock_timestamp() where account_id = ${accountId} and forgiven_at is null`,
    );
}

/** The code of a request that can be used now, for the screen; null when there is none. */
export async function liveCode(executor: Executor, use: CodeUse): Promise<SentCode | null> {
  const [row] = await executor.execute<{
    id: string;
    reference: string;
    destination: string;
    expires_at: number;
    made_at: number;
  }>(sql`
    select id, reference, destination, epoch_ms(${endOfLife})::float8 as expires_at, epoch_ms(created_at)::float8 as made_at
    from one_time_codes
    where ${servesUse(use)} and consumed_at is null and voided_at is null and clock_timestamp() < ${endOfLife}
    order by created_at desc, id desc limit 1`);
  if (!row) return null;
  const destination = unseal(row.destination, destinationContext(row.id));
  const slow = use.channel === 'email' && isSlowMail(destination);
  return {
    id: row.id,
    reference: row.reference,
    expiresAt: row.expires_at,
    resendAt: row.made_at + minutes(slow ? 2 : 1),
  };
}
