import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { preparePassword, type WishRefusal } from '@/lib/account/new-password';
import { storePassword } from '@/lib/account/passwords';
import { emptyUnproven } from '@/lib/account/unproven';
import { accountChain, recordAudit } from '@/lib/io/audit';
import { addressPool } from '@/lib/io/client-address';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { keyedHash } from '@/lib/io/keys';
import { consumeLink, issueLink, type Link, peekLink } from '@/lib/io/once';
import { enqueue } from '@/lib/io/outbox';
import { reserve, type TooMany } from '@/lib/io/rate';
import { addressTriesPerMinute } from '@/lib/policy/lockout';
import { fail, ok, type Result } from '@/lib/policy/result';
import { hours, minutes } from '@/lib/policy/time';
import { policyFor } from '@/lib/session/policy-in-force';
import { lockAccount } from '@/lib/session/sessions';
import { untilAnswerTime } from './refusal-time';

export const resetLinkLifetime = minutes(15);
const resetsPerHour = 3;

export type ResetRequest = {
  readonly email: string;
  readonly address: string | null;
  readonly userAgent: string | null;
};

type Addressee = { id: string; destination: string };

/** Where a reset may go: the proven contact email, else the login email. None while either mailbox is held or the account is gone. */
async function findAddressee(tx: Transaction, email: string): Promise<Addressee | null> {
  const [row] = await tx.execute<Addressee>(sql`
    select id, case when contact_email_proven_at is not null then contact_email else login_email end as destination
    from accounts where login_email = ${email} and closed_at is null
      and (frozen_until is null or frozen_until <= clock_timestamp())`);
  return row ?? null;
}

async function mailReset(
  tx: Transaction,
  request: ResetRequest,
  { id, destination }: Addressee,
): Promise<void> {
  const link = await issueLink(tx, {
    purpose: 'reset_password',
    email: destination,
    accountId: id,
    lifetime: resetLinkLifetime,
  });
  await enqueue(tx, {
    key: `reset:${link.id}`,
    channel: 'email',
    to: destination,
    accountId: id,
    subjectId: link.id,
    expiresAt: link.expiresAt,
    notice: {
      kind: 'password_reset_link',
      data: { minutes: resetLinkLifetime / minutes(1) },
      url: `${settings().appUrl}/reset-password?token=${link.token}`,
    },
  });
  await recordAudit(tx, {
    chain: accountChain(id),
    event: 'password.reset_requested',
    actor: { kind: 'anonymous', id: null },
    result: 'success',
    personal: { address: request.address, userAgent: request.userAgent },
  });
}

/** The same answer, at the same time, for any identifier; three mails an hour for an account. */
export async function requestReset(request: ResetRequest): Promise<Result<null, TooMany>> {
  const since = performance.now();
  const perClient = {
    key: `forgot-password:${addressPool(request.address)}`,
    most: addressTriesPerMinute,
    per: minutes(1),
  };
  const turn = await reserve(database(), perClient);
  if (!turn.ok) return turn;
  await transaction(async (tx) => {
    const addressee = await findAddressee(tx, request.email);
    const subject = keyedHash('address', request.email);
    const place = await reserve(tx, { key: `reset:${subject}`, most: resetsPerHour, per: hours(1) });
    if (addressee && place.ok) await mailReset(tx, request, addressee);
  });
  await untilAnswerTime(since);
  return ok(null);
}

export type ResetRefusal = WishRefusal | { readonly code: 'link_gone' };

/** The account an open reset link is for. Looking changes nothing. */
export async function findReset(token: string) {
  const link = await peekLink(database(), 'reset_password', token);
  if (!link?.accountId) return null;
  const [account] = await database()
    .select({ id: accounts.id, loginEmail: accounts.loginEmail, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, link.accountId));
  if (!account) return null;
  return { ...account, policy: await policyFor(account.id) };
}

/** Opening a link that was mailed proves its address; true when nobody had proven it before and it was emptied. */
async function proveAddress(tx: Transaction, accountId: string, link: Link): Promise<boolean> {
  const [account] = await tx
    .select({ loginEmail: accounts.loginEmail, provenAt: accounts.loginEmailProvenAt })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for('no key update');
  if (!account || account.provenAt !== null || account.loginEmail !== link.email) return false;
  await emptyUnproven(tx, accountId);
  await tx
    .update(accounts)
    .set({ loginEmailProvenAt: sql`clock_timestamp()` })
    .where(eq(accounts.id, accountId));
  return true;
}

/**
 * Sets a new password by a mailed link, once. Every session, known device and open challenge ends, the lock lifts, and a
 * normal sign-in with the second factor follows.
 */
export async function resetPassword(
  given: { readonly token: string; readonly password: string },
  client: { readonly address: string | null; readonly userAgent: string | null },
): Promise<Result<null, ResetRefusal>> {
  const account = await findReset(given.token);
  if (account === null) return fail({ code: 'link_gone' });
  const prepared = await preparePassword({
    door: 'reset',
    candidate: given.password,
    policy: account.policy,
    for: { accountId: account.id },
  });
  if (!prepared.ok) return prepared;
  return transaction(async (tx) => {
    await lockAccount(tx, account.id);
    const link = await consumeLink(tx, 'reset_password', given.token);
    if (!link.ok) return fail({ code: 'link_gone' });
    const isEmptied = await proveAddress(tx, account.id, link.value);
    const stored = await storePassword(tx, {
      accountId: account.id,
      loginEmail: account.loginEmail,
      prepared: isEmptied ? { ...prepared.value, replaces: null } : prepared.value,
      actor: { kind: 'account', id: account.id },
      personal: client,
      keep: { sessionId: null, attemptId: null },
    });
    return stored.ok ? ok(null) : fail({ code: 'link_gone' });
  });
}
