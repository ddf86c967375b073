import type { EffectiveName, EffectivePolicy } from './effective';
import type { LayerSource } from './layer';

/** What is known about one claimant at one moment. Plain booleans: the shell computes them in one query. */
export type SignInFacts = {
  /** Every address list that applies holds the client's address. */
  readonly addressAllowed: boolean;
  /** An owner's break-glass code was given: it stands in for the address list and nothing else here. */
  readonly breakGlass: boolean;
  /** The pool of password tries that this browser draws from is locked. */
  readonly lockedOut: boolean;
  readonly passwordVerified: boolean;
  /** A passkey with user verification. */
  readonly passkeyVerified: boolean;
  /** Signed in through the organization's own identity provider, which answers for all but the address. */
  readonly ssoVerified: boolean;
  readonly secondFactorBound: boolean;
  readonly secondFactorVerified: boolean;
  /** An admin cleared the contact email that was the only second factor: a PIN is asked in its place. */
  readonly handOverPinSet: boolean;
  readonly handOverPinVerified: boolean;
  readonly passwordChangeDue: boolean;
  readonly contactEmailRequired: boolean;
  readonly contactEmailVerified: boolean;
  /** A rule demands a second factor and its grace is over; see mandate.ts. */
  readonly secondFactorRequired: boolean;
  /** The strongest bound factor reaches the strength that rule demands. */
  readonly secondFactorStrongEnough: boolean;
  /** Backup codes were made and the person has not yet confirmed that they are saved. */
  readonly backupCodesUnsaved: boolean;
  /** The account has a proven contact or login email to which a code of origin could be mailed. */
  readonly originProvable: boolean;
  /** In this attempt a code mailed to that proven address was given back. */
  readonly originProven: boolean;
};

type Requirement<S extends string> = {
  readonly step: S;
  /** The rules that can put somebody here; the trace names their layers. */
  readonly rules: readonly EffectiveName[];
  readonly unmet: (facts: SignInFacts) => boolean;
};

const requirement = <S extends string>(
  step: S,
  rules: readonly EffectiveName[],
  unmet: (facts: SignInFacts) => boolean,
): Requirement<S> => ({ step, rules, unmet });

/** Something that names the person was proven in this attempt. */
const identified = (facts: SignInFacts): boolean =>
  facts.passwordVerified || facts.passkeyVerified || facts.ssoVerified;

const secondFactorOpen = (facts: SignInFacts): boolean => {
  if (facts.passkeyVerified || facts.ssoVerified) return false;
  if (facts.handOverPinSet && !facts.handOverPinVerified) return true;
  return facts.secondFactorBound && !facts.secondFactorVerified;
};

/**
 * The sign-in in order; the first unmet requirement is where the claimant stands. A bound second factor comes
 * before everything that changes an authenticator. A lock is the password's: it stops neither a passkey nor
 * somebody whose password was verified before it fell.
 */
export const signInRequirements = [
  requirement('address_refused', ['allowList'], (f) => !f.addressAllowed && !f.breakGlass),
  requirement('locked_out', ['lockoutFailures', 'lockoutMinutes'], (f) => f.lockedOut && !identified(f)),
  requirement('password', [], (f) => !identified(f)),
  requirement('second_factor', ['secondFactorRequired', 'secondFactorStrength'], secondFactorOpen),
  requirement(
    'change_password',
    [
      'passwordExpirationDays',
      'passwordLengthMin',
      'passwordLengthMax',
      'passwordUppercase',
      'passwordLowercase',
      'passwordNumber',
      'passwordSymbol',
      'passwordSpecialCharacters',
      'breachedCheck',
    ],
    (f) => f.passwordChangeDue && !f.ssoVerified,
  ),
  requirement(
    'contact_email',
    ['contactEmailRequired'],
    (f) => f.contactEmailRequired && !f.contactEmailVerified && !f.ssoVerified,
  ),
  requirement(
    'enroll_second_factor',
    ['secondFactorRequired', 'secondFactorStrength', 'secondFactorGraceHours'],
    (f) => f.secondFactorRequired && !(f.secondFactorBound && f.secondFactorStrongEnough) && !f.ssoVerified,
  ),
  requirement('save_backup_codes', ['backupCodesShownOnce'], (f) => f.backupCodesUnsaved && !f.ssoVerified),
] as const;

/** The closed list of places a sign-in can stand at; the JSON interface uses the same names. */
export type SignInStep = (typeof signInRequirements)[number]['step'] | 'signed_in';
export const signInSteps: readonly SignInStep[] = [
  ...signInRequirements.map((each): SignInStep => each.step),
  'signed_in',
];

/** Where the claimant stands. `signed_in` is the only answer for which a session may be made. */
export function nextStep(facts: SignInFacts): SignInStep {
  return signInRequirements.find((each) => each.unmet(facts))?.step ?? 'signed_in';
}

/** What a claimant is about to do at `contact_email` or `enroll_second_factor`. */
export type OriginAct = 'confirm_login_email' | 'enter_other_email' | 'enroll';

/**
 * Whether an act first needs a code mailed to an address proven earlier. Where no factor is bound, a stolen
 * password would otherwise be enough to bind the thief's own. It is no step of its own: the list of steps is
 * closed, and the claimant stands at `contact_email` or `enroll_second_factor` all the while; the screen there
 * asks for the code of origin first, and its server action refuses the act until it was given. Confirming the
 * proven login email itself needs none, since the code goes there anyway, and it counts as the proof for what
 * follows in the attempt (the shell then sets `originProven`).
 *
 * `unprovable`: neither address is proven; the act goes through on the password and the account's admins are told.
 */
export function originProof(facts: SignInFacts, act: OriginAct): 'given' | 'needed' | 'unprovable' {
  const provenOtherwise =
    facts.secondFactorBound || facts.passkeyVerified || facts.ssoVerified || facts.handOverPinVerified;
  if (provenOtherwise || facts.originProven) return 'given';
  if (!facts.originProvable) return 'unprovable';
  return act === 'confirm_login_email' ? 'given' : 'needed';
}

/** One line of the simulator's trace. */
export type TraceLine = {
  readonly step: SignInStep;
  /** `beyond`: not reached, because an earlier requirement is unmet. */
  readonly verdict: 'met' | 'unmet' | 'beyond';
  readonly rules: readonly { readonly name: EffectiveName; readonly sources: readonly LayerSource[] }[];
};

/** The whole list in order with a verdict each, and the layers behind it. The same list as the real sign-in. */
export function explain(facts: SignInFacts, policy: EffectivePolicy): readonly TraceLine[] {
  const stopped = signInSteps.indexOf(nextStep(facts));
  const lines = signInRequirements.map((each, at): TraceLine => {
    const verdict = at < stopped ? 'met' : at === stopped ? 'unmet' : 'beyond';
    const rules = each.rules.map((name) => ({ name, sources: policy.settings[name].sources }));
    return { step: each.step, verdict, rules: rules.filter((rule) => rule.sources.length > 0) };
  });
  const done = stopped === signInRequirements.length;
  return [...lines, { step: 'signed_in', verdict: done ? 'met' : 'beyond', rules: [] }];
}
