import { randomInt } from 'node:crypto';

const consonants = 'bdfghklmnprstvz';
const vowels = 'aeiou';

const pick = (letters: string) => letters.charAt(randomInt(letters.length));
const word = (syllables: number) =>
  Array.from({ length: syllables }, () => pick(consonants) + pick(vowels)).join('');
const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A password that can be read aloud and meets every rule of the demo: Tovira-Kelomu-4821. No name of the demo fits into it. */
export const demoPassword = (): string =>
  `${capitalized(word(3))}-${capitalized(word(3))}-${randomInt(1000, 10_000)}`;
