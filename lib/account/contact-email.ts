import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import { recordAudit } from '@/lib/io/audit';
import type { Transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { notify } from '@/lib/io/notify';
import { issueLink } from '@/lib/io/once';
import { enqueue } from '@/lib/io/outbox';
import { newId } from '@/lib/io/token';
import { freezeTime } from '@/lib/policy/contact-email';
import { ok, type Result } from '@/lib/policy/result';
import type { Instant } from '@/lib/policy/time';
import { endSessions } from '@/lib/session/sessions';
import { type AccountActor, auditOf } from './actor';
import { type CodeRefusal, type SendRefusal, type SentCode, sendCode, verifyCode } from './codes';
import { endHandOver } from './hand-over';
import { checkHold, type Held } from './hold';
import { voidMailedWays } from './mailed-ways';

/** The addresses as they stood when the row was read. */
export type Addresses = {
  readonly loginEmail: string;
  readonly loginEmailProvenAt: Instant | null;
  readonly contactEmail: string | null;
  readonly contactEmailProvenAt: Instant | null;
  readonly frozenUntil: Instant | null;
};

export const contactEmailUse = (actor: AccountActor) =>
  ({
    accountId: actor.accountId,
    purpose: 'contact_email',
    channel: 'email',
    binding: actor.binding,
  }) as const;

/** The proven address that a new one would replace. */
const replacedAddress = (held: Addresses, next: string): string | null =>
  held.contactEmailProvenAt !== null && held.contactEmail !== next ? held.contactEmail : null;

/** The address about to be replaced may freeze the account for 72 hours. */
async function offerFreeze(
  tx: Transaction,
  accountId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const link = await issueLink(tx, {
    purpose: 'freeze_contact_email',
    email: from,
    accountId,
    lifetime: freezeTime,
  });
  await enqueue(tx, {
    key: `freeze:${link.id}`,
    channel: 'email',
    to: from,
    accountId,
    subjectId: link.id,
    notice: {
      kind: 'contact_freeze_link',
      data: { newAddress: to },
      url: `${settings().appUrl}/freeze?token=${link.token}`,
    },
  });
}

/** Sends a code to a new contact email. Until it comes back, the old one stays and everything goes there. */
export async function beginContactEmail(
  tx: Transaction,
  actor: AccountActor,
  wanted: { readonly email: string; readonly held: Addresses; readonly lifetimeMinutes: number },
): Promise<Result<SentCode, SendRefusal | Held>> {
  const { email, held, lifetimeMinutes } = wanted;
  const free = await checkHold(tx, actor);
  if (!free.ok) return free;
  const isLogin = held.loginEmailProvenAt !== null && held.loginEmail === email;
  const isContact = held.contactEmailProvenAt !== null && held.contactEmail === email;
  const sent = await sendCode(tx, {
    ...contactEmailUse(actor),
    destination: email,
    proven: isLogin || isContact,
    lifetimeMinutes,
    address: actor.address,
  });
  const from = replacedAddress(held, email);
  if (sent.ok && from !== null) await offerFreeze(tx, actor.accountId, { from, to: email });
  return sent;
}

export type VerifiedContact = { readonly email: string };

/** Writes the proven address down; true when another one, or none, stood there before. */
async function adoptAddress(tx: Transaction, accountId: string, email: string): Promise<boolean> {
  const [before] = await tx
    .select({ contactEmail: accounts.contactEmail })
    .from(accounts)
    .where(eq(accounts.id, accountId))
    .for('no key update');
  await tx
    .update(accounts)
    .set({
      contactEmail: email,
      contactEmailProvenAt: sql`clock_timestamp()`,
      contactEmailBouncedAt: null,
      contactEmailResetAt: null,
    })
    .where(eq(accounts.id, accountId));
  await tx
    .update(accounts)
    .set({ loginEmailProvenAt: sql`coalesce(${accounts.loginEmailProvenAt}, clock_timestamp())` })
    .where(and(eq(accounts.id, accountId), eq(accounts.loginEmail, email)));
  return before?.contactEmail !== email;
}

/**
 * The code came back: the address is the contact email from now on, and proven wherever it stands. Where it is another one than
 * before, every other session ends.
 */
export async function confirmContactEmail(
  tx: Transaction,
  actor: AccountActor,
  typed: string,
): Promise<Result<VerifiedContact, CodeRefusal | Held>> {
  const free = await checkHold(tx, actor);
  if (!free.ok) return free;
  const proven = await verifyCode(tx, contactEmailUse(actor), typed);
  if (!proven.ok) return proven;
  const email = proven.value.destination;
  const { accountId } = actor;
  if (await adoptAddress(tx, accountId, email)) {
    const keepSessionId = actor.binding.sessionId ?? null;
    await endSessions(tx, { accountId, keepSessionId }, 'contact_changed');
  }
  await voidMailedWays(tx, accountId);
  await endHandOver(tx, accountId);
  const notice = { kind: 'contact_changed', data: { address: email } } as const;
  await notify(tx, { key: `contact-changed:${newId()}`, accountId, notice });
  await recordAudit(tx, {
    ...auditOf(actor),
    event: 'contact_email.verified',
    result: 'success',
    personal: { email, address: actor.address, userAgent: actor.userAgent },
  });
  return ok({ email });
}
