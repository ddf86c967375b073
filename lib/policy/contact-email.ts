import { hours, type Instant } from './time';

/** How long neither address alone can carry a reset or a code after a freeze or a hold was asked for. */
export const freezeTime = hours(72);

/** An account's addresses as its row tells them. */
export type MailFacts = {
  readonly loginEmail: string;
  readonly loginEmailProvenAt: Instant | null;
  readonly contactEmail: string | null;
  readonly contactEmailProvenAt: Instant | null;
  /** Mail to the contact email came back for good. */
  readonly contactEmailBouncedAt: Instant | null;
};

/** Where security mail goes: the proven contact email, else the proven login email, else only in-app (`null`). */
export function securityMailTo(facts: MailFacts): string | null {
  if (facts.contactEmail !== null && facts.contactEmailProvenAt !== null) return facts.contactEmail;
  return facts.loginEmailProvenAt === null ? null : facts.loginEmail;
}

/** Proving an address once counts for login and contact email alike. Both are in canonical form. */
export const provenElsewhere = (facts: MailFacts, contactEmail: string): boolean =>
  facts.loginEmailProvenAt !== null && facts.loginEmail === contactEmail;

/** Whether a freeze asked for at an instant still stands. */
export const frozen = (frozenAt: Instant | null, now: Instant): boolean =>
  frozenAt !== null && now < frozenAt + freezeTime;

/** What an account's contact email still needs; the board and the checklist show it. */
export type ContactEmailStanding = 'verified' | 'bounced' | 'unverified' | 'missing';

/** The contact email's standing, worst first where several hold. */
export function contactEmailStanding(facts: MailFacts): ContactEmailStanding {
  if (facts.contactEmail === null) return 'missing';
  if (facts.contactEmailProvenAt === null) return 'unverified';
  return facts.contactEmailBouncedAt === null ? 'verified' : 'bounced';
}

const slowProviders = [
  'aol',
  'yahoo',
  'ymail',
  'rocketmail',
  'aim',
  'verizon',
  'att',
  'sbcglobal',
  'bellsouth',
  'frontier',
];

/** Providers whose mail is often late: the code page says so and offers another code only after two minutes. */
export const mailMayBeLate = (domain: string): boolean => slowProviders.includes(domain.split('.')[0] ?? '');
