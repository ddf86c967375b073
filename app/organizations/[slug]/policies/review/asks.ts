import { changedSettings, type Policy } from '@/lib/policy/policy';
import type { SettingName } from '@/lib/policy/settings';

/** The rules a password itself is measured by: tightening them reaches passwords that exist. */
const rules: ReadonlySet<SettingName> = new Set([
  'passwordLengthMin',
  'passwordLengthMax',
  'passwordUppercase',
  'passwordLowercase',
  'passwordNumber',
  'passwordSymbol',
  'breachedCheck',
]);

/** Which terms of a save its owner has any choice about. */
export const asksOf = (before: Policy, after: Policy, isActive: boolean) => ({
  tightening: changedSettings(before, after).some((name) => rules.has(name)),
  spread: before.passwordExpirationDays === null && after.passwordExpirationDays !== null,
  later: isActive,
});

/** "minimum:3,age:1" → how many more people each setting harms than were shown; from the address of the page. */
export function moreOf(query: string | readonly string[] | undefined): Readonly<Record<string, number>> {
  if (typeof query !== 'string' || query === '') return {};
  const pairs = query.split(',').map((pair) => pair.split(':'));
  return Object.fromEntries(
    pairs.flatMap(([name, count]) => (name && /^\d{1,9}$/.test(count ?? '') ? [[name, Number(count)]] : [])),
  );
}

export const moreText = (more: Readonly<Record<string, number>>): string =>
  Object.entries(more)
    .map(([name, count]) => `${name}:${count}`)
    .join(',');
