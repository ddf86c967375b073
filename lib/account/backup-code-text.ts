import 'server-only';
import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O and U, so that nothing is mistaken when read aloud or from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = 10;

const draw = () => alphabet.charAt(randomInt(alphabet.length));

/** `XXXXX-XXXXX`: fifty random bits. */
export function newBackupCode(): string {
  const text = Array.from({ length: characters }, draw).join('');
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** A backup code as typed: case, spaces and hyphens do not matter, O is 0, I and L are 1. Null for what cannot be one. */
export function normalBackupCode(typed: string): string | null {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const isCode = text.length === characters && [...text].every((character) => alphabet.includes(character));
  return isCode ? `${text.slice(0, 5)}-${text.slice(5)}` : null;
}
