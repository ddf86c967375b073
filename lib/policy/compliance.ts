import { type ContactEmailStanding, contactEmailStanding, type MailFacts } from './contact-email';
import type { EffectivePolicy } from './effective';
import type { LayerSource } from './layer';
import { accountMandates, type Mandate, mandateStanding } from './mandate';
import { type ChangeFacts, changeDue, expirationDue } from './password-age';
import { days, type Instant } from './time';

/** The rules the members board has a column for. */
export const boardRules = ['password', 'second_factor', 'contact_email'] as const;
export type BoardRule = (typeof boardRules)[number];

/** `due`: something must be done by `at`. `blocked`: the next sign-in stops here. */
export type RuleState = 'compliant' | 'due' | 'blocked' | 'sso';
export type RuleStanding = {
  readonly rule: BoardRule;
  readonly state: RuleState;
  readonly at: Instant | null;
  /** Whose rule it is: layers, or the mandate's name. */
  readonly by: readonly string[];
};

/** A member as the board needs them. */
export type BoardFacts = {
  readonly sso: boolean;
  /** Null for somebody without a password. */
  readonly password: ChangeFacts | null;
  /** What the factors are worth to a rule (second-factor.ts). */
  readonly strengthTowards: number;
  readonly mail: MailFacts;
  /** The rule of the organization whose board it is; null where it has none in force. */
  readonly organizationMandate: Mandate | null;
};

/** How many days ahead a password's expiry is shown as due: as long as the longest warning. */
export const dueSoon = days(14);

const standing = (
  rule: BoardRule,
  state: RuleState,
  at: Instant | null,
  by: readonly string[],
): RuleStanding => ({
  rule,
  state,
  at,
  by,
});
const names = (sources: readonly LayerSource[]): readonly string[] => [
  ...new Set(sources.map(({ name }) => name)),
];

function passwordStanding(policy: EffectivePolicy, password: ChangeFacts | null, now: Instant): RuleStanding {
  if (password === null) return standing('password', 'compliant', null, []);
  const change = changeDue(policy, password, now);
  if (change !== null) {
    const since = 'since' in change ? change.since : null;
    const by = 'source' in change ? [change.source.name] : 'sources' in change ? names(change.sources) : [];
    return standing('password', 'blocked', since, by);
  }
  const due = expirationDue(policy, password);
  if (due === null || due.dueAt - now > dueSoon)
    return standing('password', 'compliant', due?.dueAt ?? null, []);
  return standing('password', 'due', due.dueAt, [due.source.name]);
}

function factorStanding(policy: EffectivePolicy, facts: BoardFacts, now: Instant): RuleStanding {
  const own = facts.organizationMandate === null ? [] : [facts.organizationMandate];
  const { next } = mandateStanding([...accountMandates(policy), ...own], facts.strengthTowards, now);
  if (next === null) return standing('second_factor', 'compliant', null, []);
  return standing('second_factor', now >= next.deadline ? 'blocked' : 'due', next.deadline, [
    next.mandate.name,
  ]);
}

function contactStanding(policy: EffectivePolicy, mail: MailFacts): RuleStanding {
  const required = policy.settings.contactEmailRequired;
  const ready: ContactEmailStanding[] = ['verified', 'bounced'];
  if (!required.value || ready.includes(contactEmailStanding(mail))) {
    return standing('contact_email', 'compliant', null, []);
  }
  return standing('contact_email', 'blocked', null, names(required.sources));
}

/** Where a member stands against each rule; the same verdicts as at sign-in. */
export function complianceOf(
  policy: EffectivePolicy,
  facts: BoardFacts,
  now: Instant,
): readonly RuleStanding[] {
  if (facts.sso) return boardRules.map((rule) => standing(rule, 'sso', null, []));
  return [
    passwordStanding(policy, facts.password, now),
    factorStanding(policy, facts, now),
    contactStanding(policy, facts.mail),
  ];
}

const gravity: Readonly<Record<RuleState, number>> = { compliant: 0, sso: 1, due: 2, blocked: 3 };

/** A member's one word on the board: the gravest state, with the earliest date of that state. */
export function overallStanding(standings: readonly RuleStanding[]): Pick<RuleStanding, 'state' | 'at'> {
  const state = standings.reduce<RuleState>(
    (gravest, each) => (gravity[each.state] > gravity[gravest] ? each.state : gravest),
    'compliant',
  );
  const dates = standings
    .filter((each) => each.state === state)
    .flatMap(({ at }) => (at === null ? [] : [at]));
  return { state, at: dates.length === 0 ? null : Math.min(...dates) };
}

/** How good somebody's strongest factor is: an app or a passkey is secure, SMS and email are weak. */
export function factorGrade(strength: number): 'secure' | 'weak' | 'none' {
  if (strength === 0) return 'none';
  return strength >= 3 ? 'secure' : 'weak';
}

/** Whole days until a date, rounded up: "due in 3 days". */
export const daysUntil = (at: Instant, now: Instant): number => Math.max(0, Math.ceil((at - now) / days(1)));
