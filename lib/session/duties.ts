import 'server-only';
import type { EffectivePolicy } from '@/lib/policy/effective';
import type { ChangeDue } from '@/lib/policy/password-age';
import { nextStep, type SignInFacts, type SignInStep } from '@/lib/policy/sign-in';
import { type FactorStanding, factorStanding } from './factor-standing';
import { passwordChangeDue } from './password-duty';
import type { SessionRow } from './session-row';

/** Something a signed-in person must do before going on, in the words of the sign-in list. */
export type Duty = {
  readonly step: Extract<SignInStep, 'change_password' | 'contact_email' | 'enroll_second_factor'>;
};

const pages = {
  change_password: '/change-password',
  contact_email: '/contact-email',
  enroll_second_factor: '/enroll',
} as const satisfies Record<Duty['step'], string>;

export const dutyPath = (duty: Duty): string => pages[duty.step];

/** Where the account of a session stands with its second factor. */
export const standingOf = (row: SessionRow, policy: EffectivePolicy): FactorStanding =>
  factorStanding({ rows: row.factors, account: row, memberships: row.layers.memberships }, policy, row.now);

/** The facts of a finished sign-in as they stand now: what was proven stays proven, duties are asked anew. */
function factsOf(row: SessionRow, policy: EffectivePolicy): SignInFacts {
  const factors = standingOf(row, policy);
  return {
    addressAllowed: true,
    breakGlass: false,
    lockedOut: false,
    passwordVerified: true,
    passkeyVerified: false,
    ssoVerified: false,
    secondFactorBound: factors.strength > 0,
    secondFactorVerified: true,
    handOverPinSet: false,
    handOverPinVerified: false,
    passwordChangeDue: changeDueOf(row, policy) !== null,
    contactEmailRequired: policy.values.contactEmailRequired,
    contactEmailVerified: row.contactEmailProvenAt !== null,
    secondFactorRequired: factors.requiredStrength > 0,
    secondFactorStrongEnough: factors.isStrongEnough,
    backupCodesUnsaved: false,
    originProvable: true,
    originProven: false,
  };
}

/** Why the password must be changed now; null when it may stay, and for an account that has none. */
export function changeDueOf(row: SessionRow, policy: EffectivePolicy): ChangeDue | null {
  if (row.password === null) return null;
  const seen = { isBelowPolicy: false, isBreached: false };
  return passwordChangeDue(policy, { accountId: row.accountId, state: row.password, seen }, row.now);
}

/** The first duty that binds a running session, in the order of sign-in; null when there is none. */
export function dutyOf(row: SessionRow, policy: EffectivePolicy): Duty | null {
  const step = nextStep(factsOf(row, policy));
  switch (step) {
    case 'change_password':
    case 'contact_email':
    case 'enroll_second_factor':
      return { step };
    default:
      return null;
  }
}

/** A deadline for a second factor that ended a session, and whose it was. */
export type MissedDeadline = FactorStanding['deadlines'][number];

/**
 * The deadline for a second factor that passed and was not met while this session ran: such a session ends once, and one
 * begun after it is judged by its duties and by the organization's door instead. Null where there is none.
 */
export function missedDeadline(row: SessionRow, policy: EffectivePolicy): MissedDeadline | null {
  const passed = standingOf(row, policy).deadlines.filter(({ deadline }) => deadline <= row.now);
  const [first] = passed;
  if (first === undefined) return null;
  const ofThisSession = passed.find(({ deadline }) => row.createdAt < deadline);
  if (ofThisSession !== undefined) return ofThisSession;
  return dutyOf(row, policy)?.step === 'enroll_second_factor' ? first : null;
}
