import 'server-only';
import type { AccountActor } from '@/lib/account/actor';
import {
  type CodeRefusal,
  liveCode,
  type SendRefusal,
  type SentCode,
  sendCode,
  verifyCode,
} from '@/lib/account/codes';
import { checkHold, type Held } from '@/lib/account/hold';
import { recordAudit } from '@/lib/io/audit';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { settings } from '@/lib/io/env';
import { issueLink } from '@/lib/io/once';
import { enqueue } from '@/lib/io/outbox';
import { freezeTime } from '@/lib/policy/contact-email';
import { fail, ok, type Result } from '@/lib/policy/result';
import { maskEmail } from '@/lib/policy/second-factor';
import { originProof } from '@/lib/policy/sign-in';
import { recordOriginProof } from './attempts';
import type { Claimant } from './facts';

/** The address that was proven before this attempt, to which a code of origin goes. */
function provenAddress({ account }: Claimant): string | null {
  if (account.contactEmail !== null && account.contactEmailProvenAt !== null) return account.contactEmail;
  return account.loginEmailProvenAt === null ? null : account.loginEmail;
}

const whoOf = ({ account, attempt }: Claimant) => ({
  accountId: account.id,
  binding: { attemptId: attempt.id },
});

const codeUse = (claimant: Claimant) =>
  ({ ...whoOf(claimant), purpose: 'prove_origin', channel: 'email' }) as const;

export type OriginState =
  | { readonly state: 'given' }
  /** First a code that goes to a mailbox proven before; `sent` is the one under way. */
  | { readonly state: 'needed'; readonly to: string; readonly sent: SentCode | null };

/**
 * Whether enrolling, or entering another contact email, first needs a code of origin (spec 3.1): a stolen password alone must
 * not bind the thief's own factor. Pages show its form in the place of theirs; actions refuse until it was given.
 */
export async function originState(
  claimant: Claimant,
  act: 'enroll' | 'enter_other_email',
): Promise<OriginState> {
  const address = provenAddress(claimant);
  if (originProof(claimant.facts, act) !== 'needed' || address === null) return { state: 'given' };
  const sent = await liveCode(database(), codeUse(claimant));
  return { state: 'needed', to: maskEmail(address), sent };
}

/** The owner of the mailbox can hold the account: once an attempt, beside its first code. */
async function offerHold(tx: Transaction, { account, attempt }: Claimant, to: string): Promise<void> {
  const link = await issueLink(tx, {
    purpose: 'hold',
    email: to,
    accountId: account.id,
    lifetime: freezeTime,
  });
  await enqueue(tx, {
    key: `hold:${attempt.id}`,
    channel: 'email',
    to,
    accountId: account.id,
    subjectId: link.id,
    notice: { kind: 'hold_link', data: {}, url: `${settings().appUrl}/hold?token=${link.token}` },
  });
}

export type OriginClient = Pick<AccountActor, 'address' | 'userAgent'>;

/** Mails the code of origin, and the way to stop whoever asked for it. */
export function sendOriginCode(
  claimant: Claimant,
  client: OriginClient,
): Promise<Result<SentCode, SendRefusal | Held | { readonly code: 'no_address' }>> {
  const to = provenAddress(claimant);
  if (to === null) return Promise.resolve(fail({ code: 'no_address' }));
  return transaction(async (tx) => {
    const free = await checkHold(tx, whoOf(claimant));
    if (!free.ok) return free;
    const sent = await sendCode(tx, {
      ...codeUse(claimant),
      destination: to,
      proven: true,
      lifetimeMinutes: claimant.policy.values.codeLifetimeMinutes,
      address: client.address,
    });
    if (sent.ok) await offerHold(tx, claimant, to);
    return sent;
  });
}

/** The code came back: this attempt may enroll and enter another address. */
export function verifyOriginCode(
  claimant: Claimant,
  typed: string,
  client: OriginClient,
): Promise<Result<null, CodeRefusal | Held>> {
  return transaction(async (tx) => {
    const free = await checkHold(tx, whoOf(claimant));
    if (!free.ok) return free;
    const proven = await verifyCode(tx, codeUse(claimant), typed);
    if (!proven.ok) return proven;
    await recordOriginProof(tx, claimant.attempt.id);
    await recordAudit(tx, {
      chain: `account:${claimant.account.id}`,
      event: 'sign_in.origin_proven',
      actor: { kind: 'claimant', id: claimant.account.id },
      result: 'success',
      personal: client,
    });
    return ok(null);
  });
}
