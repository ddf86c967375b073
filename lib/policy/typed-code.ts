import { hours } from './time';

/** White space and every kind of hyphen that a person or a password manager puts between groups. */
const separators = /[\s\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu;

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Unicode keeps the ten digits of a script together from zero up. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > 0 && isDigit(zero - 1)) zero -= 1;
  return String((code - zero) % 10);
}

/**
 * Six digits as typed or pasted: `123456`, `123 456`, `123-456`, digits of any script. Null for anything else,
 * which answers as a wrong code.
 */
export function normalizeCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const plain = typed
    .normalize('NFKC')
    .replace(separators, '')
    .replace(/\p{Nd}/gu, digitValue);
  return /^[0-9]{6}$/.test(plain) ? plain : null;
}

/** Crockford's base 32: no I, L, O or U. */
export const backupAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const backupCodeLength = 10;
export const backupCodeCount = 10;
/** At this many left the person is warned. */
export const backupCodesLow = 3;

const crockfordFrom = (random: Uint8Array, length: number): string =>
  [...random.slice(0, length)].map((byte) => backupAlphabet.charAt(byte & 31)).join('');

/** A backup code from random bytes, five bits of each; so uniform bytes make a uniform code. */
export const backupCodeFrom = (random: Uint8Array): string => crockfordFrom(random, backupCodeLength);

/** `XXXXX-XXXXX`, as it is shown. */
export const formatBackupCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

function normalizeCrockford(typed: string, length: number): string | null {
  if (typed.length > 64) return null;
  const plain = typed
    .normalize('NFKC')
    .replace(separators, '')
    .replace(/\p{Nd}/gu, digitValue)
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  const known = [...plain].every((character) => backupAlphabet.includes(character));
  return known && plain.length === length ? plain : null;
}

/** A backup code as typed: case, spaces and hyphens do not matter, O is 0, I and L are 1. Null for anything else. */
export const normalizeBackupCode = (typed: string): string | null =>
  normalizeCrockford(typed, backupCodeLength);

/** An admin's hand-over PIN (spec 4.3): how long it works, and how often it may be typed wrong. */
export const handOverPinLength = 8;
export const handOverPinLifetime = hours(24);
export const handOverTries = 5;

/** A PIN from random bytes, five bits of each. */
export const handOverPinFrom = (random: Uint8Array): string => crockfordFrom(random, handOverPinLength);

/** `XXXX-XXXX`, as it is shown. */
export const formatHandOverPin = (pin: string): string => `${pin.slice(0, 4)}-${pin.slice(4)}`;

/** A hand-over PIN as typed, by the rules of backup codes. */
export const normalizeHandOverPin = (typed: string): string | null =>
  normalizeCrockford(typed, handOverPinLength);
