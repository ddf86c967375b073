import 'server-only';
import { isHarm, type OutcomeKind, type OutcomeReason } from '@/lib/policy/outcome';
import type { SettingName } from '@/lib/policy/settings';
import type { Instant } from '@/lib/policy/time';
import { type MemberOutcome, memberOutcomes, type PolicyChange } from './outcomes';

/** Somebody whom a change touches, as the review names them. */
export type TouchedPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly reason: OutcomeReason | null;
  readonly by: Instant | null;
};

export type OutcomeGroup = {
  readonly kind: OutcomeKind;
  readonly count: number;
  /** The first few; the list page and the CSV hold all. */
  readonly people: readonly TouchedPerson[];
};

export type PolicyPreview = {
  /** How many accounts the policy binds. */
  readonly total: number;
  readonly harmed: number;
  readonly whole: readonly OutcomeGroup[];
  readonly settings: readonly { readonly name: SettingName; readonly groups: readonly OutcomeGroup[] }[];
};

const shownPeople = 6;

type Tally = Map<OutcomeKind, { count: number; readonly people: TouchedPerson[] }>;

function count(tally: Tally, { member }: MemberOutcome, outcome: MemberOutcome['whole']): void {
  const group = tally.get(outcome.kind) ?? { count: 0, people: [] };
  tally.set(outcome.kind, group);
  group.count += 1;
  if (group.people.length >= shownPeople || outcome.kind === 'unaffected') return;
  const { id, name, email } = member;
  group.people.push({ id, name, email, reason: outcome.reason, by: outcome.by });
}

const order: readonly OutcomeKind[] = [
  'signed_out_now',
  'must_change',
  'must_act_at_sign_in',
  'must_act_by',
  'decided_when_typed',
  'surely_compliant',
  'allowed_again',
  'unaffected',
];

const groupsOf = (tally: Tally): readonly OutcomeGroup[] =>
  order.flatMap((kind) => {
    const group = tally.get(kind);
    return group === undefined ? [] : [{ kind, ...group }];
  });

/** Whom a change touches, counted per changed setting and as a whole; memory does not grow with the number of people. */
export async function previewChange(change: PolicyChange): Promise<PolicyPreview> {
  const whole: Tally = new Map();
  const settings = new Map<SettingName, Tally>();
  let total = 0;
  let harmed = 0;
  for await (const batch of memberOutcomes(change)) {
    for (const one of batch) {
      total += 1;
      if (isHarm(one.whole) || one.settings.some(isHarm)) harmed += 1;
      count(whole, one, one.whole);
      for (const outcome of one.settings) {
        const tally: Tally = settings.get(outcome.setting) ?? new Map();
        settings.set(outcome.setting, tally);
        count(tally, one, outcome);
      }
    }
  }
  const named = [...settings].map(([name, tally]) => ({ name, groups: groupsOf(tally) }));
  return { total, harmed, whole: groupsOf(whole), settings: named };
}
