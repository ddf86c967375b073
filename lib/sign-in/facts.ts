import 'server-only';
import { addressAllowed } from '@/lib/policy/cidr';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { ChangeDue } from '@/lib/policy/password-age';
import { nextStep, type SignInFacts, type SignInStep } from '@/lib/policy/sign-in';
import { hours, type Instant } from '@/lib/policy/time';
import type { LayerRows } from '@/lib/session/layers';
import { passwordChangeDue } from '@/lib/session/password-duty';
import { policyOf } from '@/lib/session/policy-in-force';
import type { ProofMethod } from './attempts';
import type { ClaimantRow, FactorRows } from './claimant-row';

export type BoundMethod = 'email' | 'sms' | 'totp' | 'passkey';

/** What the claimant's account can prove itself with besides the password. */
export type BoundFactors = FactorRows & {
  /** Strongest first. */
  readonly methods: readonly BoundMethod[];
  /** The strength a rule in force demands by now; 0 where none does. */
  readonly requiredStrength: number;
  /** When a mandatory second factor is or was due; null where no rule demands one. */
  readonly dueAt: Instant | null;
};

type Account = NonNullable<ClaimantRow['account']>;

/** Somebody part-way through a sign-in, with all a page or action of a step needs. No secret, no session. */
export type Claimant = {
  readonly attempt: ClaimantRow['attempt'];
  readonly account: Account;
  readonly policy: EffectivePolicy;
  readonly layers: LayerRows;
  readonly factors: BoundFactors;
  readonly changeDue: ChangeDue | null;
  readonly hasSignedInBefore: boolean;
  readonly facts: SignInFacts;
  readonly step: SignInStep;
  readonly now: Instant;
};

export const methodStrength: Readonly<Record<BoundMethod, number>> = {
  email: 1,
  sms: 2,
  totp: 3,
  passkey: 4,
};

const strongest = (methods: readonly BoundMethod[]) =>
  Math.max(0, ...methods.map((method) => methodStrength[method]));

/** The earliest moment at which a layer's mandatory second factor binds. */
function mandateDueAt(policy: EffectivePolicy): Instant | null {
  const ends = policy.layers.flatMap((layer) =>
    layer.values.secondFactorRequired && layer.secondFactorEnabledAt !== null
      ? [layer.secondFactorEnabledAt + hours(layer.values.secondFactorGraceHours ?? 0)]
      : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The email code is bound by choice, or by a rule of strength 1 where nothing stronger is bound (spec 3.2). */
function boundFactors(row: ClaimantRow, account: Account, policy: EffectivePolicy): BoundFactors {
  const { factors, now } = row;
  const stronger: BoundMethod[] = [];
  if (factors.passkeys > 0) stronger.push('passkey');
  if (factors.totp) stronger.push('totp');
  if (factors.phoneTail !== null) stronger.push('sms');
  const dueAt = mandateDueAt(policy);
  const requiredStrength = dueAt !== null && now >= dueAt ? policy.values.secondFactorStrength : 0;
  const isByRule = requiredStrength === 1 && stronger.length === 0;
  const isProven = account.contactEmailProvenAt !== null;
  const isRested = account.passwordResetAt !== null && now < account.passwordResetAt + hours(24);
  const isByChoice = account.emailCodeEnabledAt !== null && !(stronger.length > 0 && isRested);
  const methods: BoundMethod[] = isProven && (isByRule || isByChoice) ? [...stronger, 'email'] : stronger;
  return { ...factors, methods, requiredStrength, dueAt };
}

/** A backup code counts as the strongest bound factor, which is the one that may be lost. */
const proofStrength = (method: ProofMethod | null, methods: readonly BoundMethod[]): number => {
  if (method === null || method === 'hand_over') return 0;
  return method === 'backup' ? strongest(methods) : methodStrength[method];
};

type FactInputs = Pick<Claimant, 'policy' | 'factors' | 'changeDue' | 'account'> & {
  readonly row: ClaimantRow;
  readonly address: string | null;
};

function factsOf({ row, account, policy, factors, changeDue, address }: FactInputs): SignInFacts {
  const { attempt, now } = row;
  const method = attempt.secondFactorVerifiedAt === null ? null : attempt.secondFactorMethod;
  const needed = Math.min(factors.requiredStrength, strongest(factors.methods));
  const isAskedAtFirst =
    !row.hasSignedInBefore &&
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
    secondFactorVerified: method !== null && proofStrength(method, factors.methods) >= needed,
    handOverPinSet: false,
    handOverPinVerified: false,
    passwordChangeDue: changeDue !== null,
    contactEmailRequired: policy.values.contactEmailRequired || isAskedAtFirst,
    contactEmailVerified: account.contactEmailProvenAt !== null,
    secondFactorRequired: factors.requiredStrength > 0,
    secondFactorStrongEnough: strongest(factors.methods) >= factors.requiredStrength,
    backupCodesUnsaved: factors.backup !== null && factors.backup.savedAt === null,
    originProvable: account.contactEmailProvenAt !== null || account.loginEmailProvenAt !== null,
    originProven: attempt.originProvenAt !== null,
  };
}

/** Derives where a claimant stands. Null for an email nobody has: nothing but the password can be asked of it. */
export function claimantOf(row: ClaimantRow, address: string | null): Claimant | null {
  const { account, attempt, password, layers, now } = row;
  if (account === null) return null;
  const policy = policyOf(layers, account, now);
  const factors = boundFactors(row, account, policy);
  const seen = { isBelowPolicy: attempt.passwordBelowPolicy, isBreached: attempt.passwordBreached };
  const due = password && passwordChangeDue(policy, { accountId: account.id, state: password, seen }, now);
  const facts = factsOf({ row, account, policy, factors, changeDue: due, address });
  const { hasSignedInBefore } = row;
  const step = nextStep(facts);
  return { attempt, account, policy, layers, factors, changeDue: due, hasSignedInBefore, facts, step, now };
}
