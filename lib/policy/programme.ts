import type { PolicyLayer } from './layer';
import type { LayerValues } from './policy';
import { days, type Instant } from './time';

export type ProgrammeControlKind =
  | 'password_rules'
  | 'rotation'
  | 'reuse'
  | 'contact_email'
  | 'second_factor';

export type Cohort =
  /** Accounts made since the item's date. */
  | { readonly kind: 'new_accounts' }
  | { readonly kind: 'sms_enabled' }
  | { readonly kind: 'all' }
  | { readonly kind: 'named'; readonly organizationIds: readonly string[] };

/** One dated control of the platform programme. Dates are 00:00 UTC. */
export type ProgrammeItem = {
  readonly id: string;
  readonly control: ProgrammeControlKind;
  readonly values: LayerValues;
  readonly cohort: Cohort;
  readonly from: Instant;
  /** The last day of the window; null: everybody at `from`. */
  readonly to: Instant | null;
  readonly spread: boolean;
  readonly publishedAt: Instant | null;
  readonly author: string | null;
  /** `until` is null while the item is paused. Each pause shifts the dates that it found not yet reached. */
  readonly pauses: readonly { readonly at: Instant; readonly until: Instant | null }[];
};

/** Somebody's place in one organization, as far as the programme asks. */
export type ProgrammeMembership = {
  readonly organizationId: string;
  readonly role: 'owner' | 'admin' | 'member' | 'guest';
  readonly joinedAt: Instant;
  readonly smsEnabledAt: Instant | null;
  /** h(organization, item) in [0, 1) for an item id: the first 53 bits of SHA-256, over 2^53. */
  readonly fraction: (itemId: string) => number;
  /** Granted by an operator; delays this organization only. */
  readonly extendedUntil: (itemId: string) => Instant | null;
};
export type ProgrammePerson = {
  readonly createdAt: Instant;
  readonly memberships: readonly ProgrammeMembership[];
};

/** Somebody who enters a cohort later has this long. */
export const cohortEntryGrace = days(30);
/** Publishing an item with less notice than this needs a reason. */
export const publicationNotice = days(30);
/** Days before a person's date on which those not ready are told. */
export const programmeNoticeDays = [30, 14, 7, 1, 0] as const;
export type ProgrammeNotice = (typeof programmeNoticeDays)[number];

/** The start of a UTC day. */
export const dayOf = (instant: Instant): Instant => instant - (((instant % days(1)) + days(1)) % days(1));

/** Whether publishing an item now needs a reason. */
export const publicationNeedsReason = (from: Instant, now: Instant): boolean =>
  from - now < publicationNotice;

/** The date of an organization within an item's window: `from + floor(fraction × (days + 1))` days. */
export function organizationDate(
  item: Pick<ProgrammeItem, 'from' | 'to' | 'spread'>,
  fraction: number,
): Instant {
  if (!item.spread || item.to === null) return item.from;
  const length = Math.round((item.to - item.from) / days(1));
  return item.from + days(Math.floor(fraction * (length + 1)));
}

/** A date as the pauses left it; null while a pause that found it ahead still runs. */
function shifted(item: ProgrammeItem, date: Instant): Instant | null {
  let moved = date;
  for (const pause of [...item.pauses].sort((a, b) => a.at - b.at)) {
    if (moved <= pause.at) continue;
    if (pause.until === null) return null;
    moved += pause.until - pause.at;
  }
  return moved;
}

/** Since when a membership is in an item's cohort; null where it is not. */
function cohortEntry(item: ProgrammeItem, membership: ProgrammeMembership): Instant | null {
  switch (item.cohort.kind) {
    case 'sms_enabled':
      return membership.smsEnabledAt === null ? null : Math.max(membership.joinedAt, membership.smsEnabledAt);
    case 'named':
      return item.cohort.organizationIds.includes(membership.organizationId) ? membership.joinedAt : null;
    case 'all':
    case 'new_accounts':
      return Number.NEGATIVE_INFINITY;
  }
}

/** The date that one membership gives a person; null where it puts nobody into the cohort. */
function membershipDate(
  item: ProgrammeItem,
  person: ProgrammePerson,
  membership: ProgrammeMembership,
): Instant | null {
  const entry = cohortEntry(item, membership);
  if (entry === null) return null;
  const date = shifted(item, organizationDate(item, membership.fraction(item.id)));
  if (date === null) return null;
  const atOnce = person.createdAt >= item.from;
  const bound = atOnce ? date : Math.max(date, entry + cohortEntryGrace);
  return Math.max(bound, membership.extendedUntil(item.id) ?? bound);
}

const wholePlatform = (cohort: Cohort): boolean => cohort.kind === 'all' || cohort.kind === 'new_accounts';

/**
 * From when an item binds a person; null: never, as things stand. The earliest date of the organizations where
 * they are not a guest; without one, the end of the window, if the cohort reaches people without organization.
 */
export function personDate(item: ProgrammeItem, person: ProgrammePerson): Instant | null {
  if (item.cohort.kind === 'new_accounts' && person.createdAt < item.from) return null;
  const own = person.memberships.filter((membership) => membership.role !== 'guest');
  if (own.length === 0) return wholePlatform(item.cohort) ? shifted(item, item.to ?? item.from) : null;
  const dates = own
    .map((membership) => membershipDate(item, person, membership))
    .filter((date) => date !== null);
  return dates.length === 0 ? null : Math.min(...dates);
}

/** The items that bind a person at `now`, as layers; each is in force since the person's own date. */
export function programmeLayers(
  items: readonly ProgrammeItem[],
  person: ProgrammePerson,
  now: Instant,
): readonly PolicyLayer[] {
  return items.flatMap((item): readonly PolicyLayer[] => {
    const date = item.publishedAt === null ? null : personDate(item, person);
    if (date === null || now < date) return [];
    return [
      {
        kind: 'programme',
        id: item.id,
        name: 'Platform programme',
        version: 1,
        author: item.author,
        since: date,
        values: item.values,
        tightening: { applies: 'next_sign_in' },
        expirationEnabledAt: date,
        expirationSpreadDays: 0,
        secondFactorEnabledAt: date,
      },
    ];
  });
}

/** The notice that stands at `now` for a date: the smallest threshold reached; null before 30 days or a day after. */
export function programmeNotice(date: Instant, now: Instant): ProgrammeNotice | null {
  if (now >= date) return now < date + days(1) ? 0 : null;
  return programmeNoticeDays.findLast((before) => before > 0 && date - now <= days(before)) ?? null;
}

/** What a person has ready; facts the shell computes. */
export type Readiness = {
  /** What the factors are worth to a rule (second-factor.ts). */
  readonly strengthTowards: number;
  readonly contactEmailProven: boolean;
  /** The password was validated under rules at least as strict as the item's. */
  readonly passwordMeets: boolean;
  /** By SSO only: nothing of the programme concerns them. */
  readonly sso: boolean;
};

/** Whether a person already meets an item; those get no notice. Rotation and reuse ask nothing ahead of time. */
export function readyFor(item: Pick<ProgrammeItem, 'control' | 'values'>, readiness: Readiness): boolean {
  if (readiness.sso) return true;
  switch (item.control) {
    case 'password_rules':
      return readiness.passwordMeets;
    case 'contact_email':
      return readiness.contactEmailProven;
    case 'second_factor':
      return readiness.strengthTowards >= (item.values.secondFactorStrength ?? 1);
    case 'rotation':
    case 'reuse':
      return true;
  }
}

/** The special characters of the Carrier programme. */
export const carrierSpecialCharacters = '!@#$%^&*';

const carrierValues: Readonly<Record<ProgrammeControlKind, LayerValues>> = {
  password_rules: {
    passwordLengthMin: 12,
    passwordUppercase: true,
    passwordLowercase: true,
    passwordNumber: true,
    passwordSpecialCharacters: carrierSpecialCharacters,
  },
  rotation: { passwordExpirationDays: 30 },
  reuse: { passwordReuse: 5 },
  second_factor: { secondFactorRequired: true, secondFactorStrength: 1 },
  contact_email: { contactEmailRequired: true },
};

/** An item before it is published; the operator may change everything. */
export type ProgrammeDraft = Pick<ProgrammeItem, 'control' | 'values' | 'cohort' | 'from' | 'to' | 'spread'>;

/** The first days of the three stages: March, May and July. */
export type CarrierStages = { readonly march: Instant; readonly may: Instant; readonly july: Instant };

/** The template "Carrier programme", as dated items. */
export function carrierTemplate({ march, may, july }: CarrierStages): readonly ProgrammeDraft[] {
  const passwords = ['password_rules', 'rotation', 'reuse'] as const;
  const identity = ['second_factor', 'contact_email'] as const;
  const draft = (control: ProgrammeControlKind, cohort: Cohort, from: Instant): ProgrammeDraft => ({
    control,
    values: carrierValues[control],
    cohort,
    from,
    to: null,
    spread: false,
  });
  const early = [...passwords, ...identity].flatMap((control) => [
    draft(control, { kind: 'new_accounts' }, march),
    draft(control, { kind: 'sms_enabled' }, march),
  ]);
  const second = passwords.map((control) => draft(control, { kind: 'all' }, may));
  const third = identity.map((control) => ({
    ...draft(control, { kind: 'all' }, july),
    to: july + days(30),
    spread: true,
  }));
  return [...early, ...second, ...third];
}
