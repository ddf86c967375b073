import 'server-only';
import type { AccountActor } from '@/lib/account/actor';
import { type CodeRefusal, liveCode, type SendRefusal, type SentCode } from '@/lib/account/codes';
import {
  beginContactEmail,
  confirmContactEmail,
  contactEmailUse,
  type VerifiedContact,
} from '@/lib/account/contact-email';
import type { Held } from '@/lib/account/hold';
import { database, type Transaction, transaction } from '@/lib/io/db';
import { isReauthenticated } from '@/lib/policy/reauthentication';
import { fail, type Result } from '@/lib/policy/result';
import { originProof } from '@/lib/policy/sign-in';
import type { CurrentSession } from '@/lib/session/current';
import { recordContactEmailDeferral, recordEnrollment, recordOriginProof } from './attempts';
import type { Claimant } from './facts';
import type { FinishingClient } from './finish';

/** Who stands at the contact email: a claimant, or somebody signed in whom a duty binds. */
export type AtContactEmail =
  | { readonly claimant: Claimant; readonly session: null }
  | { readonly claimant: null; readonly session: CurrentSession };

export function contactActor(
  { claimant, session }: AtContactEmail,
  { address, userAgent }: FinishingClient,
): AccountActor {
  return claimant
    ? { accountId: claimant.account.id, binding: { attemptId: claimant.attempt.id }, address, userAgent }
    : { accountId: session.accountId, binding: { sessionId: session.id }, address, userAgent };
}

const held = ({ claimant, session }: AtContactEmail) =>
  claimant ? claimant.account : { ...session, frozenUntil: null };

const policyOf = ({ claimant, session }: AtContactEmail) => (claimant ?? session).policy;

/**
 * Somebody signed in has confirmed who they are, except where a duty led here: then the proven login email goes without, and
 * another address only within ten minutes of a sign-in or a confirmation.
 */
function maySessionEnter(session: CurrentSession, email: string): boolean {
  if (session.duty?.step !== 'contact_email') return true;
  const isLogin = session.loginEmail === email && session.loginEmailProvenAt !== null;
  return isLogin || isReauthenticated(session, 'recent');
}

/**
 * Only the proven login email, and one that an admin set, may be entered on the password alone; any other needs the code of
 * origin first.
 */
function mayEnter({ claimant, session }: AtContactEmail, email: string): boolean {
  if (claimant === null) return maySessionEnter(session, email);
  const { account } = claimant;
  if (account.contactEmail === email && account.contactEmailResetAt !== null) return true;
  const isLogin = account.loginEmail === email && account.loginEmailProvenAt !== null;
  const act = isLogin ? 'confirm_login_email' : 'enter_other_email';
  return originProof(claimant.facts, act) !== 'needed';
}

export type EnterRefusal = SendRefusal | Held | { readonly code: 'origin_needed' };

/** Sends a code to the address somebody wants as their contact email. */
export function enterContactEmail(
  who: AtContactEmail,
  email: string,
  client: FinishingClient,
): Promise<Result<SentCode, EnterRefusal>> {
  if (!mayEnter(who, email)) return Promise.resolve(fail({ code: 'origin_needed' }));
  const lifetimeMinutes = policyOf(who).values.codeLifetimeMinutes;
  return transaction((tx) =>
    beginContactEmail(tx, contactActor(who, client), { email, held: held(who), lifetimeMinutes }),
  );
}

/**
 * What a verified address means for the attempt: a code that came to the proven login email also proves the origin, and where
 * a rule asks for an email code and nothing stronger is bound, this was one.
 */
async function creditAttempt(tx: Transaction, claimant: Claimant, { email }: VerifiedContact): Promise<void> {
  const { attempt, account, factors } = claimant;
  if (email === account.loginEmail && account.loginEmailProvenAt !== null)
    await recordOriginProof(tx, attempt.id);
  const isFactorByRule = factors.requiredStrength === 1 && factors.methods.length === 0;
  if (isFactorByRule) await recordEnrollment(tx, attempt.id, 'email');
}

export function verifyContactEmail(
  who: AtContactEmail,
  typed: string,
  client: FinishingClient,
): Promise<Result<VerifiedContact, CodeRefusal | Held>> {
  return transaction(async (tx) => {
    const verified = await confirmContactEmail(tx, contactActor(who, client), typed);
    if (verified.ok && who.claimant) await creditAttempt(tx, who.claimant, verified.value);
    return verified;
  });
}

/** The contact email may be put off, as long as no rule requires one and no codes that went there are missing. */
export async function deferContactEmail({ attempt, isContactEmailDue }: Claimant): Promise<boolean> {
  if (isContactEmailDue) return false;
  return transaction((tx) => recordContactEmailDeferral(tx, attempt.id));
}

const nobody: FinishingClient = { address: null, userAgent: null };

/** The code under way, for the screen. */
export const contactCodeUnderWay = (who: AtContactEmail): Promise<SentCode | null> =>
  liveCode(database(), contactEmailUse(contactActor(who, nobody)));
