import 'server-only';
import { sql } from 'drizzle-orm';
import { accounts } from '@/drizzle/schema';
import type { EffectivePolicy } from '@/lib/policy/effective';
import {
  accountMandates,
  type Mandate,
  mandateDeadline,
  mandateStanding,
  type OrganizationGate,
  requiredAtSignIn,
} from '@/lib/policy/mandate';
import {
  boundMethods,
  type FactorFacts,
  type FactorMethod,
  offeredMethods,
  type ProofMethod,
  secondFactorStanding,
  strengthTowards,
  strongest,
} from '@/lib/policy/second-factor';
import type { Instant } from '@/lib/policy/time';
import type { MembershipRow } from './layers';

/** The factors bound to an account, as JSON of a statement that has `accounts` in reach. */
export type FactorRows = {
  readonly passkeys: number;
  readonly totp: boolean;
  readonly phoneTail: string | null;
  /** The current set of backup codes. */
  readonly backup: { readonly left: number; readonly savedAt: Instant | null } | null;
  /** Tries at the second factor rest until then. */
  readonly pausedUntil: Instant | null;
};

export const factorRows = sql<FactorRows>`jsonb_build_object(
  'passkeys', (select count(*) from passkeys k where k.account_id = accounts.id and k.removed_at is null),
  'totp', exists (select 1 from totp_authenticators t
    where t.account_id = accounts.id and t.confirmed_at is not null and t.removed_at is null),
  'phoneTail', (select n.tail from phone_numbers n
    where n.account_id = accounts.id and n.confirmed_at is not null and n.removed_at is null),
  'backup', (select jsonb_build_object('savedAt', epoch_ms(s.saved_at), 'left',
      (select count(*) from backup_codes c where c.set_id = s.id and c.consumed_at is null))
    from backup_code_sets s where s.account_id = accounts.id and s.voided_at is null),
  'pausedUntil', (select epoch_ms(max(f.locked_until)) from failure_pools f
    where f.account_id = accounts.id and f.kind = 'second_factor' and f.locked_until > clock_timestamp()))`;

/** What the account's own row says about its factors. */
export type FactorAccount = {
  readonly contactEmailProvenAt: Instant | null;
  readonly emailCodeEnabledAt: Instant | null;
  readonly defaultMethod: FactorMethod | null;
  readonly passwordResetAt: Instant | null;
  readonly frozenUntil: Instant | null;
};

/** Where an account stands with its second factor. */
export type FactorStanding = FactorRows & {
  /** All that counts as bound, weakest first. */
  readonly methods: readonly FactorMethod[];
  /** What a sign-in offers now, in its order, backup codes last. */
  readonly offered: readonly ProofMethod[];
  readonly strength: number;
  /** What the factors are worth to a rule that asks for some strength; a mailbox that can take codes counts. */
  readonly strengthTowards: number;
  /** The strength demanded at the door by now; 0 where nothing is. */
  readonly requiredStrength: number;
  readonly isStrongEnough: boolean;
  /** The earliest deadline of the account's own mandates that is not met, passed or to come. */
  readonly next: { readonly deadline: Instant; readonly mandate: Mandate } | null;
  /** Deadlines not met, of the account's own mandates and of its organizations' rules. */
  readonly deadlines: readonly { readonly deadline: Instant; readonly mandate: Mandate }[];
};

type RuleRow = NonNullable<MembershipRow['secondFactorRule']>;

/** An organization rule's row as the core knows it. */
export const ruleMandate = (rule: RuleRow, organization: string): Mandate => ({
  kind: 'organization',
  id: rule.id,
  name: organization,
  effectiveFrom: rule.effectiveFrom,
  graceHours: rule.graceHours,
  strength: rule.minimumStrength,
  raised:
    rule.raisedAt === null || rule.raisedFrom === null ? null : { at: rule.raisedAt, from: rule.raisedFrom },
});

/** The organization rule of a membership as a mandate; null where none is in force. */
export const organizationMandate = (membership: MembershipRow): Mandate | null =>
  membership.secondFactorRule === null ? null : ruleMandate(membership.secondFactorRule, membership.name);

/** Strength of the strongest factor bound to the account in reach, as SQL for lists and sweeps; the email code counts where switched on. */
export const strongestFactor = sql<number>`(case
  when exists (select 1 from passkeys f where f.account_id = ${accounts.id} and f.removed_at is null) then 4
  when exists (select 1 from totp_authenticators f
    where f.account_id = ${accounts.id} and f.confirmed_at is not null and f.removed_at is null) then 3
  when exists (select 1 from phone_numbers f
    where f.account_id = ${accounts.id} and f.confirmed_at is not null and f.removed_at is null) then 2
  when ${accounts.emailCodeEnabledAt} is not null and ${accounts.contactEmailProvenAt} is not null then 1
  else 0 end)`.mapWith(Number);

const gatesOf = (memberships: readonly MembershipRow[]): readonly OrganizationGate[] =>
  memberships
    .filter((membership) => membership.suspendedAt === null)
    .map((membership) => ({ id: membership.organizationId, mandate: organizationMandate(membership) }));

function factsOf(rows: FactorRows, account: FactorAccount): FactorFacts {
  const bound: Exclude<FactorMethod, 'email'>[] = [];
  if (rows.phoneTail !== null) bound.push('sms');
  if (rows.totp) bound.push('totp');
  if (rows.passkeys > 0) bound.push('passkey');
  return {
    bound,
    contactEmailVerified: account.contactEmailProvenAt !== null,
    emailCodeSwitchedOn: account.emailCodeEnabledAt !== null,
    backupCodesLeft: rows.backup?.left ?? 0,
    preferred: account.defaultMethod,
    passwordResetAt: account.passwordResetAt,
    frozenUntil: account.frozenUntil,
  };
}

type Open = { readonly deadline: Instant; readonly mandate: Mandate };

/** The deadlines that are not met, the earliest first. */
const openDeadlines = (mandates: readonly Mandate[], strength: number): readonly Open[] =>
  mandates
    .flatMap((mandate) => {
      const deadline = mandateDeadline(mandate, strength);
      return deadline === null ? [] : [{ deadline, mandate }];
    })
    .sort((a, b) => a.deadline - b.deadline);

/**
 * The strength for which methods count as bound: what the door demands, and at least 1 where any rule, of one organization
 * among several too, demands an email code by now. Then every sign-in asks for it, and that organization can be entered.
 */
const boundFor = (mandates: readonly Mandate[], required: number, { strength, now }: Moment): number =>
  required === 0 && mandates.some((mandate) => mandateStanding([mandate], strength, now).requiredNow === 1)
    ? 1
    : required;

type Moment = { readonly strength: number; readonly now: Instant };

/** The one way from rows to what a second factor is worth and which is demanded, for sign-in, sessions and screens. */
export function factorStanding(
  {
    rows,
    account,
    memberships,
  }: { rows: FactorRows; account: FactorAccount; memberships: readonly MembershipRow[] },
  policy: EffectivePolicy,
  now: Instant,
): FactorStanding {
  const facts = factsOf(rows, account);
  const own = accountMandates(policy);
  const gates = gatesOf(memberships);
  const all = [...own, ...gates.flatMap(({ mandate }) => mandate ?? [])];
  const { contactEmailVerified } = facts;
  const towards = strengthTowards({ strength: strongest(boundMethods(facts, 0)), contactEmailVerified });
  const moment = { strength: towards, now };
  const requiredStrength = requiredAtSignIn(own, gates, moment);
  const counted = boundFor(all, requiredStrength, moment);
  const { strength } = secondFactorStanding(facts, counted);
  return {
    ...rows,
    methods: boundMethods(facts, counted),
    offered: offeredMethods(facts, counted, now),
    strength,
    strengthTowards: towards,
    requiredStrength,
    isStrongEnough: strength >= requiredStrength,
    next: openDeadlines(own, towards)[0] ?? null,
    deadlines: openDeadlines(all, towards),
  };
}
