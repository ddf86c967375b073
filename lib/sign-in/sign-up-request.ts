import 'server-only';
import { sql } from 'drizzle-orm';
import { addressPool } from '@/lib/io/client-address';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { keyedHash } from '@/lib/io/keys';
import { issueLink } from '@/lib/io/once';
import { enqueue } from '@/lib/io/outbox';
import { reserve, type TooMany } from '@/lib/io/rate';
import { newId } from '@/lib/io/token';
import { addressTriesPerMinute } from '@/lib/policy/lockout';
import { ok, type Result } from '@/lib/policy/result';
import { days, minutes } from '@/lib/policy/time';
import { untilAnswerTime } from './refusal-time';

export const signUpLinkLifetime = minutes(60);
/** A mailbox that asked for nothing gets at most so many of these a day. */
const mailsPerDay = 3;

export type SignUpRequest = { readonly email: string; readonly address: string | null };

async function hasAccount(tx: Transaction, email: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from accounts where login_email = ${email} and login_email_proven_at is not null`,
  );
  return rows.length > 0;
}

/** One mail either way: the link to go on, or the word that there is an account already. */
async function mail(tx: Transaction, email: string): Promise<void> {
  if (await hasAccount(tx, email)) {
    const notice = { kind: 'account_exists', data: {} } as const;
    await enqueue(tx, { key: `account-exists:${newId()}`, channel: 'email', to: email, notice });
    return;
  }
  const link = await issueLink(tx, { purpose: 'sign_up', email, lifetime: signUpLinkLifetime });
  await enqueue(tx, {
    key: `sign-up:${link.id}`,
    channel: 'email',
    to: email,
    subjectId: link.id,
    expiresAt: link.expiresAt,
    notice: {
      kind: 'sign_up_link',
      data: { minutes: signUpLinkLifetime / minutes(1) },
      url: `${settings().appUrl}/verify-email?token=${link.token}`,
    },
  });
}

/** The same answer and the same work for any address; only the mailbox learns more. */
export async function requestSignUp({ email, address }: SignUpRequest): Promise<Result<null, TooMany>> {
  const since = performance.now();
  const perClient = { key: `sign-up:${addressPool(address)}`, most: addressTriesPerMinute, per: minutes(1) };
  const turn = await reserve(database(), perClient);
  if (!turn.ok) return turn;
  const mailbox = { key: `sign-up-mail:${keyedHash('address', email)}`, most: mailsPerDay, per: days(1) };
  await transaction(async (tx) => {
    if ((await reserve(tx, mailbox)).ok) await mail(tx, email);
  });
  await untilAnswerTime(since);
  return ok(null);
}
