import 'server-only';
import { differenceText, policyDifference } from '@/lib/policy/difference';
import { changedSettings, type Policy } from '@/lib/policy/policy';

/** One line for each setting that differs, as mails and conflicts tell it. */
export const changeLines = (before: Policy, after: Policy): readonly string[] =>
  policyDifference(before, after).map(differenceText);

/** The changed settings alone, as the audit keeps them before and after. */
export function changedValues(before: Policy, after: Policy) {
  const names = changedSettings(before, after);
  const pick = (policy: Policy) => Object.fromEntries(names.map((name) => [name, policy[name]]));
  return { before: pick(before), after: pick(after) };
}
