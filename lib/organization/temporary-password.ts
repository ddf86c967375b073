import 'server-only';
import { randomInt } from 'node:crypto';
import type { EffectiveValues } from '@/lib/policy/effective';

/** Without the characters that are mistaken for one another when read out. */
const sets = {
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  lower: 'abcdefghijkmnpqrstuvwxyz',
  digit: '23456789',
  special: '!@#$%^&*',
} as const;
const usual = sets.upper + sets.lower + sets.digit;
const usualLength = 16;

const one = (set: string): string => set.charAt(randomInt(set.length));

/** Fisher–Yates, so that the required classes do not always stand in front. */
function shuffled(characters: readonly string[]): string {
  const all = [...characters];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [all[at], all[other]] = [all[other] ?? '', all[at] ?? ''];
  }
  return all.join('');
}

type Lengths = Pick<EffectiveValues, 'passwordLengthMin' | 'passwordLengthMax' | 'passwordSpecialCharacters'>;

/** A random password of every class, as long as is usual or as the policy allows. */
export function makeTemporaryPassword(values: Lengths): string {
  const length = Math.min(
    Math.max(usualLength, values.passwordLengthMin ?? 0),
    values.passwordLengthMax ?? usualLength,
  );
  const specials =
    values.passwordSpecialCharacters.length > 0 ? values.passwordSpecialCharacters : [sets.special];
  const required = [sets.upper, sets.lower, sets.digit, ...specials].map(one);
  const rest = Array.from({ length: Math.max(0, length - required.length) }, () => one(usual));
  return shuffled([...required, ...rest]);
}
