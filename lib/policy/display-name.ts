import { fail, ok, type Result } from './result';

/** Why a name of a person or an organization cannot stand on screens and in mails (spec 4.4). */
export type NameFault = {
  readonly code: 'name_missing' | 'name_too_long' | 'name_holds_address' | 'name_unprintable';
};

/** In characters, counted as Unicode code points; the column says the same. */
export const nameLengthMax = 60;

/** A scheme, `www.`, or a dot with letters on both sides: mail programs turn each into a link. */
const linkLike = /:\/\/|\bwww\.|[\p{L}\p{N}]\.\p{L}{2,}/iu;

/** Controls, line and paragraph separators, and marks that turn the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u;

/**
 * The name as it is kept: NFC, outer space removed, inner space single. Names travel in mails to people who did
 * not ask for them, so a name never carries a web or mail address.
 */
export function checkDisplayName(typed: string): Result<string, NameFault> {
  const name = typed.normalize('NFC').trim().replace(/ {2,}/gu, ' ');
  if (name === '') return fail({ code: 'name_missing' });
  if (unprintable.test(name)) return fail({ code: 'name_unprintable' });
  if ([...name].length > nameLengthMax) return fail({ code: 'name_too_long' });
  if (/[@＠﹫]/u.test(name) || linkLike.test(name)) return fail({ code: 'name_holds_address' });
  return ok(name);
}

/** What is wrong with a name and how to mend it. `whose` begins the sentence: "The organization's name". */
export function nameFaultText(fault: NameFault, whose: string): string {
  switch (fault.code) {
    case 'name_missing':
      return `${whose} is missing. Enter it.`;
    case 'name_too_long':
      return `${whose} has more than ${nameLengthMax} characters. Shorten it.`;
    case 'name_holds_address':
      return `${whose} looks like a web or mail address. Write it without “@” and without dots between letters.`;
    case 'name_unprintable':
      return `${whose} holds characters that cannot be shown. Type it again.`;
  }
}

const slugLengthMax = 40;

/** The part of an address that names an organization: a–z, 0–9 and single hyphens. Empty when nothing of the name remains. */
export function slugFrom(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/gu, 'ss').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, slugLengthMax)
    .replace(/^-+|-+$/gu, '');
}
