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
 * Whether a second factor ends this session: a deadline passed while it ran and was not met, or one is demanded by now that
 * the session cannot have given, whatever else is due first. One begun after a deadline of an organization is judged at that
 * organization's door instead. Null: it goes on.
 */
export function factorLapse(
  row: SessionRow,
  policy: EffectivePolicy,
): { readonly missed: MissedDeadline | null } | null {
  const { deadlines, requiredStrength, strength, isStrongEnough } = standingOf(row, policy);
  const passed = deadlines.filter(({ deadline }) => deadline <= row.now);
  const ofThisSession = passed.find(({ deadline }) => row.createdAt < deadline);
  const isOwed = requiredStrength > 0 && !(strength > 0 && isStrongEnough);
  return ofThisSession !== undefined || isOwed ? { missed: ofThisSession ?? passed[0] ?? null } : null;
}
