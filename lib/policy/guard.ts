import { addressAllowed, allowedUntil } from './cidr';
import type { EffectivePolicy } from './effective';
import { accountMandates, mandateStanding } from './mandate';
import { type SessionFacts, type SessionLapse, sessionLapse } from './session';
import type { AllowList } from './setting';
import type { Instant } from './time';

/** An owner whom the new policy would bind, as they stand now. */
export type GuardedOwner = {
  /** The policy that would bind this owner after the save; the base where the domain is not theirs. */
  readonly policy: EffectivePolicy;
  /** The address of the request, or where they last signed in from; null where it is not known. */
  readonly address: string | null;
  /** What the owner's factors are worth to a rule (second-factor.ts). */
  readonly strengthTowards: number;
};

export type Saver = GuardedOwner & { readonly session: SessionFacts };

/** Why a save is refused. */
export type GuardRefusal =
  /** The saver's own address is in one of the lists no more; the editor offers to add it. */
  | { readonly code: 'shuts_out_saver'; readonly address: string | null }
  | { readonly code: 'shuts_out_all_owners' }
  /** Every network of an enforced list has ended: it is as good as empty, and would shut out everybody. */
  | { readonly code: 'list_ended' };

/** What a save tells first and then does. */
export type GuardWarning =
  | { readonly code: 'ends_own_session'; readonly reason: SessionLapse }
  | { readonly code: 'own_second_factor_due'; readonly deadline: Instant }
  /** The networks that let the saver in all end, and nobody is asked then. */
  | { readonly code: 'own_address_ends'; readonly at: Instant };

export type GuardVerdict = {
  readonly refusal: GuardRefusal | null;
  readonly warnings: readonly GuardWarning[];
};

/** What is about to be saved, and when it begins to bind. */
export type GuardedChange = {
  readonly list: AllowList;
  readonly effectiveFrom: Instant;
  readonly now: Instant;
};

const mayEnter = (owner: GuardedOwner, at: Instant): boolean =>
  addressAllowed(owner.policy.values.allowList.enforced, owner.address, at).allowed;

const hasEnded = ({ mode, entries }: AllowList, at: Instant): boolean =>
  mode === 'enforce' && entries.every(({ expiresAt }) => expiresAt !== null && expiresAt <= at);

function refusalOf(
  saver: Saver,
  owners: readonly GuardedOwner[],
  change: GuardedChange,
): GuardRefusal | null {
  const { list, effectiveFrom } = change;
  if (hasEnded(list, effectiveFrom)) return { code: 'list_ended' };
  if (!mayEnter(saver, effectiveFrom)) return { code: 'shuts_out_saver', address: saver.address };
  const open = owners.some((owner) => mayEnter(owner, effectiveFrom));
  return open ? null : { code: 'shuts_out_all_owners' };
}

/**
 * Whether a save shuts out the saver, or leaves no owner who could sign in. Only an address list can do so:
 * whoever lacks a second factor sets one up at sign-in, and whoever has an old password changes it there.
 * `owners` are all owners of the organization, the saver among them. A list is held against the moment the change takes
 * effect, by which some of its networks may have ended.
 */
export function guardSave(
  saver: Saver,
  owners: readonly GuardedOwner[],
  change: GuardedChange,
): GuardVerdict {
  const { policy } = saver;
  const { now } = change;
  const warnings: GuardWarning[] = [];
  const reason = sessionLapse(saver.session, policy.values, now);
  if (reason !== null) warnings.push({ code: 'ends_own_session', reason });
  const { next } = mandateStanding(accountMandates(policy), saver.strengthTowards, now);
  if (next !== null) warnings.push({ code: 'own_second_factor_due', deadline: next.deadline });
  const { enforced } = policy.values.allowList;
  const at = saver.address === null ? null : allowedUntil(enforced, saver.address, change.effectiveFrom);
  if (at !== null && at > change.effectiveFrom) warnings.push({ code: 'own_address_ends', at });
  return { refusal: refusalOf(saver, owners, change), warnings };
}
