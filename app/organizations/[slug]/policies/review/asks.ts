import type { Policy } from '@/lib/policy/policy';
import { termsAsked } from '@/lib/policy/version-terms';

/** Which terms of a save its owner has any choice about. */
export const asksOf = (before: Policy, after: Policy, isActive: boolean) => ({
  ...termsAsked(isActive ? before : null, after),
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
