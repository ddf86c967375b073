import type { Policy } from './policy';
import type { AllowList } from './setting';

/** Why a change stays live for ten minutes only unless an owner confirms it (spec 2.2). */
export type ConfirmationReason = 'address_list' | 'second_factor_at_once' | 'one_web_session';

/** Whether a list refuses an address that the former one allowed: an entry went away, or ends earlier. */
function narrows(before: AllowList | null, after: AllowList): boolean {
  if (after.mode !== 'enforce') return false;
  if (before?.mode !== 'enforce') return true;
  const endOf = (expiresAt: number | null) => expiresAt ?? Number.POSITIVE_INFINITY;
  return before.entries.some(
    (was) => !after.entries.some((is) => is.cidr === was.cidr && endOf(is.expiresAt) >= endOf(was.expiresAt)),
  );
}

const atOnce = (policy: Policy | null): number =>
  policy?.secondFactorRequired && policy.secondFactorGraceHours === 0 ? policy.secondFactorStrength : 0;

/** What in `after` could shut people out at once that `before` did not; `before` null: nothing bound anybody. */
export function confirmationReasons(before: Policy | null, after: Policy): readonly ConfirmationReason[] {
  const reasons: ConfirmationReason[] = [];
  if (narrows(before?.allowList ?? null, after.allowList)) reasons.push('address_list');
  if (atOnce(after) > atOnce(before)) reasons.push('second_factor_at_once');
  if (after.singleWebSession && !before?.singleWebSession) reasons.push('one_web_session');
  return reasons;
}
