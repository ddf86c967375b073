import { days, hours, type Instant, type Milliseconds } from './time';

/** How long the TXT record of a new claim is awaited (spec 2.1). */
export const claimTokenLife: Milliseconds = days(7);
/** Between two checks of a claim in force. */
export const claimCheckInterval: Milliseconds = hours(24);
/** How long a claim stays at risk, still in force, before it lapses. */
export const atRiskLife: Milliseconds = days(30);
/** Consecutive clean answers without the record that put a claim at risk. */
export const absentAnswersToRisk = 2;

const label = '_gatehouse-challenge';

/** The TXT record that proves a claim: the host in both forms that DNS hosts ask for, and the value. */
export const claimRecord = (domain: string, token: string) => ({
  type: 'TXT',
  hostShort: label,
  hostFull: `${label}.${domain}`,
  value: `gatehouse-verify=${token}`,
});

/** Where the record lies when a DNS host appended the domain to a host that already held it. */
export const doubledHost = (domain: string): string => `${label}.${domain}.${domain}`;

/** What a DNS look-up answered: `failed` never counts as absent. */
export type RecordAnswer =
  | { readonly state: 'present'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | { readonly state: 'failed'; readonly reason: 'server_failure' | 'timeout' | 'unreachable' };

export const sightings = [
  'proven',
  'not_found',
  'other_values',
  'old_token',
  'doubled_suffix',
  'server_failure',
  'timeout',
  'unreachable',
] as const;

/** What was seen where the record should be, in one word. */
export type Sighting = (typeof sightings)[number];

type Tokens = { readonly token: string; readonly previousToken: string | null };

/** The token in a TXT value, whatever its case, and with the quotes and spaces that some DNS hosts keep. */
function tokenIn(value: string): string | null {
  const bare = value
    .trim()
    .replace(/^"+|"+$/gu, '')
    .trim()
    .toLowerCase();
  return /^gatehouse-verify\s*=\s*"?([0-9a-z]+)"?\.?$/u.exec(bare)?.[1] ?? null;
}

const holds = (answer: RecordAnswer, token: string | null): boolean =>
  token !== null && answer.state === 'present' && answer.values.some((value) => tokenIn(value) === token);

/** Judges the answers at the record's host and, where it was asked, at the doubled one. */
export function sight(answer: RecordAnswer, tokens: Tokens, doubled: RecordAnswer | null): Sighting {
  if (holds(answer, tokens.token)) return 'proven';
  if (answer.state === 'failed') return answer.reason;
  if (holds(answer, tokens.previousToken)) return 'old_token';
  if (doubled !== null && holds(doubled, tokens.token)) return 'doubled_suffix';
  return answer.state === 'present' ? 'other_values' : 'not_found';
}

/** Whether the servers answered cleanly and the record was not there; a failure to answer says nothing. */
export const isAbsence = (sighting: Sighting): boolean =>
  sighting === 'not_found' ||
  sighting === 'other_values' ||
  sighting === 'old_token' ||
  sighting === 'doubled_suffix';

/** A claim in force, as its daily check finds it. */
export type StandingClaim = {
  readonly state: 'verified' | 'at_risk';
  readonly absentAnswers: number;
  readonly atRiskSince: Instant | null;
  readonly remindersSent: number;
};

/** What a check makes of a claim in force. `remind` is the day whose reminder is due, or null. */
export type CheckVerdict = {
  readonly state: 'verified' | 'at_risk' | 'lapsed';
  readonly absentAnswers: number;
  readonly atRiskSince: Instant | null;
  readonly remindersSent: number;
  readonly remind: number | null;
};

const reminderDays = [0, 1, 3, 7, 14, 21, 28];

/** The reminder due now: at most one, the latest, however many days nobody looked. */
function reminder(atRiskSince: Instant, sent: number, now: Instant) {
  const due = reminderDays.filter((day) => now - atRiskSince >= days(day));
  const day = due.at(-1);
  return due.length > sent && day !== undefined
    ? { remindersSent: due.length, remind: day }
    : { remindersSent: sent, remind: null };
}

/** The life of a claim in force, one check further. A failure to answer changes nothing but may remind. */
export function afterCheck(claim: StandingClaim, sighting: Sighting, now: Instant): CheckVerdict {
  if (sighting === 'proven')
    return { state: 'verified', absentAnswers: 0, atRiskSince: null, remindersSent: 0, remind: null };
  const absentAnswers = claim.absentAnswers + (isAbsence(sighting) ? 1 : 0);
  if (claim.state === 'verified' && absentAnswers < absentAnswersToRisk)
    return { ...claim, absentAnswers, remind: null };
  const atRiskSince = claim.state === 'at_risk' ? (claim.atRiskSince ?? now) : now;
  if (isAbsence(sighting) && now - atRiskSince >= atRiskLife)
    return { state: 'lapsed', absentAnswers, atRiskSince, remindersSent: claim.remindersSent, remind: null };
  return { state: 'at_risk', absentAnswers, atRiskSince, ...reminder(atRiskSince, claim.remindersSent, now) };
}

/** When a claim at risk lapses unless its record comes back. */
export const lapsesAt = (atRiskSince: Instant): Instant => atRiskSince + atRiskLife;
