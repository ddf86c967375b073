import { hours, type Instant } from './time';

/** Methods a person can bind, weakest first. */
export const factorMethods = ['email', 'sms', 'totp', 'passkey'] as const;
export type FactorMethod = (typeof factorMethods)[number];
/** What a sign-in can be answered with; a backup code has the strength of the strongest bound factor. */
export type ProofMethod = FactorMethod | 'backup';

export type Strength = 1 | 2 | 3 | 4;

/** How much a method is worth (section 3.2). */
export const factorStrength: Readonly<Record<FactorMethod, Strength>> = {
  email: 1,
  sms: 2,
  totp: 3,
  passkey: 4,
};

/** The second factor as its owner set it up. Instants are epoch milliseconds. */
export type FactorFacts = {
  /** Bound methods other than the email code. */
  readonly bound: readonly Exclude<FactorMethod, 'email'>[];
  readonly contactEmailVerified: boolean;
  /** The person switched the email code on. */
  readonly emailCodeSwitchedOn: boolean;
  readonly backupCodesLeft: number;
  /** What the person picked to be asked first. */
  readonly preferred: FactorMethod | null;
  readonly passwordResetAt: Instant | null;
  /** Until then no code goes to a mailbox alone (4.1, 3.1). */
  readonly frozenUntil: Instant | null;
};

/** The strongest of some methods; 0 where there is none. */
export const strongest = (methods: readonly FactorMethod[]): Strength | 0 =>
  methods.reduce<Strength | 0>(
    (best, method) => (factorStrength[method] > best ? factorStrength[method] : best),
    0,
  );

/**
 * Whether the email code counts as bound: switched on, or by a rule in force that asks for no more than strength
 * 1 while nothing stronger is bound. `required` is the strength rules in force ask for, 0 where none does.
 */
export function emailCodeBound(facts: FactorFacts, required: number): boolean {
  if (!facts.contactEmailVerified) return false;
  return facts.emailCodeSwitchedOn || (required === 1 && facts.bound.length === 0);
}

/** All that is bound, the email code among it where it counts. */
export const boundMethods = (facts: FactorFacts, required: number): readonly FactorMethod[] =>
  emailCodeBound(facts, required) ? ['email', ...facts.bound] : facts.bound;

export type SecondFactorStanding = {
  readonly bound: boolean;
  readonly strength: Strength | 0;
  /** The strongest bound factor reaches what is required. */
  readonly strongEnough: boolean;
};

/** Where an account stands against a required strength (0: none). */
export function secondFactorStanding(facts: FactorFacts, required: number): SecondFactorStanding {
  const strength = strongest(boundMethods(facts, required));
  return { bound: strength > 0, strength, strongEnough: strength >= required };
}

/**
 * What an account's factors are worth to rules: a verified contact email can take a code, which meets a rule of strength 1
 * without being switched on.
 */
export const strengthTowards = (has: {
  readonly strength: number;
  readonly contactEmailVerified: boolean;
}): number => (has.contactEmailVerified ? Math.max(has.strength, 1) : has.strength);

/** A mailbox must not be the whole account: so long after a reset by mail the email code is not offered. */
export const emailCodeRestAfterReset = hours(24);

/**
 * The methods a sign-in offers, in their order: the preferred one, then the strongest, backup codes last. Only
 * those that reach the required strength, or all that are bound where none does (the set-up step follows).
 * Beside a stronger factor the email code is offered only if switched on, and not within 24 h after a reset; while the
 * account is frozen it is not offered at all.
 */
export function offeredMethods(facts: FactorFacts, required: number, now: Instant): readonly ProofMethod[] {
  const reset = facts.passwordResetAt !== null && now < facts.passwordResetAt + emailCodeRestAfterReset;
  const frozen = facts.frozenUntil !== null && now < facts.frozenUntil;
  const resting = frozen || (reset && facts.bound.length > 0);
  const bound = boundMethods(facts, required).filter((method) => method !== 'email' || !resting);
  const reaching = bound.filter((method) => factorStrength[method] >= required);
  const offered = reaching.length > 0 ? reaching : bound;
  const rank = (method: FactorMethod): number => (method === facts.preferred ? 9 : factorStrength[method]);
  const ordered: readonly ProofMethod[] = [...offered].sort((a, b) => rank(b) - rank(a));
  return facts.bound.length > 0 && facts.backupCodesLeft > 0 ? [...ordered, 'backup'] : ordered;
}

/** What a proof was worth: a backup code stands for the strongest bound factor. */
export const proofStrength = (method: ProofMethod, bound: readonly FactorMethod[]): Strength | 0 =>
  method === 'backup' ? strongest(bound) : factorStrength[method];

/** Whether the last factor may go while a rule requires one of this strength (0: none does). */
export const mayRemoveFactor = (remaining: readonly FactorMethod[], required: number): boolean =>
  required === 0 || strongest(remaining) >= required;

/** `…42`: enough to know one's own number, nothing for anybody else. */
export const maskNumber = (number: string): string => `…${number.slice(-2)}`;

/** `a•••@x.com`: the number of dots says nothing about the length. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}•••${email.slice(at)}`;
}
