import { addressAllowed } from './cidr';
import type { EffectivePolicy } from './effective';
import { accountMandates, mandateStanding } from './mandate';
import { type SessionFacts, type SessionLapse, sessionLapse } from './session';
import type { Instant } from './time';

/** An owner whom the new policy would bind, as they stand now. */
export type GuardedOwner = {
  /** The policy that would bind this owner after the save; the base where the domain is not theirs. */
  readonly policy: EffectivePolicy;
  /** The address of the request, or where they last signed in from; null where it is not known. */
  readonly address: string | null;
  readonly strongestFactor: number;
};

export type Saver = GuardedOwner & { readonly session: SessionFacts };

/** Why a save is refused. */
export type GuardRefusal =
  /** The saver's own address is in one of the lists no more; the editor offers to add it. */
  | { readonly code: 'shuts_out_saver'; readonly address: string | null }
  | { readonly code: 'shuts_out_all_owners' };

/** What a save tells first and then does. */
export type GuardWarning =
  | { readonly code: 'ends_own_session'; readonly reason: SessionLapse }
  | { readonly code: 'own_second_factor_due'; readonly deadline: Instant };

export type GuardVerdict = {
  readonly refusal: GuardRefusal | null;
  readonly warnings: readonly GuardWarning[];
};

const mayEnter = (owner: GuardedOwner, now: Instant): boolean =>
  addressAllowed(owner.policy.values.allowList.enforced, owner.address, now).allowed;

/**
 * Whether a save shuts out the saver, or leaves no owner who could sign in. Only an address list can do so:
 * whoever lacks a second factor sets one up at sign-in, and whoever has an old password changes it there.
 * `owners` are all owners of the organization, the saver among them.
 */
export function guardSave(saver: Saver, owners: readonly GuardedOwner[], now: Instant): GuardVerdict {
  const { policy } = saver;
  const warnings: GuardWarning[] = [];
  const reason = sessionLapse(saver.session, policy.values, now);
  if (reason !== null) warnings.push({ code: 'ends_own_session', reason });
  const { next } = mandateStanding(accountMandates(policy), saver.strongestFactor, now);
  if (next !== null) warnings.push({ code: 'own_second_factor_due', deadline: next.deadline });
  if (!mayEnter(saver, now))
    return { refusal: { code: 'shuts_out_saver', address: saver.address }, warnings };
  const open = owners.some((owner) => mayEnter(owner, now));
  return { refusal: open ? null : { code: 'shuts_out_all_owners' }, warnings };
}
