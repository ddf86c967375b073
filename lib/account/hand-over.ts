import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { handOverPins } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { notify } from '@/lib/io/notify';
import { codeHashes, hashCode, newId } from '@/lib/io/token';
import { fail, ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import {
  formatHandOverPin,
  handOverPinFrom,
  handOverPinLength,
  handOverPinLifetime,
  handOverTries,
  normalizeHandOverPin,
} from '@/lib/policy/typed-code';
import { type AccountActor, auditOf } from './actor';

const hashContext = (accountId: string) => `hand-over:${accountId}`;

/** A hand-over that waits for its PIN; `usable` tells whether the one handed out still works. */
export type HandOver = { readonly usable: boolean; readonly expiresAt: Instant };

const isUsable = sql`h.consumed_at is null and h.wrong_tries < ${handOverTries} and h.expires_at > clock_timestamp()`;

/** The open hand-over of an account, in a statement that has `accounts` in reach. */
export const openHandOver = sql<HandOver | null>`(
  select jsonb_build_object('usable', ${isUsable}, 'expiresAt', epoch_ms(h.expires_at))
  from hand_over_pins h where h.account_id = accounts.id and h.ended_at is null)`;

const open = (accountId: string) => and(eq(handOverPins.accountId, accountId), isNull(handOverPins.endedAt));

/** The account has a second factor again, or an admin decided otherwise: no PIN is asked for any more. */
export async function endHandOver(tx: Transaction, accountId: string): Promise<boolean> {
  const rows = await tx
    .update(handOverPins)
    .set({ endedAt: sql`clock_timestamp()` })
    .where(open(accountId))
    .returning({ id: handOverPins.id });
  return rows.length > 0;
}

export type NewHandOver = {
  readonly accountId: string;
  readonly organizationId: string;
  readonly issuedBy: string;
};
/** The PIN leaves once, for the screen of the admin who asked. */
export type IssuedPin = { readonly pin: string; readonly expiresAt: Instant };

/** Makes a PIN that stands in for the second factor once; an older one no longer works. */
export async function issueHandOverPin(tx: Transaction, wanted: NewHandOver): Promise<IssuedPin> {
  const pin = handOverPinFrom(randomBytes(handOverPinLength));
  await endHandOver(tx, wanted.accountId);
  const [row] = await tx
    .insert(handOverPins)
    .values({
      ...wanted,
      id: newId(),
      pinHash: hashCode(pin, hashContext(wanted.accountId)),
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${handOverPinLifetime / 1000})`,
    })
    .returning({ expiresAt: handOverPins.expiresAt });
  if (!row) throw new Error('the new PIN was not returned');
  return { pin: formatHandOverPin(pin), expiresAt: row.expiresAt };
}

export type HandOverRefusal =
  | { readonly code: 'pin_wrong'; readonly triesLeft: number }
  /** Used, tried too often, too old, or none was ever made. */
  | { readonly code: 'pin_gone' };

type Judged = { id: string; is_right: boolean; wrong_tries: number };

/** Judges one try and uses the PIN up, or one of its tries, in one statement; nothing where it is not usable any more. */
async function judge(tx: Transaction, accountId: string, typed: string): Promise<Judged | null> {
  const pin = normalizeHandOverPin(typed);
  const hashes = pin === null ? [] : codeHashes(pin, hashContext(accountId));
  const isRight = sql`h.pin_hash = any(${sql.param([...hashes])}::text[])`;
  const [row] = await tx.execute<Judged>(sql`
    update hand_over_pins h set
      consumed_at = case when ${isRight} then clock_timestamp() end,
      wrong_tries = wrong_tries + case when ${isRight} then 0 else 1 end
    where h.account_id = ${accountId} and h.ended_at is null and ${isUsable}
    returning id, consumed_at is not null as is_right, wrong_tries`);
  return row ?? null;
}

/** Whether the typed PIN is the one handed over, using it up if so. Commit the transaction whatever the answer. */
export async function verifyHandOverPin(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<null, HandOverRefusal>> {
  const judged = await judge(tx, actor.accountId, typed);
  if (judged?.is_right) {
    await notify(tx, {
      key: `hand-over-used:${judged.id}`,
      accountId: actor.accountId,
      notice: { kind: 'hand_over_used', data: {} },
    });
    await recordAudit(tx, { ...auditOf(actor), event: 'hand_over_pin.used', result: 'success' });
    return ok(null);
  }
  const triesLeft = judged === null ? 0 : handOverTries - judged.wrong_tries;
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'hand_over_pin.refused',
    result: 'refused',
    after: { triesLeft },
  });
  return fail(triesLeft > 0 ? { code: 'pin_wrong', triesLeft } : { code: 'pin_gone' });
}
