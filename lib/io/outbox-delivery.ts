import 'server-only';
import { and, asc, eq, gt, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { oneTimeCodes, outbox } from '@/drizzle/schema';
import { fail, type Result } from '@/lib/policy/result';
import { hours, type Milliseconds, minutes, seconds } from '@/lib/policy/time';
import { database, type Transaction, transaction } from './db';
import { settings } from './env';
import { errorFields, log } from './log';
import { renderMail, renderSms, type Secret } from './mail';
import { recordBounce } from './mail-bounce';
import { payloadContext } from './outbox';
import { seal, unseal } from './seal';
import { noticeText, storedNotice } from './texts';
import { senderOf } from './transports/chosen';
import type { Letter, Transport, TransportFailure } from './transports/transport';

const mostTries = 5;
const lease = seconds(60);
/** How long to wait after the first, second, third and fourth failure. */
const backOff: readonly Milliseconds[] = [seconds(3), seconds(20), minutes(2), minutes(10)];

const clock = sql`clock_timestamp()`;
const after = (duration: Milliseconds) => sql`clock_timestamp() + make_interval(secs => ${duration / 1000})`;

const isWaiting = and(isNull(outbox.deliveredAt), isNull(outbox.failedAt), isNull(outbox.voidedAt));
const isUnleased = or(isNull(outbox.leasedUntil), lt(outbox.leasedUntil, clock));
const isDue = and(
  isWaiting,
  isUnleased,
  lte(outbox.nextTryAt, clock),
  lt(outbox.tries, mostTries),
  or(isNull(outbox.expiresAt), gt(outbox.expiresAt, clock)),
);

type Leased = Pick<
  typeof outbox.$inferSelect,
  'id' | 'kind' | 'channel' | 'recipient' | 'data' | 'sealedPayload' | 'accountId' | 'subjectId' | 'tries'
>;

/** Takes due messages that no other worker holds. */
function take(limit: number): Promise<Leased[]> {
  const due = database()
    .$with('due')
    .as(
      database()
        .select({ id: outbox.id })
        .from(outbox)
        .where(isDue)
        .orderBy(asc(outbox.nextTryAt))
        .limit(limit)
        .for('update', { skipLocked: true }),
    );
  return database()
    .with(due)
    .update(outbox)
    .set({ leasedUntil: after(lease), tries: sql`${outbox.tries} + 1` })
    .where(inArray(outbox.id, sql`(select id from due)`))
    .returning({
      id: outbox.id,
      kind: outbox.kind,
      channel: outbox.channel,
      recipient: outbox.recipient,
      data: outbox.data,
      sealedPayload: outbox.sealedPayload,
      accountId: outbox.accountId,
      subjectId: outbox.subjectId,
      tries: outbox.tries,
    });
}

/** Written by `enqueue`, so its shape is known once it opens. */
const secretOf = ({ id, sealedPayload }: Leased): Secret =>
  sealedPayload === null ? null : (JSON.parse(unseal(sealedPayload, payloadContext(id))) as Secret);

function letterOf(row: Leased): Letter | null {
  const content = storedNotice(row.kind, row.data);
  if (!content) return null;
  const text = noticeText(content);
  const frame = { appUrl: settings().appUrl, secret: secretOf(row) };
  const envelope = {
    idempotencyKey: row.id,
    channel: row.channel,
    to: row.recipient,
    from: senderOf(row.channel),
  };
  if (row.channel === 'sms') return { ...envelope, subject: null, text: renderSms(text, frame), html: null };
  return { ...envelope, ...renderMail(text, frame) };
}

export const copyContext = (id: string) => `outbox-copy:${id}`;

function copyOf(row: Leased, { from, subject, text, html }: Letter): string | null {
  return settings().desk ? seal(JSON.stringify({ from, subject, text, html }), copyContext(row.id)) : null;
}

/** A code is valid from when the transport took it, not from when it was made. */
async function startValidity(tx: Transaction, subjectId: string): Promise<void> {
  await tx
    .update(oneTimeCodes)
    .set({ acceptedAt: clock })
    .where(and(eq(oneTimeCodes.id, subjectId), isNull(oneTimeCodes.acceptedAt)));
}

function markDelivered(row: Leased, letter: Letter): Promise<void> {
  return transaction(async (tx) => {
    if (row.subjectId !== null) await startValidity(tx, row.subjectId);
    await tx
      .update(outbox)
      .set({
        deliveredAt: clock,
        sealedPayload: null,
        sealedCopy: copyOf(row, letter),
        leasedUntil: null,
        lastError: null,
      })
      .where(and(eq(outbox.id, row.id), isNull(outbox.deliveredAt)));
  });
}

async function markFailed(row: Leased, failure: TransportFailure): Promise<void> {
  const isOver = failure.code !== 'later' || row.tries >= mostTries;
  const wait = backOff[row.tries - 1] ?? hours(1);
  await transaction(async (tx) => {
    await tx
      .update(outbox)
      .set({
        lastError: failure.message.slice(0, 300),
        leasedUntil: null,
        ...(isOver ? { failedAt: clock, sealedPayload: null } : { nextTryAt: after(wait) }),
      })
      .where(and(eq(outbox.id, row.id), isWaiting));
    if (failure.code === 'bounced') await recordBounce(tx, row);
  });
  log().warn(
    { message: row.id, kind: row.kind, tries: row.tries, isOver, reason: failure.message },
    'not delivered',
  );
}

async function deliver(row: Leased, transport: Transport): Promise<void> {
  const sent = await send(row, transport);
  if (sent.ok) await markDelivered(row, sent.value);
  else await markFailed(row, sent.error);
}

async function send(row: Leased, transport: Transport): Promise<Result<Letter, TransportFailure>> {
  try {
    const letter = letterOf(row);
    if (!letter) return fail({ code: 'never', message: `no text for the kind ${row.kind}` });
    const accepted = await transport(letter);
    return accepted.ok ? { ok: true, value: letter } : accepted;
  } catch (error) {
    log().error({ err: error, message: row.id, kind: row.kind }, 'a message could not be made');
    return fail({ code: 'later', message: errorFields(error).type });
  }
}

/** Delivers what is due, at most `limit` messages side by side, and tells how many it took. */
export async function deliverDue(transport: Transport, limit = 10): Promise<number> {
  const rows = await take(limit);
  await Promise.all(rows.map((row) => deliver(row, transport)));
  return rows.length;
}

/** Erases the secrets of messages that expired or whose last try never reported back. */
export async function tidyOutbox(): Promise<void> {
  const erased = { sealedPayload: null, leasedUntil: null } as const;
  await database()
    .update(outbox)
    .set({ ...erased, voidedAt: clock, lastError: 'expired before it was delivered' })
    .where(and(isWaiting, isUnleased, lte(outbox.expiresAt, clock)));
  await database()
    .update(outbox)
    .set({ ...erased, failedAt: clock })
    .where(and(isWaiting, isUnleased, sql`${outbox.tries} >= ${mostTries}`));
}
