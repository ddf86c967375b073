import 'server-only';
import type { HandOver } from '@/lib/account/hand-over';
import { addressAllowed } from '@/lib/policy/cidr';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { ChangeDue } from '@/lib/policy/password-age';
import { proofStrength } from '@/lib/policy/second-factor';
import { nextStep, type SignInFacts, type SignInStep } from '@/lib/policy/sign-in';
import type { Instant } from '@/lib/policy/time';
import { type FactorStanding, factorStanding } from '@/lib/session/factor-standing';
import type { LayerRows } from '@/lib/session/layers';
import { passwordChangeDue } from '@/lib/session/password-duty';
import { policyOf } from '@/lib/session/policy-in-force';
import type { ProofMethod } from './attempts';
import type { ClaimantRow } from './claimant-row';

type Account = NonNullable<ClaimantRow['account']>;

/** Somebody part-way through a sign-in, with all a page or action of a step needs. No secret, no session. */
export type Claimant = {
  readonly attempt: ClaimantRow['attempt'];
  readonly account: Account;
  readonly policy: EffectivePolicy;
  readonly layers: LayerRows;
  readonly factors: FactorStanding;
  /** A PIN is asked for in the place of the second factor. */
  readonly handOver: HandOver | null;
  /** The contact email may not be put off: a rule asks for it, or codes that went there are the second factor. */
  readonly isContactEmailDue: boolean;
  readonly changeDue: ChangeDue | null;
  readonly hasSignedInBefore: boolean;
  readonly facts: SignInFacts;
  readonly step: SignInStep;
  readonly now: Instant;
};

/** A hand-over PIN proves who is there, and no strength. */
const strengthOf = (method: ProofMethod | null, factors: FactorStanding): number =>
  method === null || method === 'hand_over' ? 0 : proofStrength(method, factors.methods);

/**
 * Codes that nobody has saved yet are shown to whoever gave the strongest bound factor in this attempt: they are worth as much, and
 * a weaker one must not become that.
 */
const showsBackupCodes = ({ backup, strength }: FactorStanding, proven: number): boolean =>
  backup !== null && backup.savedAt === null && proven >= strength;

type FactInputs = Pick<Claimant, 'policy' | 'factors' | 'changeDue' | 'account' | 'isContactEmailDue'> & {
  readonly row: ClaimantRow;
  readonly address: string | null;
};

/** Whether the contact email must be verified before going on. */
function contactEmailDue({ row, account, policy, factors }: Omit<FactInputs, 'isContactEmailDue'>): boolean {
  const wasOnlyFactor = account.emailCodeEnabledAt !== null && factors.methods.length === 0;
  return policy.values.contactEmailRequired || row.handOver !== null || wasOnlyFactor;
}

function factsOf(inputs: FactInputs): SignInFacts {
  const { row, account, policy, factors, changeDue, address, isContactEmailDue } = inputs;
  const { attempt, now } = row;
  const method = attempt.secondFactorVerifiedAt === null ? null : attempt.secondFactorMethod;
  const needed = Math.min(factors.requiredStrength, factors.strength);
  const isAsked =
    (!row.hasSignedInBefore || account.contactEmailResetAt !== null) &&
    account.contactEmailProvenAt === null &&
    attempt.contactEmailDeferredAt === null;
  return {
    addressAllowed: addressAllowed(policy.values.allowList.enforced, address, now).allowed,
    breakGlass: false,
    // The lock is asked by the statement that reserves a try; before that an attempt tells nothing about the account.
    lockedOut: false,
    passwordVerified: attempt.passwordVerifiedAt !== null,
    passkeyVerified: method === 'passkey',
    ssoVerified: false,
    secondFactorBound: factors.methods.length > 0,
    secondFactorVerified: method !== null && strengthOf(method, factors) >= needed,
    handOverPinSet: row.handOver !== null,
    handOverPinVerified: method === 'hand_over',
    passwordChangeDue: changeDue !== null,
    contactEmailRequired: isContactEmailDue || isAsked,
    contactEmailVerified: account.contactEmailProvenAt !== null,
    secondFactorRequired: factors.requiredStrength > 0,
    secondFactorStrongEnough: factors.isStrongEnough,
    backupCodesUnsaved: showsBackupCodes(factors, strengthOf(method, factors)),
    originProvable: account.contactEmailProvenAt !== null || account.loginEmailProvenAt !== null,
    originProven: attempt.originProvenAt !== null,
  };
}

/** Derives where a claimant stands. Null for an email nobody has: nothing but the password can be asked of it. */
export function claimantOf(row: ClaimantRow, address: string | null): Claimant | null {
  const { account, attempt, password, layers, now } = row;
  if (account === null) return null;
  const policy = policyOf(layers, account, now);
  const factors = factorStanding(
    { rows: row.factors, account, memberships: layers.memberships },
    policy,
    now,
  );
  const seen = { isBelowPolicy: attempt.passwordBelowPolicy, isBreached: attempt.passwordBreached };
  const due = password && passwordChangeDue(policy, { accountId: account.id, state: password, seen }, now);
  const inputs = { row, account, policy, factors, changeDue: due, address };
  const isContactEmailDue = contactEmailDue(inputs);
  const facts = factsOf({ ...inputs, isContactEmailDue });
  const { hasSignedInBefore, handOver } = row;
  const step = nextStep(facts);
  const known = { attempt, account, policy, layers, factors, handOver, isContactEmailDue, now };
  return { ...known, changeDue: due, hasSignedInBefore, facts, step };
}
