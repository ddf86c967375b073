import { asked, type EffectivePolicy } from './effective';
import { settings } from './settings';
import { hours, type Instant } from './time';

/** A rule that makes a second factor mandatory. A person's deadline is computed from it and never stored. */
export type Mandate = {
  readonly kind: 'programme' | 'domain' | 'organization';
  readonly id: string;
  /** "Platform programme", the domain, or the organization. */
  readonly name: string;
  /** Since when it counts; kept when it was switched off and on within 7 days (see layer.ts, `enabledAt`). */
  readonly effectiveFrom: Instant;
  readonly graceHours: number;
  readonly strength: number;
  /** The strength was raised later: who reached the former one has the grace counted from then. */
  readonly raised?: { readonly at: Instant; readonly from: number } | null;
};

/** What a new organization rule starts with: the same as a domain's. */
export const mandateDefaults = {
  graceHours: settings.secondFactorGraceHours.default,
  strength: settings.secondFactorStrength.default,
} as const;

/** Hours before a deadline at which those not ready are reminded. */
export const mandateReminderHours = [12, 1] as const;

/**
 * The mandates of an account's own layers. A programme item's date is its deadline, known a month ahead, unless
 * the item itself sets a grace.
 */
export function accountMandates(policy: EffectivePolicy): readonly Mandate[] {
  return policy.layers.flatMap((layer): readonly Mandate[] => {
    if (layer.values.secondFactorRequired !== true) return [];
    return [
      {
        kind: layer.kind,
        id: layer.id,
        name: layer.name,
        effectiveFrom: layer.secondFactorEnabledAt ?? layer.since,
        graceHours: Number(asked(layer, 'secondFactorGraceHours')),
        strength: Number(asked(layer, 'secondFactorStrength')),
        raised: layer.secondFactorRaised ?? null,
      },
    ];
  });
}

/**
 * When somebody whose strongest factor is `strength` (0: none) must have a better one; null where it reaches.
 * It is the same moment for everybody: who joins later, and whose factors an admin reset, gets no second grace,
 * and a shortened grace acts at once.
 */
export function mandateDeadline(mandate: Mandate, strength: number): Instant | null {
  if (strength >= mandate.strength) return null;
  const { raised } = mandate;
  const from =
    raised && strength >= raised.from ? Math.max(raised.at, mandate.effectiveFrom) : mandate.effectiveFrom;
  return from + hours(mandate.graceHours);
}

/** How far somebody is against some mandates. */
export type MandateStanding = {
  /** The strength asked for by the mandates whose deadline has passed; 0 where none has. */
  readonly requiredNow: number;
  /** The earliest deadline not met, passed or to come, with its mandate; null where all are met. */
  readonly next: { readonly deadline: Instant; readonly mandate: Mandate } | null;
};

/** What one mandate demands now; while a raise is in its grace, the former strength still stands. */
function demandedNow(mandate: Mandate, strength: number, now: Instant): number {
  const own = mandateDeadline(mandate, strength) ?? mandateDeadline(mandate, 0);
  if (own === null || now >= own) return mandate.strength;
  const { raised } = mandate;
  const former = mandate.effectiveFrom + hours(mandate.graceHours);
  return raised && strength >= raised.from && now >= former ? raised.from : 0;
}

/** Where somebody whose strongest factor is `strength` stands; the deadline itself is too late. */
export function mandateStanding(
  mandates: readonly Mandate[],
  strength: number,
  now: Instant,
): MandateStanding {
  let next: MandateStanding['next'] = null;
  for (const mandate of mandates) {
    const deadline = mandateDeadline(mandate, strength);
    if (deadline !== null && (next === null || deadline < next.deadline)) next = { deadline, mandate };
  }
  const demands = mandates.map((mandate) => demandedNow(mandate, strength, now));
  return { requiredNow: Math.max(0, ...demands), next };
}

/** The reminder that stands at `now`, in hours before the deadline; null when it is too early, too late, or the grace no longer than that. */
export function mandateReminder(
  deadline: Instant,
  { graceHours, now }: { readonly graceHours: number; readonly now: Instant },
): 12 | 1 | null {
  if (now >= deadline) return null;
  const steps = mandateReminderHours.filter((before) => before < graceHours);
  return steps.findLast((before) => deadline - now <= hours(before)) ?? null;
}

/** What one rule demanded before its terms changed. */
type FormerTerms = Pick<Mandate, 'strength' | 'graceHours' | 'raised'>;

/**
 * The grace that a change to `strength` at `at` gives: to whoever reached the former strength, from then; and to whoever was
 * still within the grace of an earlier raise. Lowering takes it away, the same strength leaves it.
 */
export function raiseAfter(
  former: FormerTerms,
  strength: number,
  at: Instant,
): NonNullable<Mandate['raised']> | null {
  const { raised = null, graceHours } = former;
  if (strength < former.strength) return null;
  if (strength === former.strength) return raised;
  const runs = raised !== null && at < raised.at + hours(graceHours);
  return { at, from: runs ? raised.from : former.strength };
}

/** An organization that somebody belongs to, with its rule if it has one in force. */
export type OrganizationGate = { readonly id: string; readonly mandate: Mandate | null };

/** Whether the person may enter this organization: its own rule blocks only itself. */
export function organizationEntry(
  gate: OrganizationGate,
  strength: number,
  now: Instant,
): { readonly state: 'open' | 'blocked' } | { readonly state: 'grace'; readonly deadline: Instant } {
  const deadline = gate.mandate === null ? null : mandateDeadline(gate.mandate, strength);
  if (deadline === null) return { state: 'open' };
  return now >= deadline ? { state: 'blocked' } : { state: 'grace', deadline };
}

/**
 * The strength a sign-in demands now; 0 where it demands none. Account rules always count. Organization rules
 * count at the door only where every organization of the person is closed for want of a factor: with another
 * one open, setting up may be left aside. The weakest way into any organization is then enough.
 */
export function requiredAtSignIn(
  account: readonly Mandate[],
  organizations: readonly OrganizationGate[],
  { strength, now }: { readonly strength: number; readonly now: Instant },
): number {
  const own = mandateStanding(account, strength, now).requiredNow;
  const demands = organizations.map(({ mandate }) =>
    mandate === null ? 0 : mandateStanding([mandate], strength, now).requiredNow,
  );
  return demands.length === 0 ? own : Math.max(own, Math.min(...demands));
}
